"""Regions, bodies, halls, windows, posts, and the calendar of working days."""

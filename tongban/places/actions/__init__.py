"""Writes of places: reference data is loaded from files, posts are given and ended."""

from __future__ import annotations

from tongban.places.actions.calendar import load_calendar
from tongban.places.actions.load import load_bodies, load_halls, load_places, load_regions
from tongban.places.actions.posts import appoint, end_post

__all__ = [
    "appoint",
    "end_post",
    "load_bodies",
    "load_calendar",
    "load_halls",
    "load_places",
    "load_regions",
]

"""The citizens' door."""

"""The room's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Regions, bodies, halls, windows, posts, the calendar."""

    name = "tongban.places"

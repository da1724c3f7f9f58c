"""Django's name for the room."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """The trail."""

    name = "tongban.trail"

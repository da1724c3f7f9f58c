"""Django's name for the room."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Legal documents."""

    name = "tongban.papers"

"""Django's name for the room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases."""

    name = "tongban.cases"

"""Django's name for the room."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The catalogue."""

    name = "tongban.catalogue"

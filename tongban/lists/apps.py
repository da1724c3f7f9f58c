"""Django's name for it."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """See the package."""

    name = "tongban.lists"

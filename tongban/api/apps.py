"""Django's name for it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """See the package."""

    name = "tongban.api"

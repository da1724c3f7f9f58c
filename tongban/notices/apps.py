"""Django's name for it."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package."""

    name = "tongban.notices"

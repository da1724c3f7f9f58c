"""Django's name for it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """See the package."""

    name = "tongban.portal"

"""Django's name for it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """See the package."""

    name = "tongban.portal"

    def ready(self) -> None:
        """Word what this door is refused."""
        from tongban.design import refusals
        from tongban.portal.words import REFUSALS

        refusals.teach(REFUSALS)

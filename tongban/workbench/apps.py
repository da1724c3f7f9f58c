"""Django's name for it."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """See the package."""

    name = "tongban.workbench"

    def ready(self) -> None:
        """Teach the one place that answers refusals how staff are told."""
        from tongban.workbench import words

        words.teach()

"""Django's name for it."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """See the package."""

    name = "tongban.feedback"

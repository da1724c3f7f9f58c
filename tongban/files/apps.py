"""The room as Django sees it."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files, by the hash of their bytes."""

    name = "tongban.files"
    label = "files"

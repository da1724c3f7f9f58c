"""What a command stands on: a database (embedded unless one is given), Django, the log."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tongban.console import say

ROOT = Path(__file__).resolve().parents[2]


def data_dir() -> Path:
    """Return the folder that holds everything Tongban keeps; asked before Django's settings can be read."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()


@contextmanager
def database() -> Iterator[None]:
    """Have DATABASE_URL point to a database: the one that was given, untouched, or the embedded one.

    :raises console.postgres.home.Failed: if the embedded one can't be had
    """
    if os.environ.get("DATABASE_URL"):
        yield
        return
    from tongban.console.postgres.cluster import running

    with running(data_dir(), say.note) as url:
        os.environ["DATABASE_URL"] = url
        try:
            yield
        finally:
            del os.environ["DATABASE_URL"]


def set_up(log_format: str | None = None) -> None:
    """Load Django and set up the log."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongban.settings")
    import django
    from django.conf import settings

    from tongban.console import logs

    logs.configure(log_format or settings.LOG_FORMAT)
    django.setup()


@contextmanager
def ready() -> Iterator[None]:
    """Have a database and Django for a command that ends by itself; its log reads like its other lines."""
    with database():
        set_up("console")
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()

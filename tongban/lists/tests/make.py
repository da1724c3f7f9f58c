"""The catalogue and the places that come with Tongban, loaded through the actions once, then as a copy."""

from __future__ import annotations

from datetime import UTC, datetime

from django.apps import apps
from django.db import connection

from tongban.catalogue import actions as catalogue
from tongban.catalogue.tests.make import DATA
from tongban.lib.actors import System
from tongban.places import actions as places

MONDAY = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
RENEW = "JX-P-0001"
_copies: dict[str, bytes] = {}


def data() -> None:
    """Have the catalogue and the places in the database."""
    if not _copies:
        _load()
        return
    with connection.cursor() as cursor:
        for table, rows in _copies.items():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(rows)


def _load() -> None:
    places.load_places(DATA / "places", by=System("test"), at=MONDAY)
    catalogue.load(DATA / "items")
    with connection.cursor() as cursor:
        for model in (
            each for room in ("places", "catalogue") for each in apps.get_app_config(room).get_models()
        ):
            with cursor.copy(f"COPY {model._meta.db_table} TO STDOUT") as copy:
                _copies[model._meta.db_table] = b"".join(bytes(each) for each in copy)

"""What every test stands on: one throw-away PostgreSQL, closed sockets, a way to count statements."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from hypothesis import HealthCheck
from hypothesis import settings as properties
from pytest_socket import socket_allow_hosts

from tongban.console import prepare
from tongban.console.postgres.cluster import SETTINGS, running
from tongban.settings import database

# Nothing of a test survives the run: its server needn't wait for the disk. The product never runs like this.
_CARELESS = {**SETTINGS, "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_GUARDED = {"trail_entry", "trail_tile", "trail_checkpoint"}
_LOOPBACK = ["127.0.0.1", "::1"]
# How long an example takes says something about the machine, nothing about the property.
properties.register_profile("tongban", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("tongban")
_until_the_end = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    stack = config.stash[_until_the_end] = ExitStack()
    folder = stack.enter_context(_temporary_folder())
    if "DATABASE_URL" not in os.environ:
        # Workers of xdist inherit the address, and share the server.
        os.environ["DATABASE_URL"] = stack.enter_context(running(folder, settings=_CARELESS))
        stack.callback(os.environ.pop, "DATABASE_URL")
    settings.DATABASES["default"].update(database(os.environ["DATABASE_URL"]))
    _make_harmless(folder)
    _let_tests_clean_up()
    if prepare.messages():
        # Django was set up before this file was read, and has found no catalogues then.
        translation_file_changed(None, Path("django.mo"))


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    folder = tempfile.mkdtemp(prefix="tongban-")
    yield Path(folder)
    # Not tempfile's own: something in it may belong to the server's user.
    shutil.rmtree(folder, ignore_errors=True)


def _make_harmless(folder: Path) -> None:
    """Point what would be written elsewhere to the folder, and make passwords cheap."""
    settings.DATA_DIR = folder
    settings.FILES_ROOT = folder / "files"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    settings.PAGES_KEPT_SECONDS = 0  # a test may ask for a page before and after it changes what is shown
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": static}


def _let_tests_clean_up() -> None:
    """Take the guard off the trail while Django empties all tables after a test that committed."""
    empty = DatabaseOperations.sql_flush

    def sql_flush(self: Any, style: Any, tables: Any, **how: Any) -> list[str]:
        guarded = [table for table in tables if table in _GUARDED]
        turn = "ALTER TABLE {} {} TRIGGER trail_keep_whole"
        return [
            *(turn.format(table, "DISABLE") for table in guarded),
            *empty(self, style, tables, **how),
            *(turn.format(table, "ENABLE") for table in guarded),
        ]

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]  # of the tests' own process only


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_until_the_end].close()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    socket_allow_hosts(_LOOPBACK, allow_unix_socket=True)
    # A page asked for in English leaves its thread speaking English.
    translation.deactivate()


@pytest.fixture
def cost() -> Callable[[Callable[[], Any]], int]:
    """Return a function that tells how many SQL statements a call sends, transactions included."""

    def count(call: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count

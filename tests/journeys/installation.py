"""A whole Tongban for the journeys: the real server on a port of its own, with a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from itertools import count
from pathlib import Path

import psycopg
from django.conf import global_settings, settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from tests.journeys.ports import PATIENCE, answers, free_port
from tongban.cases.tests import make
from tongban.lib.actors import Clerk


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works there: as an actor, and the name to sign in with."""

    clerk: Clerk
    username: str


@dataclass
class Installation:
    """A served Tongban: its address, its log, and whom it employs."""

    url: str
    database: str
    folder: Path

    def __post_init__(self) -> None:
        self._numbers = count(1)

    @property
    def log(self) -> str:
        """Return everything that the server has said."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def mails(self, to: str) -> list[str]:
        """Return the texts of the mails that were sent to an address, the first one first."""
        files = sorted((self.folder / "mails").glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
        found = [message_from_bytes(path.read_bytes(), policy=default) for path in files]
        return [mail.get_content() for mail in found if mail["To"] == to]

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Have this process work on the installation's database and files, as an operator's command would."""
        was = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = self.database
        try:
            # The suite's cheap hasher is unknown to the server.
            with override_settings(
                FILES_ROOT=self.folder / "files", PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS
            ):
                yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = was

    def employ(self, body: str = "360111-service-centre", *roles: str) -> Staff:
        """Return somebody new at work for a body; by default at a window far from where cases are decided."""
        username = f"{body}-{next(self._numbers)}"
        return Staff(make.clerk(body, *roles, name=username), username)


@contextmanager
def served(folder: Path, name: str) -> Iterator[Installation]:
    """Have an empty Tongban with its reference data served until the end."""
    port = free_port()
    url = _database(name)
    folder.mkdir(parents=True, exist_ok=True)
    here = Installation(f"http://127.0.0.1:{port}", name, folder)
    with here.inside():
        call_command("migrate", interactive=False, verbosity=0)
        make.data()
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tongban", "serve", "--port", str(port), "--workers", "1"],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **_environment(url, folder), "PUBLIC_URL": here.url},
        )
        try:
            _wait(process, here)
            yield here
        finally:
            process.terminate()
            process.wait(30)


def _environment(url: str, folder: Path) -> dict[str, str]:
    # The same keys on both sides, so that the tests can put cases there.
    return {
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "SECRET_KEY": settings.SECRET_KEY,
        "DATA_KEY": settings.DATA_KEY,
        "LOG_FORMAT": "json",
        "DEMO": "0",
        "EMAIL_URL": f"file://{folder / 'mails'}",
        "EMAIL_FROM": "通办 <notices@tongban.example>",
    }


def _database(name: str) -> str:
    """Make an empty database beside the tests' own and return its address."""
    given = os.environ["DATABASE_URL"]
    with psycopg.connect(given, dbname="postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
    before, _, query = given.partition("?")
    address = f"{before.rsplit('/', 1)[0]}/{name}"
    return f"{address}?{query}" if query else address


def _wait(process: subprocess.Popen[bytes], here: Installation) -> None:
    deadline = time.monotonic() + PATIENCE
    while not answers(here.url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"the server doesn't come up:\n{here.log}")
        time.sleep(0.2)

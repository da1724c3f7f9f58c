"""`tongban serve`: everything in one place, from an empty folder to an address in the browser."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from datetime import datetime

from tongban.console import environment, load, prepare, say
from tongban.console.children import Child

_PATIENCE = 60.0


class Stopped(Exception):
    """Serving can't go on; the message says why."""


def serve(host: str, port: int, workers: int, demo: bool) -> None:
    """Serve until Ctrl-C or SIGTERM, then end everything.

    :raises Stopped: if the port is taken or a process can't be kept alive
    """
    _require_free(host, port)
    if sys.stderr.isatty():
        os.environ.setdefault("LOG_FORMAT", "console")
    with environment.ready():
        bring_up_to_date()
        if demo:
            with say.step("Loading the demonstration"):
                load.demo(say.note)
        _watch(
            [
                Child("web", ["web", "--host", host, "--port", str(port), "--workers", str(workers)]),
                Child("work", ["work"]),
            ],
            host,
            port,
            demo,
        )


def bring_up_to_date() -> None:
    """Apply migrations, compile messages and collect static files."""
    from django.core.management import call_command

    with say.step("Bringing the database up to date"):
        call_command("migrate", interactive=False, verbosity=0)
    with say.step("Preparing words and static files"):
        prepare.messages()
        prepare.static()


def _require_free(host: str, port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            reason = (
                f"port {port} of {host} can't be used ({error.strerror}); choose another: PORT={port + 1}"
            )
            raise Stopped(reason) from error


def _watch(children: Sequence[Child], host: str, port: int, demo: bool) -> None:
    stop = stop_on_signals()
    try:
        with say.step("Starting the web and the background work"):
            for child in children:
                child.start()
            _wait_until_served(children, host, port, stop)
        if not stop.is_set():
            _welcome(port, demo)
        while not stop.wait(0.5):
            _revive(children)
    finally:
        say.note("Ending")
        for child in children:
            child.stop()


def stop_on_signals() -> threading.Event:
    """Return an event that Ctrl-C or SIGTERM sets."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _wait_until_served(children: Sequence[Child], host: str, port: int, stop: threading.Event) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not stop.is_set() and (status := _status(host, port)) != http.client.OK:
        dead = [child.name for child in children if not child.is_running()]
        if dead or status == http.client.INTERNAL_SERVER_ERROR or time.monotonic() > deadline:
            raise Stopped(f"the {dead[0] if dead else 'web'} process doesn't come up; its log is above")
        stop.wait(0.2)


def _status(host: str, port: int) -> int:
    """Return what the web process answers when asked whether it is ready; 0 if it doesn't."""
    here = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104  # not bound here, only compared
    connection = http.client.HTTPConnection(here, port, timeout=10)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def _revive(children: Sequence[Child]) -> None:
    for child in children:
        if child.is_running():
            continue
        if child.is_hopeless():
            raise Stopped(f"the {child.name} process keeps dying; its log is above")
        say.note(f"The {child.name} process died; starting it again")
        child.revive()


def _welcome(port: int, demo: bool) -> None:
    prefix = os.environ.get("URL_PREFIX", "").strip("/")
    address = f"http://localhost:{port}/" + (f"{prefix}/" if prefix else "")
    say.line("")
    say.line(f"  Tongban is at {address}")
    for row in load.cast_table() if demo else []:
        say.line(f"    {row}")
    if demo and (folder := _folder_of_mails()):
        say.line(f"  Mails go nowhere; they are written to {folder}")
    say.line("  Ctrl-C ends it.")
    say.line("")
    say.note(f"Serving since {datetime.now().astimezone():%H:%M:%S}")


def _folder_of_mails() -> str:
    """Return where mails are written instead of being sent, if they are."""
    from django.conf import settings

    return str(getattr(settings, "EMAIL_FILE_PATH", None) or "")

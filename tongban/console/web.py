"""The web process: granian around Django, under a path prefix if there is one."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
# Measured best on two cores: one process per core with four threads, which mostly wait for the database.
THREADS = 4


def serve(host: str, port: int, workers: int) -> None:
    """Serve until told to stop."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from tongban.console import logs

    Granian(
        "tongban.console.web:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        log_dictconfig=logs.settings(os.environ.get("LOG_FORMAT", "json")),
    ).serve()


def under(prefix: str, inner: Application) -> Application:
    """Return the application served below a path, whether or not the proxy in front takes the path away."""
    name = prefix.rstrip("/")

    def outer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if name and (path == name or path.startswith(name + "/")):
            environ["PATH_INFO"] = path[len(name) :] or "/"
        return inner(environ, start_response)

    return outer


def __getattr__(name: str) -> Application:
    """Build the application when the server asks for it, so that importing this module stays cheap."""
    if name != "application":
        raise AttributeError(name)
    from django.conf import settings

    from tongban.console import environment

    environment.set_up()
    from tongban.wsgi import application

    threading.Thread(target=_beside, name="beside", daemon=True).start()
    return under(settings.URL_PREFIX, application)


def default_workers() -> int:
    """Return one web process per core, at most eight."""
    return min(os.cpu_count() or 1, 8)


def _beside() -> None:
    """Have the search ready before anybody asks, then write now and then what the pages have counted."""
    from tongban.lists.actions import demand

    _warm_search()
    while True:
        time.sleep(demand.EVERY)
        _write_demand()


def _warm_search() -> None:
    from django.db import connection
    from django.utils import timezone

    from tongban.lists.queries import indexing

    try:
        indexing.built(timezone.localdate())
    except Exception as error:
        # Then the first search builds it.
        logging.getLogger(__name__).warning("search not ready", extra={"error": type(error).__name__})
    finally:
        connection.close()


def _write_demand() -> None:
    from django.db import connection

    from tongban.lists.actions import demand

    try:
        demand.write()
    except Exception as error:
        # Counts may be lost; nobody waits for them, and the next round writes again.
        logging.getLogger(__name__).warning("demand not written", extra={"error": type(error).__name__})
    finally:
        connection.close()

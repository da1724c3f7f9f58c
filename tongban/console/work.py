"""Background work: sealing, following, sweeping; woken by the trail, else once a second."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import psycopg
from django.apps import apps
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from tongban.trail import actions as trail

log = logging.getLogger(__name__)

CHANNEL = "trail"
POLL = 1.0
_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do again and again; tells how much it did, and doing it twice does no harm."""

    name: str
    do: Callable[[datetime], int | None]


def duties() -> list[Duty]:
    """Return the sealer and what each installed room does in its `follow` module, in the rooms' order.

    `handle(entry)` there is called for every sealed entry, once; `follow(at)` is called in every round.
    """
    found = [Duty("trail.seal", trail.seal)]
    for app in apps.get_app_configs():
        if app.name.startswith("tongban.") and find_spec(f"{app.name}.follow"):
            found += _of(app.label, import_module(f"{app.name}.follow"))
    return found


def _of(label: str, module: ModuleType) -> list[Duty]:
    found = []
    if handle := getattr(module, "handle", None):
        found.append(Duty(f"{label}.handle", partial(trail.advance, label, handle)))
    if follow := getattr(module, "follow", None):
        found.append(Duty(f"{label}.follow", follow))
    return found


def run(stop: threading.Event) -> None:
    """Work until told to stop; a database that is away is waited for."""
    todo = duties()
    while not stop.is_set():
        try:
            with _listening() as ear:
                _attend(todo, ear, stop)
        except (DatabaseError, psycopg.Error) as error:
            log.warning("database away", extra={"error": type(error).__name__})
            connections.close_all()
            stop.wait(POLL)


def _listening() -> psycopg.Connection[tuple[object, ...]]:
    """Return a connection of its own that hears of new entries."""
    wrapper = connections.create_connection("default")
    ear = psycopg.connect(**wrapper.get_connection_params(), autocommit=True)
    ear.execute(f"LISTEN {CHANNEL}")
    return ear


def _attend(todo: list[Duty], ear: psycopg.Connection[tuple[object, ...]], stop: threading.Event) -> None:
    while not stop.is_set():
        rounds = 0
        while once(todo) and rounds < _AT_ONCE and not stop.is_set():
            rounds += 1
        for _ in ear.notifies(timeout=POLL, stop_after=1):
            break


def once(todo: list[Duty]) -> int:
    """Do every duty once and return how much was done; one that fails is logged and doesn't stop the rest."""
    close_old_connections()
    return sum(_do(duty) for duty in todo)


def _do(duty: Duty) -> int:
    try:
        return duty.do(timezone.now()) or 0
    except Exception:
        # Whatever is wrong with one duty, the legal clocks of all others go on.
        log.exception("duty failed", extra={"duty": duty.name})
        return 0

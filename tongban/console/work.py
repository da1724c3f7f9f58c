"""Background work: sealing, following, sweeping, again and again."""

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

from django.apps import apps
from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone

from tongban.trail import actions as trail

log = logging.getLogger(__name__)

POLL = 0.25
"""Seconds between two looks when there was nothing to do; see docs/decisions/0003-no-notify.md."""
POLL_SENDERS = 2.0
"""The same, for what talks to other machines: nobody waits for a mail by the second."""


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


def senders() -> list[Duty]:
    """Return what talks to other machines: each room's `send(at)`, if it has one."""
    found = []
    for app in apps.get_app_configs():
        if app.name.startswith("tongban.") and find_spec(f"{app.name}.follow"):
            send = getattr(import_module(f"{app.name}.follow"), "send", None)
            found += [Duty(f"{app.label}.send", send)] if send else []
    return found


def _of(label: str, module: ModuleType) -> list[Duty]:
    found = []
    if handle := getattr(module, "handle", None):
        found.append(Duty(f"{label}.handle", partial(trail.advance, label, handle)))
    if follow := getattr(module, "follow", None):
        found.append(Duty(f"{label}.follow", follow))
    return found


def run(stop: threading.Event) -> None:
    """Work until told to stop; a database that is away is waited for.

    What talks to other machines has a thread of its own: one that doesn't answer mustn't hold up the legal clocks.
    """
    if sending := senders():
        threading.Thread(target=_again, args=(sending, stop, POLL_SENDERS), daemon=True).start()
    _again(duties(), stop, POLL)


def _again(todo: list[Duty], stop: threading.Event, poll: float) -> None:
    while not stop.is_set():
        # Each round that found something is followed by another at once; an idle one by a short sleep.
        if not once(todo):
            stop.wait(poll)


def once(todo: list[Duty]) -> int:
    """Do every duty once and return how much was done; one that fails is logged and doesn't stop the rest."""
    close_old_connections()
    return sum(_do(duty) for duty in todo)


def _do(duty: Duty) -> int:
    try:
        return duty.do(timezone.now()) or 0
    except OperationalError as error:
        log.warning("database away", extra={"duty": duty.name, "error": type(error).__name__})
        connection.close()
        return 0
    except Exception:
        # Whatever is wrong with one duty, the legal clocks of all others go on.
        log.exception("duty failed", extra={"duty": duty.name})
        return 0

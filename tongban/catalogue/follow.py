"""What the room does by itself: long lists beside the other work, and comparisons that the base has outrun."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from tongban.catalogue.actions import comparing, importing

log = logging.getLogger(__name__)
EVERY = timedelta(seconds=5)
_running: list[threading.Thread] = []
_looked: list[datetime] = []


def follow(at: datetime) -> int:
    """Begin with the lists that wait, and hold against the base anew what was held against another."""
    return _lists(at) + _compare(at)


def _lists(at: datetime) -> int:
    """Begin with a list if none is worked on yet; legal clocks don't wait for one of 50,000 rows."""
    if any(thread.is_alive() for thread in _running) or not importing.waiting(at):
        return 0
    _running[:] = [threading.Thread(target=_work, name="lists", daemon=True)]
    _running[0].start()
    return 1


def _compare(at: datetime) -> int:
    """Look at most once in five seconds whether the base says something else; go on at once while it does."""
    # A clock set back mustn't keep it waiting for the time to come round again.
    if _looked and timedelta() <= at - _looked[0] < EVERY:
        return 0
    done = comparing.renew(at)
    _looked[:] = [] if done else [at]
    return done


def _work() -> None:
    try:
        while importing.work(timezone.now()):
            continue
    except Exception:
        log.exception("a list could not be worked off")
    finally:
        connection.close()

"""What the room does by itself: long lists are checked and imported beside the other work, never in its way."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from django.db import connection
from django.utils import timezone

from tongban.catalogue.actions import importing

log = logging.getLogger(__name__)
_running: list[threading.Thread] = []


def follow(at: datetime) -> int:
    """Begin with the lists that wait, if none is worked on yet; legal clocks don't wait for a list of 50,000 rows."""
    if any(thread.is_alive() for thread in _running) or not importing.waiting(at):
        return 0
    _running[:] = [threading.Thread(target=_work, name="lists", daemon=True)]
    _running[0].start()
    return 1


def _work() -> None:
    try:
        while importing.work(timezone.now()):
            continue
    except Exception:
        log.exception("a list could not be worked off")
    finally:
        connection.close()

"""The end of a wait: what is kept of it afterwards is no person's."""

from __future__ import annotations

from datetime import datetime

from tongban.notices.models import Notice, Watcher
from tongban.notices.rules import State


def end(watcher: Watcher, state: State, at: datetime) -> None:
    """Erase the address, and whatever was still to be sent to it; the caller holds the row."""
    watcher.state, watcher.ended_at = state, at
    watcher.contact = watcher.finder = None
    watcher.save(update_fields=["state", "ended_at", "contact", "finder"])
    Notice.objects.filter(watcher=watcher, sent_at__isnull=True).delete()

"""What the room does when the trail tells that something may have opened, when a day begins, when mails are owed."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from tongban.lists.queries import opening
from tongban.notices import actions, queries
from tongban.trail.actions import Entry

AT_ONCE = 50
_swept: list[date] = []


def handle(entry: Entry) -> None:
    """Owe those a mail who wait for the item; reading the entry twice does no harm."""
    if entry.event not in opening.OPENS:
        return
    item = entry.facts.get("item") or entry.subject.removeprefix("item:")
    actions.tell(str(item), entry.at)


def follow(at: datetime) -> int:
    """Once a day, tell of what has opened by its day alone and erase what is no longer needed."""
    today = timezone.localdate(at)
    if _swept == [today]:
        return 0
    done = actions.tell_all(at) + actions.erase(at)
    _swept[:] = [today]
    return done


def send(at: datetime) -> int:
    """Send mails that are due, and return how many were tried; nothing if no server is named."""
    if not queries.offered():
        return 0
    return next((count for count in range(AT_ONCE) if not actions.send_next(at)), AT_ONCE)

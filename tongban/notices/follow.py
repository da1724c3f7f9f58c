"""What the room does when the trail tells that something may have opened, when a day begins, when mails are owed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from tongban.catalogue.rules.proposing import ENDINGS
from tongban.lists.queries import opening
from tongban.notices import actions, queries
from tongban.trail.actions import Entry

AT_ONCE = 50
AGAIN = timedelta(minutes=5)
_ENDS = frozenset(f"catalogue.change.{kind}" for kind in ENDINGS)
_swept: list[date] = []
_tried: list[datetime] = []


def handle(entry: Entry) -> None:
    """Owe those a mail who wait for the item, if it has opened or ended; reading the entry twice does no harm."""
    if entry.event not in opening.OPENS | _ENDS:
        return
    item = entry.facts.get("item") or entry.subject.removeprefix("item:")
    actions.tell(str(item), entry.at)


def follow(at: datetime) -> int:
    """Once a day, erase what is no longer needed and tell of what has opened or ended by its day alone.

    If something goes wrong with it, it's tried again after some minutes.
    """
    today = timezone.localdate(at)
    if _swept == [today] or (_tried and timedelta() <= at - _tried[0] < AGAIN):
        return 0
    _tried[:] = [at]
    done = actions.erase(at) + actions.tell_all(at)
    _swept[:] = [today]
    return done


def send(at: datetime) -> int:
    """Send mails that are due, and return how many were tried; nothing if no server is named."""
    if not queries.offered():
        return 0
    return next((count for count in range(AT_ONCE) if not actions.send_next(at)), AT_ONCE)

"""Who waits, and how the mails are doing; of a person only what the holder of a link may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Min, Q

from tongban.catalogue import queries as catalogue
from tongban.lib import codes
from tongban.lib.personal import found_by
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text
from tongban.notices.models import Notice, Watcher
from tongban.notices.rules import LIMITS, State
from tongban.places import queries as places


@dataclass(frozen=True, slots=True)
class Watch:
    """What a link leads to: what is waited for and how far it has come; never the address."""

    state: str
    item: str
    name: Text
    here: Text | None
    power: Text | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Post:
    """The mails that are owed: how many, since when the oldest, how many of them were tried in vain, and why last."""

    owed: int
    oldest: datetime | None
    failing: int
    error: str


def offered() -> bool:
    """Return whether mails can be sent at all: whether the operator has named a server."""
    return bool(settings.EMAIL_URL)


def by_code(typed: str, at: datetime) -> Watcher:
    """Return the row of a link's code.

    :raises Missing: if there is none, or it was not confirmed in time
    """
    code = codes.read(typed[:40])
    found = Watcher.objects.filter(code=found_by("watcher-code", code)).first() if code else None
    if found is None or (found.state == State.UNCONFIRMED and found.asked_at < at - LIMITS.unconfirmed):
        raise Missing
    return found


def watch(typed: str, at: datetime) -> Watch:
    """Return what the page of a link says.

    :raises Missing: if there is no such link any more
    """
    found = by_code(typed, at)
    return Watch(
        state=found.state,
        item=found.item_id,
        name=catalogue.item_names({found.item_id})[found.item_id],
        here=_place(found.here),
        power=_place(found.power),
        ended_at=found.ended_at,
    )


def _place(code: str) -> Text | None:
    return places.region(code).name if code else None


def waiting() -> dict[str, int]:
    """Return how many confirmed watchers wait for each item that anybody waits for: numbers, nobody's name."""
    rows = Watcher.objects.filter(state=State.CONFIRMED).values_list("item").annotate(Count("id"))
    return dict(rows)


def post() -> Post:
    """Return how the mails are doing."""
    unsent = Notice.objects.filter(sent_at__isnull=True)
    found = unsent.aggregate(
        owed=Count("id"), oldest=Min("owed_at"), failing=Count("id", filter=~Q(error=""))
    )
    error = unsent.exclude(error="").order_by("-next_try_at").values_list("error", flat=True).first()
    return Post(found["owed"], found["oldest"], found["failing"], error or "")

"""Owing a mail to those who wait for what has opened or will never open, and erasing what is no longer needed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tongban.catalogue import queries as catalogue
from tongban.lists.queries import opening
from tongban.notices.actions._ending import end
from tongban.notices.models import Notice, Watcher
from tongban.notices.rules import LAST, LIMITS, LIVE, Kind, State

log = logging.getLogger(__name__)
NAMED = 5
"""Ways that a mail names; the item's page leads to all of them."""


@transaction.atomic
def tell(item: str, at: datetime) -> int:
    """Owe a mail to everybody who waits for an item that is open where they asked, or that has ended.

    Returns how many are new. Twice does no harm: a watcher is owed one such mail.
    """
    # Also those about to confirm are waited for: they look by themselves once they have, and nobody falls between.
    rows = Watcher.objects.select_for_update().filter(item=item, state__in=LIVE).order_by("id")
    return owe(item, [row for row in rows if row.state == State.CONFIRMED], at)


def owe(item: str, waiting: Sequence[Watcher], at: datetime) -> int:
    """Owe a mail to those of these watchers of an item for whom it's open, or to all if it has ended.

    The caller holds the rows.
    """
    today = timezone.localdate(at)
    if waiting and catalogue.standing(item, today).state == "ended":
        return _gone(waiting, at)
    ways = opening.ways(item, today) if waiting else ()
    told = set(Notice.objects.filter(watcher__in=waiting, kind=Kind.OPEN).values_list("watcher", flat=True))
    owed = []
    for row in waiting:
        theirs = [way for way in ways if opening.fits(way, row.here, row.power)]
        if theirs and row.pk not in told:
            says = {"ways": [[way.here, way.power] for way in theirs[:NAMED]]}
            owed.append(Notice(watcher=row, kind=Kind.OPEN, says=says, owed_at=at, next_try_at=at))
    return len(Notice.objects.bulk_create(owed))


def _gone(waiting: Sequence[Watcher], at: datetime) -> int:
    """Owe those the mail that their item has ended; one that it's open and couldn't be sent yet is true no more."""
    Notice.objects.filter(watcher__in=waiting, kind=Kind.OPEN, sent_at__isnull=True).delete()
    told = set(Notice.objects.filter(watcher__in=waiting, kind=Kind.GONE).values_list("watcher", flat=True))
    owed = [
        Notice(watcher=row, kind=Kind.GONE, owed_at=at, next_try_at=at)
        for row in waiting
        if row.pk not in told
    ]
    return len(Notice.objects.bulk_create(owed))


def tell_all(at: datetime) -> int:
    """Tell of what has opened or ended by its day alone, with no step that the trail could tell of."""
    waiting = Watcher.objects.filter(state=State.CONFIRMED).order_by("item")
    return sum(tell(item, at) for item in waiting.values_list("item", flat=True).distinct())


@transaction.atomic
def erase(at: datetime) -> int:
    """Erase what nobody confirmed, what has waited too long, what can't be sent; returns how many addresses.

    Rows without an address go, too, once their links needn't be answered any more.
    """
    Watcher.objects.filter(ended_at__lt=at - LIMITS.remembered).delete()
    old = Q(state=State.UNCONFIRMED, asked_at__lt=at - LIMITS.unconfirmed)
    forgotten = list(Watcher.objects.select_for_update(skip_locked=True).filter(old).order_by("id"))
    Watcher.objects.filter(pk__in=[row.pk for row in forgotten]).delete()
    unsent = Notice.objects.filter(kind__in=LAST, sent_at=None, owed_at__lt=at - LIMITS.unsendable)
    tired = Q(confirmed_at__lt=at - LIMITS.longest) & ~Q(notices__in=Notice.objects.filter(kind__in=LAST))
    over = Watcher.objects.filter(tired | Q(notices__in=unsent), state=State.CONFIRMED).values("pk")
    lost = set(unsent.values_list("watcher", flat=True))
    ended = list(Watcher.objects.select_for_update(skip_locked=True).filter(pk__in=over).order_by("id"))
    for row in ended:
        end(row, State.STOPPED, at)
    if given_up := sum(row.pk in lost for row in ended):
        log.error("mails given up", extra={"count": given_up})
    return len(forgotten) + len(ended)

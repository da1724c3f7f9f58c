"""Recording, sealing and following: audit, evidence, outbox and live figures are one mechanism."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from tongban.lib import writes
from tongban.trail import queries, rules
from tongban.trail.models import Checkpoint, Cursor, Entry, Parked, Tile

log = logging.getLogger(__name__)

_SEALER = 7_302_025  # the advisory lock that makes the sealer the only one
Fact = str | int | bool | None

__all__ = ["Entry", "Fact", "advance", "entry", "record", "retry", "seal"]


def entry(
    event: str, subject: str, *, actor: str, at: datetime, case: UUID | None = None, **facts: Fact
) -> Entry:
    """Return an entry to hand to `record`: references, codes and days, never words about a person."""
    return writes.fresh(Entry, event=event, subject=subject, actor=actor, at=at, case=case, facts=facts)


def record(entries: Sequence[Entry], *changes: writes.Write) -> None:
    """Write the changes and their entries in one statement: neither can be there without the other.

    :raises lib.writes.Stale: if a row to be updated is gone
    """
    writes.run(*changes, writes.Insert(entries))


@transaction.atomic
def seal(at: datetime, limit: int = 4000) -> int:
    """Number and hash what was committed, oldest first, and return how many entries that were.

    Numbers are given after commit, so that a slow transaction can't be stepped over by followers that are already
    past it. Returns 0 at once if another process is sealing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALER])
        row = cursor.fetchone()
    if not row or not row[0]:
        return 0
    waiting = list(Entry.objects.filter(number__isnull=True).order_by("id")[:limit])
    if waiting:
        _number(waiting, queries.size(), at)
    return len(waiting)


def _number(waiting: list[Entry], size: int, at: datetime) -> None:
    tiles = queries.tiles_of(set(rules.open_tiles(size)))
    known = dict(tiles)
    after = rules.append(tiles, size, (rules.leaf(entry.sealed()) for entry in waiting))
    for number, entry_ in enumerate(waiting, start=size + 1):
        entry_.number = number
    changed = [
        Tile(level=level, index=index, hashes=hashes)
        for (level, index), hashes in tiles.items()
        if known.get((level, index)) != hashes
    ]
    Tile.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["level", "index"], update_fields=["hashes"]
    )
    writes.run(
        writes.Update(waiting, ("number",)),
        writes.Insert([Checkpoint(size=after, root=rules.root(tiles, after), at=at)]),
    )


@transaction.atomic
def advance(follower: str, handle: Callable[[Entry], None], at: datetime, limit: int = 500) -> int:
    """Let a follower read on, and return how many entries it read.

    Its work and its cursor move in one transaction. An entry it fails on is parked, and the rest go on.
    """
    Cursor.objects.get_or_create(follower=follower)
    cursor = Cursor.objects.select_for_update(skip_locked=True).filter(follower=follower).first()
    if cursor is None:
        return 0
    entries = list(Entry.objects.filter(number__gt=cursor.number).order_by("number")[:limit])
    for entry_ in entries:
        _follow(follower, handle, entry_, at)
    if entries:
        cursor.number = entries[-1].number or cursor.number
        cursor.save(update_fields=["number"])
    return len(entries)


def _follow(follower: str, handle: Callable[[Entry], None], entry_: Entry, at: datetime) -> None:
    try:
        with transaction.atomic():
            handle(entry_)
    except Exception as error:
        # Whatever went wrong with one entry must not keep the others from being followed.
        log.exception("parked", extra={"follower": follower, "entry": str(entry_.id)})
        Parked.objects.get_or_create(
            follower=follower, entry=entry_, defaults={"error": type(error).__name__, "at": at}
        )


@transaction.atomic
def retry(parked_id: int, handle: Callable[[Entry], None]) -> None:
    """Hand a parked entry to its follower once more and, if that succeeds, forget that it failed."""
    parked = Parked.objects.select_for_update().select_related("entry").get(pk=parked_id)
    handle(parked.entry)
    parked.delete()

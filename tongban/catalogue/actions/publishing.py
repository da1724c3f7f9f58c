"""Publishing a revision: once, by a second person, and for ever as it is."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from tongban.catalogue.actions.revising import (
    _day,
    _locked,
    _require_seen,
    _require_whole,
    digest,
    latest,
    person,
)
from tongban.catalogue.models import Item, Proposal, Revision
from tongban.catalogue.rules import proposing
from tongban.lib import writes
from tongban.lib.actors import Actor
from tongban.lib.refusals import Refused
from tongban.places.rules import Role
from tongban.trail import actions as trail


@transaction.atomic
def publish(proposal: UUID, *, by: Actor, at: datetime, seen: int | None = None) -> Revision:
    """Publish what was submitted, as the item's next revision: in force from its day, for ever as it is.

    The revision before it holds until that day; cases that run under it go on to their end.

    :param seen: the version whose impact was shown
    :raises Refused: if the approver had a hand in it, or another revision was published meanwhile
    """
    row = _locked(proposal, Role.APPROVE_ITEMS, by)
    row.state = str(proposing.step("publish", row.state))
    _require_seen(row, seen)
    proposing.require_second(person(by), row.hands)
    # Whoever publishes for the same item waits here, and then finds that it isn't the newest any more.
    Item.objects.select_for_update().get(pk=row.item_id)
    before = latest(row.item_id)
    if (before.pk if before else None) != row.base_id:
        raise Refused("proposal.outdated", number=before.number if before else 0)
    _require_whole(row)
    day = proposing.require_day(row.valid_from, timezone.localdate(at), _day(before))
    # A number is used once: that of a recalled revision stays its own.
    last = Revision.objects.filter(item=row.item_id).aggregate(last=Max("number"))["last"] or 0
    made = _revision(row, last + 1, day, by, at)
    row.revision, row.decided_by, row.decided_at = made, str(by), at
    entry = trail.entry(
        "catalogue.revision.publish",
        f"revision:{made.key}",
        actor=str(by),
        at=at,
        item=row.item_id,
        proposal=str(row.id),
        valid_from=day.isoformat(),
        sha256=made.sha256,
    )
    _write(entry, row, made, before)
    return made


def _revision(row: Proposal, number: int, day: date, by: Actor, at: datetime) -> Revision:
    content = {**row.content, "revision": number, "valid_from": day.isoformat()}
    return Revision(
        key=f"{row.item_id}@{number}",
        item=row.item,
        number=number,
        content=content,
        sha256=digest(content),
        valid_from=day,
        reason=row.reason,
        rests_on=row.rests_on,
        author=row.author,
        approver=str(by),
        published_at=at,
    )


def _write(entry: trail.Entry, row: Proposal, made: Revision, before: Revision | None) -> None:
    ending = []
    if before and before.valid_until is None:
        before.valid_until = made.valid_from
        ending = [writes.Update([before], ("valid_until",))]
    published = writes.Update([row], ("state", "revision", "decided_by", "decided_at"))
    trail.record([entry], writes.Insert([made]), *ending, published)

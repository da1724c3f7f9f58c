"""Recalling a revision or a change of standing that was decided and hasn't begun: by two people, as it was decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tongban.catalogue import access
from tongban.catalogue.actions.revising import basis, latest, person, words
from tongban.catalogue.actions.standing import _entry, _locked, _take_turn
from tongban.catalogue.models import Change, Item, Revision
from tongban.catalogue.rules import proposing
from tongban.lib import writes
from tongban.lib.actors import Actor
from tongban.lib.ids import new_id
from tongban.lib.refusals import Missing, Refused
from tongban.places import queries as places
from tongban.places.rules import Role
from tongban.trail import actions as trail

_PUBLISHED = str(proposing.State.PUBLISHED)


@transaction.atomic
def propose_recall(
    item: str,
    what: int | UUID,
    reason: Mapping[str, str],
    rests_on: str,
    *,
    by: Actor,
    at: datetime,
) -> Change:
    """Propose that a revision or a change of standing that was decided never begins.

    :param what: the number of the revision, or the id of the change
    :raises Missing: if there is none
    :raises Refused: if it has begun, something was built on it, or its recall is proposed already
    """
    found = Item.objects.select_for_update().filter(pk=item).first()
    if found is None:
        raise Missing
    access.require(by, Role.EDIT_ITEMS, found, places.directory_now())
    row = Change(id=new_id(), item=found, kind="recall", state=str(proposing.State.REVIEW))
    if isinstance(what, int):
        row.revision = Revision.objects.filter(item=item, number=what).first()
    else:
        row.recalls = Change.objects.filter(pk=what, item=item).exclude(kind="recall").first()
    target = row.revision or row.recalls
    if target is None:
        raise Missing
    waiting = Change.objects.filter(
        state=row.state, revision=row.revision, recalls=row.recalls, kind="recall"
    )
    if waiting.exists():
        raise Refused("recall.waits")
    row.valid_from = target.valid_from
    _require_recallable(row, at)
    row.reason, row.rests_on = words(reason), basis(rests_on)
    row.hands, row.author, row.started_at, row.submitted_at = [person(by)], str(by), at, at
    trail.record([_entry("propose", row, by, at)], writes.Insert([row]))
    return row


def _require_recallable(row: Change, at: datetime) -> None:
    """Let pass only what hasn't begun, and on which nothing was built.

    :raises Refused: if it has, or something was
    """
    today = timezone.localdate(at)
    if row.revision is not None:
        proposing.require_ahead(row.revision.valid_from, today)
        newest = latest(row.item_id)
        if newest is None or newest.pk != row.revision_id:
            raise Refused("recall.not-newest")
        return
    target = row.recalls
    assert target is not None
    assert target.valid_from is not None
    proposing.step("recall", target.state)
    proposing.require_ahead(target.valid_from, today)
    if target.kind not in proposing.ENDINGS:
        kinds = Change.objects.filter(item=row.item_id, kind__in=("suspend", "resume"), state=_PUBLISHED)
        newest_change = kinds.order_by("-decided_at", "-id").first()
        # What was decided before this was kept doesn't know what the days were.
        if newest_change != target or not target.before:
            raise Refused("recall.not-newest")


@transaction.atomic
def approve_recall(change: UUID, *, by: Actor, at: datetime) -> Item:
    """Take back what was proposed to be recalled: it stays readable, and never begins.

    :raises Missing: if no such recall is proposed
    :raises Refused: if the approver proposed it, what it recalls has begun, or something was built on it meanwhile
    """
    _take_turn()
    row = _locked(change, Role.APPROVE_ITEMS, by)
    if row.kind != "recall":
        raise Missing
    row.state = str(proposing.step("publish", row.state))
    proposing.require_second(person(by), row.hands)
    _require_recallable(row, at)
    row.decided_by, row.decided_at = str(by), at
    # Before the revisions: the database lets one have no last day again only after the recall of the next was decided.
    row.save(update_fields=["state", "decided_by", "decided_at"])
    if row.revision is not None:
        _take_back(row.revision)
    elif row.recalls is not None:
        _undo(row.item, row.recalls)
    trail.record([_entry("recall", row, by, at)])
    item: Item = row.item
    return item


def _take_back(revision: Revision) -> None:
    """Leave a revision without a day on which it holds, and the one before it without the end that it had set."""
    before = latest(revision.item_id)
    revision.valid_until = revision.valid_from
    revision.save(update_fields=["valid_until"])
    if before and before.valid_until == revision.valid_from:
        before.valid_until = None
        before.save(update_fields=["valid_until"])


def _undo(item: Item, target: Change) -> None:
    """Give the item back the days that it had before a change."""
    target.state = str(proposing.step("recall", target.state))
    target.save(update_fields=["state"])
    if target.kind in proposing.ENDINGS:
        item.ended_on, item.ended_because = None, {}
        item.replaced_by.remove(*target.successors)
        item.save(update_fields=["ended_on", "ended_because"])
        return
    for name, value in target.before.items():
        setattr(item, name, value)
    item.save(update_fields=list(target.before))

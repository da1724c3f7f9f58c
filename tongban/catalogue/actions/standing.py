"""An item's standing: suspended and resumed, ended, split, merged; proposed by one person, approved by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tongban.catalogue import access
from tongban.catalogue.actions.revising import basis, person, words
from tongban.catalogue.models import Change, Item
from tongban.catalogue.rules import proposing
from tongban.lib import writes
from tongban.lib.actors import Actor
from tongban.lib.ids import new_id
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.lib.words import clean
from tongban.places import queries as places
from tongban.places.rules import Role
from tongban.trail import actions as trail


@transaction.atomic
def propose_change(
    item: str,
    kind: str,
    on: date | None,
    reason: Mapping[str, str],
    rests_on: str,
    *,
    by: Actor,
    at: datetime,
    until: date | None = None,
    successors: Sequence[str] = (),
) -> Change:
    """Propose that an item is suspended, resumed, ended, split or merged from a day on.

    :param until: the first day on which a suspended item is open again, where that is known
    :param successors: the codes of the items that people go to instead
    :raises Invalid: names what is missing or can't be
    :raises Refused: if the item's standing doesn't allow it
    """
    found = Item.objects.filter(pk=item).first()
    if found is None:
        raise Missing
    access.require(by, Role.EDIT_ITEMS, found, places.directory_now())
    day = proposing.require_day(on, timezone.localdate(at), None)
    proposing.require_change(kind, item, until, day, successors)
    _require_fits(found, kind, day)
    _require_successors(successors)
    row = Change(
        id=new_id(),
        item=found,
        kind=kind,
        state=str(proposing.State.REVIEW),
        valid_from=day,
        until=until,
        successors=list(successors),
        reason=words(reason),
        rests_on=basis(rests_on),
        hands=[person(by)],
        author=str(by),
        started_at=at,
        submitted_at=at,
    )
    trail.record([_entry("propose", row, by, at)], writes.Insert([row]))
    return row


def _require_fits(item: Item, kind: str, day: date) -> None:
    """Let pass only what the item's standing allows."""
    if item.ended_on is not None:
        raise Refused("change.ended", day=item.ended_on.isoformat())
    stopped = item.suspended_on is not None and (item.suspended_until is None or item.suspended_until > day)
    if kind == "suspend" and stopped:
        raise Refused("change.suspended-already")
    if kind == "resume" and not stopped:
        raise Refused("change.not-suspended")


def _require_successors(codes: Sequence[str]) -> None:
    open_ones = Item.objects.filter(pk__in=codes, ended_on__isnull=True).count()
    if open_ones != len(set(codes)):
        raise Invalid("change.successor-unknown", field="successors")


def _entry(verb: str, row: Change, by: Actor, at: datetime) -> trail.Entry:
    return trail.entry(
        f"catalogue.change.{verb}",
        f"item:{row.item_id}",
        actor=str(by),
        at=at,
        change=str(row.id),
        kind=row.kind,
        on=row.valid_from.isoformat() if row.valid_from else None,
        until=row.until.isoformat() if row.until else None,
        successors=",".join(row.successors),
    )


def _locked(change: UUID, role: Role, by: Actor) -> Change:
    rows = Change.objects.select_for_update().select_related("item")
    row = rows.filter(pk=change).first()
    if row is None:
        raise Missing
    directory = places.directory_now()
    access.require_sight(by, row.item, directory)
    access.require(by, role, row.item, directory)
    return row


@transaction.atomic
def approve_change(change: UUID, *, by: Actor, at: datetime) -> Item:
    """Let a proposed change of standing hold, from its day on.

    :raises Refused: if the approver proposed it, or the item's standing changed meanwhile
    """
    row = _locked(change, Role.APPROVE_ITEMS, by)
    row.state = str(proposing.step("publish", row.state))
    proposing.require_second(person(by), row.hands)
    item, day = row.item, proposing.require_day(row.valid_from, timezone.localdate(at), None)
    _require_fits(item, row.kind, day)
    _require_successors(row.successors)
    fields = _let_hold(item, row, day)
    row.decided_by, row.decided_at = str(by), at
    trail.record(
        [_entry(row.kind, row, by, at)],
        writes.Update([item], fields),
        writes.Update([row], ("state", "decided_by", "decided_at")),
    )
    item.replaced_by.add(*row.successors)
    return item


def _let_hold(item: Item, row: Change, day: date) -> tuple[str, ...]:
    """Put the change into the item's days, and return which of them."""
    if row.kind == "resume":
        # Not before it stopped: what hadn't begun yet never stops.
        item.suspended_until = max(day, item.suspended_on or day)
        return ("suspended_until",)
    item.stopped_because = row.reason
    if row.kind == "suspend":
        item.suspended_on, item.suspended_until = day, row.until
        return ("suspended_on", "suspended_until", "stopped_because")
    item.ended_on = day
    return ("ended_on", "stopped_because")


@transaction.atomic
def decline_change(change: UUID, answer: str, *, by: Actor, at: datetime) -> Change:
    """Turn a proposed change of standing down, with a word why.

    :raises Invalid: if nothing is said
    """
    row = _locked(change, Role.APPROVE_ITEMS, by)
    row.state = str(proposing.step("return", row.state))
    row.answer = clean(answer, field="answer", limit=1000, lines=True)
    if not row.answer:
        raise Invalid("words.missing", field="answer")
    row.decided_by, row.decided_at = str(by), at
    fields = ("state", "answer", "decided_by", "decided_at")
    trail.record([_entry("decline", row, by, at)], writes.Update([row], fields))
    return row

"""An item's standing: suspended and resumed, ended, split, merged; proposed by one person, approved by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from tongban.catalogue import access
from tongban.catalogue.actions.revising import basis, person, words
from tongban.catalogue.models import Change, Item
from tongban.catalogue.rules import proposing
from tongban.lib import writes
from tongban.lib.actors import Actor
from tongban.lib.ids import new_id
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.lib.texts import Text
from tongban.lib.words import clean
from tongban.places import queries as places
from tongban.places.rules import Role
from tongban.trail import actions as trail

_TURN = 7_302_026  # the advisory lock under which standings change, one after the other


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
    return _propose(item, kind, on, reason, rests_on, by=by, at=at, until=until, successors=successors)


@transaction.atomic
def propose_merger(
    items: Sequence[str],
    into: str,
    on: date | None,
    reason: Mapping[str, str],
    rests_on: str,
    *,
    by: Actor,
    at: datetime,
) -> list[Change]:
    """Propose at once that several items are merged into one: all of them, or none.

    They are decided one by one, or together.

    :raises Invalid: names what is missing, or the first item that can't be merged and why
    """
    together = new_id()
    merged = []
    for item in dict.fromkeys(items):
        try:
            row = _propose(
                item, "merge", on, reason, rests_on, by=by, at=at, successors=[into], together=together
            )
        except (Refused, NotAllowed) as because:
            if isinstance(because, Invalid) and because.code not in _OF_ONE:
                raise
            raise Invalid("change.one-of-them", field="others", item=_name(item), why="") from because
        merged.append(row)
    return merged


_OF_ONE = frozenset({"change.successors"})
"""What is said of one item in particular, where it comes at a field."""


def _name(item: str) -> Text:
    return Text.of(Item.objects.values_list("name", flat=True).get(pk=item))


def _propose(
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
    together: UUID | None = None,
) -> Change:
    found = Item.objects.filter(pk=item).first()
    if found is None:
        raise Missing
    access.require(by, Role.EDIT_ITEMS, found, places.directory_now())
    day = proposing.require_day(on, timezone.localdate(at), None)
    proposing.require_change(kind, item, until, day, successors)
    _require_fits(found, kind, day, timezone.localdate(at))
    _require_successors(successors)
    row = Change(
        id=new_id(),
        item=found,
        kind=kind,
        state=str(proposing.State.REVIEW),
        valid_from=day,
        until=until,
        successors=list(successors),
        together=together,
        reason=words(reason),
        rests_on=basis(rests_on),
        hands=[person(by)],
        author=str(by),
        started_at=at,
        submitted_at=at,
    )
    trail.record([_entry("propose", row, by, at)], writes.Insert([row]))
    return row


def _require_fits(item: Item, kind: str, day: date, today: date) -> None:
    """Let pass only what the item's standing allows."""
    if item.ended_on is not None:
        raise Refused("change.ended", day=item.ended_on.isoformat())
    stopped = item.suspended_on is not None and (item.suspended_until is None or item.suspended_until > day)
    # An item has room for one suspension: a second one would undo what was approved before, unless it goes on with it.
    if kind == "suspend" and (stopped or (_stands_still(item, today) and item.suspended_until != day)):
        raise Refused("change.suspended-already")
    if kind == "resume" and not stopped:
        raise Refused("change.not-suspended")


def _stands_still(item: Item, today: date) -> bool:
    """Return whether a suspension holds today or is still to come."""
    since, until = item.suspended_on, item.suspended_until
    return since is not None and (until is None or until > max(today, since))


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
        together=str(row.together) if row.together else None,
        revision=row.revision_id,
        recalls=str(row.recalls_id) if row.recalls_id else None,
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


def _take_turn() -> None:
    """Wait for whoever else approves a change of standing: of two items each can't be merged into the other at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


@transaction.atomic
def approve_change(change: UUID, *, by: Actor, at: datetime) -> Item:
    """Let a proposed change of standing hold, from its day on.

    :raises Missing: if there is none, or it's a recall
    :raises Refused: if the approver proposed it, or the item's standing changed meanwhile
    """
    _take_turn()
    row = _locked(change, Role.APPROVE_ITEMS, by)
    if row.kind == "recall":
        raise Missing
    row.state = str(proposing.step("publish", row.state))
    proposing.require_second(person(by), row.hands)
    item, today = row.item, timezone.localdate(at)
    day = proposing.require_day(row.valid_from, today, None)
    _require_fits(item, row.kind, day, today)
    _require_successors(row.successors)
    row.before = _days(item) if row.kind not in proposing.ENDINGS else {}
    fields = _let_hold(item, row, day, today)
    row.decided_by, row.decided_at = str(by), at
    trail.record(
        [_entry(row.kind, row, by, at)],
        writes.Update([item], fields),
        writes.Update([row], ("state", "decided_by", "decided_at", "before")),
    )
    item.replaced_by.add(*row.successors)
    return item


@transaction.atomic
def approve_together(change: UUID, *, by: Actor, at: datetime) -> list[Item]:
    """Let a proposed change hold with all that were proposed at once and still wait: all of them, or none.

    :raises Missing: if there is none, or it's none of the approver's business
    :raises Refused: names the first item that can't change any more and why; or the approver proposed them
    """
    together = Change.objects.filter(pk=change).values_list("together", flat=True).first()
    waiting = Change.objects.filter(together=together, state=str(proposing.State.REVIEW))
    # In one order, whichever of them the approver looked at: two who approve at once don't wait for each other.
    keys = list(waiting.order_by("id").values_list("pk", flat=True)) if together else []
    changed = []
    for key in keys or [change]:
        try:
            changed.append(approve_change(key, by=by, at=at))
        except Refused as because:
            if because.code == "proposal.second-person" or isinstance(because, Invalid):
                raise
            name = _name(Change.objects.values_list("item", flat=True).get(pk=key))
            raise Refused("change.one-stands", item=name, why="") from because
    return changed


def _days(item: Item) -> dict[str, Any]:
    """Return what a suspension or its end changes, as it was: a recall gives it back."""
    since, until = item.suspended_on, item.suspended_until
    return {
        "suspended_on": since.isoformat() if since else None,
        "suspended_until": until.isoformat() if until else None,
        "stopped_because": item.stopped_because,
    }


def _let_hold(item: Item, row: Change, day: date, today: date) -> tuple[str, ...]:
    """Put the change into the item's days, and return which of them."""
    if row.kind == "resume":
        # Not before it stopped: what hadn't begun yet never stops.
        item.suspended_until = max(day, item.suspended_on or day)
        return ("suspended_until",)
    if row.kind == "suspend":
        item.suspended_on = item.suspended_on if _stands_still(item, today) else day
        item.suspended_until, item.stopped_because = row.until, row.reason
        return ("suspended_on", "suspended_until", "stopped_because")
    item.ended_on, item.ended_because = day, row.reason
    return ("ended_on", "ended_because")


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

"""The life of an entry: propose → review → publish, to list it, to revise it, to withdraw it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from tongban.catalogue import queries as catalogue
from tongban.lib.actors import Actor, Clerk
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.lib.words import clean
from tongban.lists import access
from tongban.lists.models import Batch, Change, Entry, List, Standing
from tongban.lists.queries import standing
from tongban.lists.rules.says import Says
from tongban.lists.rules.words import OPEN, Kind, State
from tongban.places import queries as places
from tongban.trail import actions as trail

LIMIT = 1000


@transaction.atomic
def propose(
    list_code: str,
    item: str,
    kind: str,
    says: Mapping[str, Any] | None,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    wanted_from: date | None = None,
) -> Change:
    """Propose that an item is listed, that its entry says something else, or that it is withdrawn.

    :raises Refused: if a change of this entry is under way, the item has ended, or isn't on the list around this one
    :raises Invalid: if words are missing, or the batch isn't one of the list's
    :raises NotAllowed: if the actor doesn't propose
    """
    clerk = access.require_propose(by)
    entry = _entry(list_code, item)
    _take_turn(item)
    _require_possible(entry, Kind(kind), timezone.localdate(at))
    content = None if kind == Kind.WITHDRAW else _checked(says or {}, entry.list).stored()
    change = Change(
        entry=entry,
        kind=kind,
        state=State.PROPOSED,
        says=content,
        reason=_said(reason, "reason"),
        wanted_from=wanted_from,
        proposed_by=str(clerk.account),
        proposed_post=str(clerk),
        proposed_at=at,
    )
    change.save(force_insert=True)
    _tell("lists.entry.propose", change, by, at)
    return change


@transaction.atomic
def review(change_id: UUID, opinion: str, *, by: Actor, at: datetime) -> Change:
    """State, as a second person, that the change can be published.

    :raises Refused: if it isn't waiting for a review, or by who proposed it
    :raises NotAllowed: if the actor doesn't review for the province
    """
    change, clerk = _lock(change_id, by, State.PROPOSED)
    return _reviewed(
        change, clerk, State.REVIEWED, clean(opinion, field="opinion", limit=LIMIT, lines=True), at
    )


@transaction.atomic
def give_back(change_id: UUID, opinion: str, *, by: Actor, at: datetime) -> Change:
    """Return the proposal with what has to be put right; it ends, and can be proposed anew.

    :raises Invalid: if nothing is said
    :raises Refused: if it isn't open any more, or by who proposed it
    """
    change, clerk = _lock(change_id, by, *OPEN)
    return _reviewed(change, clerk, State.RETURNED, _said(opinion, "opinion"), at)


def _reviewed(change: Change, clerk: Clerk, state: State, opinion: str, at: datetime) -> Change:
    change.state, change.opinion = state, opinion
    change.reviewed_by, change.reviewed_post, change.reviewed_at = str(clerk.account), str(clerk), at
    change.save(update_fields=["state", "opinion", "reviewed_by", "reviewed_post", "reviewed_at"])
    verb = "review" if state == State.REVIEWED else "return"
    _tell(f"lists.entry.{verb}", change, clerk, at)
    return change


@transaction.atomic
def publish(change_id: UUID, day: date, *, by: Actor, at: datetime) -> Standing | None:
    """Put the reviewed change in force from a day on; returns what stands from then on, nothing after a withdrawal.

    :raises Refused: if it wasn't reviewed, the day is past or before the last version's, or an item would stand on a
        list without standing on the list around it
    """
    change, clerk = _lock(change_id, by, State.REVIEWED)
    if day < timezone.localdate(at):
        raise Invalid("lists.day-past", field="day", day=day)
    made = put(change.entry, Kind(change.kind), change.says, day, change=change)
    change.state, change.published_post, change.published_at = State.PUBLISHED, str(clerk), at
    change.save(update_fields=["state", "published_post", "published_at"])
    _tell("lists.entry.publish", change, clerk, at, since=day.isoformat())
    return made


def put(
    entry: Entry, kind: Kind, says: Mapping[str, Any] | None, day: date, change: Change | None = None
) -> Standing | None:
    """Let what stands end on a day, and stand anew what is said; within the caller's transaction.

    :raises Refused: if the day isn't free, or the list around it or a list within it is in the way
    """
    last = Standing.objects.filter(entry=entry).order_by("-number").first()
    _require_free(last, kind, day)
    _require_around(entry, kind, day)
    if last and last.valid_until is None:
        last.valid_until = day
        last.save(update_fields=["valid_until"])
    return None if says is None else _stand(entry, says, day, last.number + 1 if last else 1, change)


def _stand(entry: Entry, says: Mapping[str, Any], day: date, number: int, change: Change | None) -> Standing:
    said = Says.of(says)
    made = Standing(
        entry=entry,
        list_id=entry.list_id,
        item_id=entry.item_id,
        number=number,
        batch_id=said.batch,
        deadline=said.deadline,
        says=said.stored(),
        valid_from=day,
        change=change,
    )
    made.save(force_insert=True)
    return made


def _require_free(last: Standing | None, kind: Kind, day: date) -> None:
    stands = last is not None and last.valid_until is None
    if stands is (kind is Kind.LIST):
        raise Refused("lists.listed-already" if stands else "lists.not-listed")
    taken = last.valid_until or last.valid_from if last else None
    if taken and (day < taken or (stands and day == taken)):
        raise Refused("lists.day-taken", day=taken)


def _require_around(entry: Entry, kind: Kind, day: date) -> None:
    """Explain what the database would refuse.

    :raises Refused: names the list that lacks the item, or that still has it
    """
    around = entry.list.within
    if kind is Kind.LIST and around and not standing.stands_from(around.code, entry.item_id, day):
        raise Refused("lists.outside", list=around.title, item=entry.item_id)
    if kind is Kind.WITHDRAW:
        for inner in entry.list.inner.all():
            if standing.stands_until_after(inner.code, entry.item_id, day):
                raise Refused("lists.inner-stands", list=inner.title, item=entry.item_id)


def _entry(list_code: str, item: str) -> Entry:
    """Return the entry, made now if the item was never proposed for the list.

    :raises Missing: if there is no such list or item
    """
    listed = List.objects.select_related("within").filter(code=list_code).first()
    if listed is None or not standing.is_item(item):
        raise Missing
    entry, _made = Entry.objects.select_related("list__within").get_or_create(list=listed, item_id=item)
    return entry


def _require_possible(entry: Entry, kind: Kind, today: date) -> None:
    if entry.changes.filter(state__in=OPEN).exists():
        raise Refused("lists.change-under-way")
    stands = Standing.objects.filter(entry=entry, valid_until__isnull=True).exists()
    if stands is (kind is Kind.LIST):
        raise Refused("lists.listed-already" if stands else "lists.not-listed")
    if kind is Kind.LIST and catalogue.standing(entry.item_id, today).state == "ended":
        raise Refused("lists.item-ended")
    around = entry.list.within
    if kind is Kind.LIST and around and not _on_its_way(around, entry.item_id, today):
        raise Refused("lists.outside", list=around.title, item=entry.item_id)


def _on_its_way(around: List, item: str, today: date) -> bool:
    """Return whether the item stands on the list around, or is proposed for it."""
    proposed = Change.objects.filter(entry__list=around, entry__item=item, state__in=OPEN, kind=Kind.LIST)
    return standing.stands_from(around.code, item, today, ever=True) or proposed.exists()


def _checked(says: Mapping[str, Any], listed: List) -> Says:
    said = Says.of(says).checked()
    if not Batch.objects.filter(code=said.batch, list=listed).exists():
        raise Invalid("lists.batch-unknown", field="batch")
    return said


def _lock(change_id: UUID, by: Actor, *states: str) -> tuple[Change, Clerk]:
    """Return the change, locked, its item's turn taken, for a second person.

    :raises Missing: if there is none
    """
    level = places.region(by.region).level if isinstance(by, Clerk) else ""
    clerk = access.require_review(by, level)
    found = Change.objects.select_for_update(of=("self",)).select_related("entry__list__within")
    change = found.filter(pk=change_id).first()
    if change is None:
        raise Missing
    access.require_other(clerk, change)
    if change.state not in states:
        raise Refused("lists.moved-on", state=change.state)
    _take_turn(change.entry.item_id)
    return change, clerk


def _take_turn(item: str) -> None:
    """Wait for whoever changes the same item's entries, so that what is explained is still true when it's written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO lists_guard (item_id, turns) VALUES (%s, 1)"
            " ON CONFLICT (item_id) DO UPDATE SET turns = lists_guard.turns + 1",
            [item],
        )


def _said(words: str, field: str) -> str:
    said = clean(words, field=field, limit=LIMIT, lines=True)
    if not said:
        raise Invalid("words.missing", field=field)
    return said


def _tell(event: str, change: Change, by: Actor, at: datetime, since: str | None = None) -> None:
    told = trail.entry(
        event,
        f"entry:{change.entry_id}",
        actor=str(by),
        at=at,
        change=str(change.id),
        kind=change.kind,
        list=change.entry.list_id,
        item=change.entry.item_id,
        since=since,
    )
    trail.record([told])

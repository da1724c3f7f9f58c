"""Proof that an item passes between two places: a case that went all the way, or a rehearsal both recorded."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tongban.catalogue import queries as catalogue
from tongban.lib import writes
from tongban.lib.actors import Actor, System
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.lib.words import clean
from tongban.lists import access
from tongban.lists.models import Proof, Rehearsal
from tongban.lists.queries import standing
from tongban.lists.rules.words import Passed
from tongban.places import queries as places
from tongban.places.rules import Office
from tongban.trail import actions as trail

_LONG = 1000


@transaction.atomic
def prove(item: str, receiver: str, decider: str, *, at: datetime, case: UUID | None = None) -> bool:
    """Keep that an item passed between two bodies of different places; returns whether that is new.

    Called for a closed case; twice does no harm. The first proof of a pair stays, and the trail learns of it.
    """
    directory = places.directory_now()
    here, there = directory.offices.get(receiver), directory.offices.get(decider)
    if not here or not there or here.region == there.region or not standing.is_item(item):
        return False
    proof = Proof(
        item_id=item,
        receiver_id=receiver,
        decider_id=decider,
        receiver_region=here.region,
        decider_region=there.region,
        kind=Passed.CASE,
        day=timezone.localdate(at),
        case=case,
    )
    return _keep(proof, System("proof"), at)


def _keep(proof: Proof, by: Actor, at: datetime) -> bool:
    """Keep the first proof of a pair and tell the trail that the way is open; returns whether it is the first."""
    same = {name: getattr(proof, name) for name in ("item_id", "receiver_id", "decider_id")}
    fields = ("receiver_region", "decider_region", "kind", "day", "case", "rehearsal_id")
    kept, made = Proof.objects.get_or_create(**same, defaults={name: getattr(proof, name) for name in fields})
    if made:
        entry = trail.entry(
            "lists.way.open",
            f"proof:{kept.pk}",
            actor=str(by),
            at=at,
            item=proof.item_id,
            receiver=proof.receiver_id,
            decider=proof.decider_id,
            kind=str(proof.kind),
        )
        trail.record([entry])
    return made


@transaction.atomic
def rehearse(
    item: str, receiver: str, place: str, walked_on: date, words: str, *, by: Actor, at: datetime
) -> Rehearsal:
    """Record, as the body that received, that a test case was walked to its end, to the body that decides and back.

    :param place: the region whose body decides; which one that is, the item says
    :raises NotAllowed: if the actor doesn't act for the receiver
    :raises Invalid: if the day is to come, nobody decides the item there, or both bodies stand in one place
    :raises Missing: if there is no such item
    """
    clerk = access.require_body(by, receiver)
    if not standing.is_item(item):
        raise Missing
    if walked_on > timezone.localdate(at):
        raise Invalid("rehearsals.day-to-come", field="walked_on")
    decider = _decider(item, place, timezone.localdate(at))
    if places.body(receiver).region == decider.region:
        raise Invalid("rehearsals.one-place", field="place")
    row = Rehearsal(
        item_id=item,
        receiver_id=receiver,
        decider_id=decider.code,
        walked_on=walked_on,
        words=clean(words, field="words", limit=_LONG, lines=True),
        recorded_by=str(clerk.account),
        recorded_at=at,
    )
    trail.record([_entry("lists.rehearsal.record", row, by, at)], writes.Insert([row]))
    return row


def _decider(item: str, place: str, day: date) -> Office:
    """Return the body that decides the item for a place.

    :raises Invalid: if there is none
    """
    try:
        rule = catalogue.in_force(item, day).rule
        found = places.directory_now().body_for(rule.decided_by, rule.decided_level, place)
    except Missing:
        found = None
    if found is None:
        raise Invalid("route.nobody", field="place")
    return found


@transaction.atomic
def confirm(rehearsal_id: UUID, answer: str, *, by: Actor, at: datetime) -> Rehearsal:
    """Confirm, as the body that decides, that the test case came, was decided and went back: the item is open.

    :raises NotAllowed: if the actor doesn't act for the deciding body
    :raises Refused: if it's confirmed already, or by who recorded it
    """
    row = Rehearsal.objects.select_for_update().filter(pk=rehearsal_id).first()
    if row is None:
        raise Missing
    clerk = access.require_body(by, row.decider_id)
    access.require_other_side(clerk, row)
    if row.confirmed_at:
        raise Refused("rehearsals.confirmed-already")
    row.confirmed_by, row.confirmed_at = str(clerk.account), at
    row.answer = clean(answer, field="answer", limit=_LONG, lines=True)
    fields = ("confirmed_by", "confirmed_at", "answer")
    trail.record([_entry("lists.rehearsal.confirm", row, by, at)], writes.Update([row], fields))
    proof = Proof(
        item_id=row.item_id,
        receiver_id=row.receiver_id,
        decider_id=row.decider_id,
        receiver_region=places.body(row.receiver_id).region,
        decider_region=places.body(row.decider_id).region,
        kind=Passed.REHEARSAL,
        day=row.walked_on,
        rehearsal=row,
    )
    _keep(proof, by, at)
    return row


def _entry(event: str, row: Rehearsal, by: Actor, at: datetime) -> trail.Entry:
    return trail.entry(
        event,
        f"rehearsal:{row.id}",
        actor=str(by),
        at=at,
        item=row.item_id,
        receiver=row.receiver_id,
        decider=row.decider_id,
        walked_on=row.walked_on.isoformat(),
    )

"""The end of an agreement: proposed by one person, signed by another; until its day comes the agreement holds."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tongban.lib import writes
from tongban.lib.actors import Actor, Clerk
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.lib.words import clean
from tongban.lists import access
from tongban.lists.actions.agreements import entry, reviewer
from tongban.lists.models import Agreement, Terms
from tongban.trail import actions as trail

_WANTED = ("wanted_end", "wanted_reason", "wanted_by")


@transaction.atomic
def propose_end(agreement_id: UUID, day: date, reason: str, *, by: Actor, at: datetime) -> Agreement:
    """Propose that an agreement ends: it goes on until somebody else signs the end.

    :raises Refused: if it has ended, or an end is proposed already
    :raises Invalid: if the day is past, or no reason is given
    """
    clerk = access.require_propose(by)
    agreement, terms = _lock(agreement_id)
    if agreement.wanted_end:
        raise Refused("agreements.end-waits", day=agreement.wanted_end)
    if day < timezone.localdate(at):
        raise Invalid("lists.day-past", field="day", day=day)
    agreement.wanted_end, agreement.wanted_by = day, str(clerk.account)
    agreement.wanted_reason = clean(reason, field="reason", limit=500)
    if not agreement.wanted_reason:
        raise Invalid("words.missing", field="reason")
    told = entry("lists.agreement.propose-end", terms, clerk, at, day)
    trail.record([told], writes.Update([agreement], _WANTED))
    return agreement


@transaction.atomic
def drop_end(agreement_id: UUID, *, by: Actor, at: datetime) -> Agreement:
    """Drop a proposed end: the agreement goes on. Whoever proposes or signs may.

    :raises NotAllowed: for others
    :raises Refused: if none is proposed
    """
    clerk = _either(by)
    agreement, terms = _lock(agreement_id)
    day = _wanted(agreement)
    agreement.wanted_end, agreement.wanted_reason, agreement.wanted_by = None, "", ""
    told = entry("lists.agreement.drop-end", terms, clerk, at, day)
    trail.record([told], writes.Update([agreement], _WANTED))
    return agreement


@transaction.atomic
def end(agreement_id: UUID, *, by: Actor, at: datetime) -> Agreement:
    """Sign a proposed end: from its day on the agreement no longer holds; cases under way keep what they know.

    :raises Refused: if none is proposed, its day is past, it has ended, or by the one who proposed it
    """
    clerk = reviewer(by)
    agreement, terms = _lock(agreement_id)
    day = _wanted(agreement)
    if str(clerk.account) == agreement.wanted_by:
        raise Refused("lists.second-person")
    if day < timezone.localdate(at):
        raise Refused("lists.day-past", day=day)
    agreement.ended_on, agreement.end_reason = day, agreement.wanted_reason
    agreement.ended_by = str(clerk.account)
    told = entry("lists.agreement.end", terms, clerk, at, day)
    trail.record([told], writes.Update([agreement], ("ended_on", "end_reason", "ended_by")))
    return agreement


def _either(by: Actor) -> Clerk:
    try:
        return access.require_propose(by)
    except NotAllowed:
        return reviewer(by)


def _wanted(agreement: Agreement) -> date:
    if agreement.wanted_end is None:
        raise Refused("agreements.no-end-proposed")
    return agreement.wanted_end


def _lock(agreement_id: UUID) -> tuple[Agreement, Terms]:
    """Return an agreement that goes on, and its newest terms.

    :raises Missing: if there is none
    :raises Refused: if it has ended
    """
    agreement = Agreement.objects.select_for_update().filter(pk=agreement_id).first()
    terms = agreement.revisions.order_by("-number").first() if agreement else None
    if agreement is None or terms is None:
        raise Missing
    if agreement.ended_on:
        raise Refused("agreements.ended", day=agreement.ended_on)
    return agreement, terms

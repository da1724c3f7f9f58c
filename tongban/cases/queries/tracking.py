"""What an applicant sees without an account: who has the case, since when, until when, and what comes next."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from tongban.cases.models import Act, Case, Delivery, Part
from tongban.cases.queries.standing import days_of
from tongban.cases.rules import clock, reference
from tongban.cases.rules.clock import Deadline, Light
from tongban.cases.rules.lifecycle import FINAL, State
from tongban.catalogue import queries as catalogue
from tongban.lib.personal import found_by
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text
from tongban.papers import queries as papers
from tongban.places import queries as places
from tongban.places.rules import Office


@dataclass(frozen=True, slots=True)
class Line:
    """One step as the applicant reads it: what, by which body, when."""

    verb: str
    body: Text
    at: datetime
    paper: UUID | None


@dataclass(frozen=True, slots=True)
class Tracked:
    """A case as its applicant sees it."""

    case: UUID
    part: UUID
    reference: str
    item: Text
    state: State
    final: bool
    light: Light
    outcome: str
    holder: Office
    offered_to: Text
    decider: Office
    receiver: Office
    since: datetime
    due_on: date | None
    due_kind: str
    provisional: bool
    deadlines: list[Deadline]
    steps: list[Line]
    papers: list[Any]
    delivery: Delivery | None
    contact: Text
    contact_phone: str
    practice: bool


def opened(typed_reference: str, typed_code: str) -> UUID:
    """Return the case that a reference and its query code open.

    :raises Missing: if either is wrong, without saying which
    """
    written = reference.read_reference(typed_reference)
    hashed = found_by("code", reference.read_code(typed_code))
    found = Case.objects.filter(reference=written).only("id", "code").first() if written else None
    if found is None or not hmac.compare_digest(found.code, hashed):
        raise Missing
    key: UUID = found.id
    return key


def proved(case: UUID, typed: str) -> bool:
    """Return whether the last four characters of the applicant's identity number were given."""
    found = Case.objects.only("proof").get(pk=case)
    return hmac.compare_digest(found.proof, found_by("proof", f"{case}{typed.strip().upper()}"))


def track(case_id: UUID, *, at: datetime) -> Tracked:
    """Return the case as its applicant sees it; whoever asks has proved to hold its code.

    :raises Missing: if there is none
    """
    part = Part.objects.select_related("case").filter(case=case_id).first()
    if part is None:
        raise Missing
    rule, directory = catalogue.edition(part.case.revision_id).rule, places.directory_now()
    calendar, today = places.calendar_now(), timezone.localdate(at)
    state = State(part.state)
    acts = Act.objects.filter(case=case_id).order_by("version").only("verb", "body", "at", "paper")
    return Tracked(
        case=case_id,
        part=part.id,
        reference=part.case.reference,
        item=rule.name,
        state=state,
        final=state in FINAL,
        light=clock.light(state, part.due_on, today, calendar),
        outcome=part.outcome,
        holder=directory.body(part.holder_id),
        offered_to=directory.body(part.offered_to_id).name if part.offered_to_id else Text(""),
        decider=directory.body(part.decider_id),
        receiver=directory.body(part.case.body_id),
        since=part.since,
        due_on=part.due_on,
        due_kind=part.due_kind,
        provisional=part.provisional,
        deadlines=clock.deadlines(days_of(part), rule, calendar),
        steps=[_line(act, directory.offices) for act in acts if act.verb not in _INSIDE],
        papers=papers.papers_for_applicant(case_id),
        delivery=Delivery.objects.select_related("window__hall").filter(part=part).first(),
        contact=rule.contact,
        contact_phone=rule.contact_phone,
        practice=part.practice,
    )


_INSIDE = {"copied", "review", "propose", "renew-code", "obstruct", "urge", "answer-urging"}
"""Steps inside the bodies that aren't the applicant's to read."""


def _line(act: Act, offices: Any) -> Line:
    office = offices.get(act.body)
    return Line(act.verb, office.name if office else Text(""), act.at, act.paper)

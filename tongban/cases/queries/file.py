"""The whole file of a part: everything that the window saw and said, and what can be done next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from tongban.cases import access
from tongban.cases.models import (
    Act,
    Case,
    Copying,
    Delivery,
    Enclosure,
    Obstacle,
    Page,
    Part,
    Transfer,
    Urging,
)
from tongban.cases.queries.standing import days_of, standing
from tongban.cases.queries.watch import urgings_of
from tongban.cases.rules import clock, custody, enclosures, lifecycle
from tongban.cases.rules.applicant import Party
from tongban.cases.rules.clock import Deadline, Light
from tongban.cases.rules.enclosures import Defect, How, Trust
from tongban.cases.rules.lifecycle import Standing, State, Step
from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Edition
from tongban.catalogue.rules import Material
from tongban.lib import reads
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Missing, NotAllowed, Refused
from tongban.lib.texts import Text
from tongban.papers import queries as papers
from tongban.places import queries as places
from tongban.places.rules import Directory, Office


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What was done about one material, with the hashes of its pages in order."""

    material: Material
    how: How
    trust: Trust
    who: str
    at: datetime
    revision: str
    reason: str
    pages: tuple[str, ...]
    round: int


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the case's history."""

    verb: str
    who: str
    body: Text
    at: datetime
    state: str
    words: Mapping[str, Any]
    paper: UUID | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The open offer of custody."""

    giver: Text
    taker: Text
    at: datetime
    reminded_on: date | None
    escalated_on: date | None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that a case's page shows; `steps` and `moves` are those that this clerk can take now.

    :param watching: whether the clerk only watches over it, as a supervisor: they see how it goes, not who it is
    """

    part: Part
    case: Case
    edition: Edition
    state: State
    light: Light
    today: date
    applicant: Party
    agent: Party | None
    form: list[tuple[Text, str]]
    situations: list[tuple[Text, Text]]
    enclosed: list[Enclosed]
    lacking: list[Defect]
    deadlines: list[Deadline]
    history: list[Happened]
    papers: list[Any]
    transfers: list[Transfer]
    offer: Waiting | None
    standing: Standing
    steps: list[Step]
    moves: list[custody.Move]
    copy: list[tuple[Text, str]]
    copied: Copying | None
    delivery: Delivery | None
    obstacles: list[Obstacle]
    urgings: list[Urging]
    watching: bool
    receiver: Office
    holder: Office
    decider: Office


_WHOLE = (
    f"SELECT {reads.columns(Part, 'p')}, {reads.columns(Case, 'c')},"  # noqa: S608  # names of columns
    f" {places.calendar_version_sql}, {places.directory_version_sql}"
    " FROM cases_part p JOIN cases_case c ON c.id = p.case_id WHERE p.id = %s"
)


def load(part_id: UUID, by: Clerk, *, at: datetime) -> CaseFile:
    """Return the file.

    :raises Missing: if there is none that the clerk may see
    """
    found = next(reads.rows(_WHOLE, [part_id], Part, Case), None)
    if found is None:
        raise Missing
    part, case, days, version = found
    part.case = case
    access.require_sight(by, part, case)
    edition, directory = catalogue.edition(case.revision_id), places.directory(version)
    calendar, today = places.calendar(days), timezone.localdate(at)
    here = standing(part, edition.rule, directory, today)
    acts = list(Act.objects.filter(case=case).order_by("version"))
    rows = list(Enclosure.objects.filter(case=case).order_by("round", "id"))
    names = places.who({act.by for act in acts} | {row.post for row in rows})
    transfers = list(Transfer.objects.filter(part=part).order_by("id"))
    enclosed = _enclosed(rows, edition, names)
    applicant = Party.of(case.applicant)
    assert applicant
    return CaseFile(
        part=part,
        case=case,
        edition=edition,
        state=State(part.state),
        light=clock.light(State(part.state), part.due_on, today, calendar),
        today=today,
        applicant=applicant,
        agent=Party.of(case.agent),
        form=_form(case, edition),
        situations=_situations(case, edition),
        enclosed=enclosed,
        lacking=_lacking(case, edition, enclosed),
        deadlines=clock.deadlines(days_of(part), edition.rule, calendar),
        history=[_happened(act, names, directory) for act in acts],
        papers=papers.papers_of(case.id),
        transfers=transfers,
        offer=_waiting(transfers, directory),
        standing=here,
        steps=_open_steps(part, case, here, by),
        moves=_moves(part, by),
        copy=_copy(case, edition, applicant),
        copied=Copying.objects.filter(part=part).first(),
        delivery=Delivery.objects.select_related("window__hall").filter(part=part).first(),
        obstacles=list(Obstacle.objects.select_related("owner").filter(case=case).order_by("id")),
        urgings=urgings_of(case.id),
        watching=not access.concerned(by, part, case),
        receiver=directory.body(case.body_id),
        holder=directory.body(part.holder_id),
        decider=directory.body(part.decider_id),
    )


def _moves(part: Part, by: Clerk) -> list[custody.Move]:
    """Return what this clerk can do with custody: nothing any more once the part is at its end."""
    if State(part.state) in lifecycle.FINAL:
        return []
    return custody.open_moves(custody.Custody(part.holder_id, part.offered_to_id or ""), _sides(by, part))


def _sides(by: Clerk, part: Part) -> frozenset[str]:
    """Return the bodies for which the clerk can move custody: while practising, both sides."""
    both = frozenset(filter(None, (part.holder_id, part.offered_to_id)))
    return both if by.practice else by.bodies


def _open_steps(part: Part, case: Case, here: Standing, by: Clerk) -> list[Step]:
    """Return the steps that this clerk can take now: the buttons of the page."""
    return [step for step in lifecycle.open_steps(here) if _allowed(by, step, part, case, here.held)]


def _allowed(by: Clerk, step: Step, part: Part, case: Case, held: bool) -> bool:
    try:
        access.require_step(by, step, part, case, held=held)
    except (NotAllowed, Refused):
        return False
    return True


def _enclosed(rows: list[Enclosure], edition: Edition, names: Mapping[str, str]) -> list[Enclosed]:
    pages: dict[UUID, list[str]] = {}
    for page in Page.objects.filter(enclosure__in=[row.id for row in rows]).order_by("position"):
        pages.setdefault(page.enclosure_id, []).append(page.file_id)
    found = []
    for row in rows:
        material = edition.rule.material(row.material)
        if material:
            found.append(
                Enclosed(
                    material=material,
                    how=How(row.how),
                    trust=Trust(row.trust),
                    who=names.get(row.post, ""),
                    at=row.at,
                    revision=row.revision,
                    reason=(row.reason or {}).get("text", ""),
                    pages=tuple(pages.get(row.id, ())),
                    round=row.round,
                )
            )
    return found


def _lacking(case: Case, edition: Edition, enclosed: list[Enclosed]) -> list[Defect]:
    """Return what the file lacks by the rule, the last round of each material counting."""
    last = {
        each.material.code: enclosures.Enclosed(each.material.code, each.how, each.pages, each.reason)
        for each in enclosed
    }
    return enclosures.defects(edition.rule, case.answers, last)


def _form(case: Case, edition: Edition) -> list[tuple[Text, str]]:
    kept = case.form or {}
    return [(field.label, _shown(field.options, kept.get(field.code, ""))) for field in edition.rule.fields]


def _shown(options: tuple[Any, ...], value: str) -> str:
    return next((str(option.label) for option in options if option.code == value), value)


def _situations(case: Case, edition: Edition) -> list[tuple[Text, Text]]:
    found = []
    for situation in edition.rule.situations:
        chosen = case.answers.get(situation.code)
        label = next((answer.label for answer in situation.answers if answer.code == chosen), Text(""))
        found.append((situation.ask, label))
    return found


def _happened(act: Act, names: Mapping[str, str], directory: Directory) -> Happened:
    office = directory.offices.get(act.body)
    return Happened(
        verb=act.verb,
        who=names.get(act.by, ""),
        body=office.name if office else Text(""),
        at=act.at,
        state=act.state,
        words=act.words or {},
        paper=act.paper,
    )


def _waiting(transfers: list[Transfer], directory: Directory) -> Waiting | None:
    found = next((row for row in transfers if row.state == custody.Offer.OPEN), None)
    if found is None:
        return None
    return Waiting(
        giver=directory.body(found.giver_id).name,
        taker=directory.body(found.taker_id).name,
        at=found.offered_at,
        reminded_on=found.reminded_on,
        escalated_on=found.escalated_on,
    )


def _copy(case: Case, edition: Edition, applicant: Party) -> list[tuple[Text, str]]:
    """Return the copy sheet: the other system's fields in its order, with what goes into each."""
    sheet = edition.rule.copy_sheet
    if sheet is None:
        return []
    values = {
        "applicant.name": applicant.name,
        "applicant.id_number": applicant.number,
        "applicant.phone": applicant.phone,
        "applicant.address": applicant.address,
        "case.reference": case.reference,
        "case.received_on": timezone.localdate(case.received_at).isoformat(),
    }
    values |= {f"field:{code}": value for code, value in (case.form or {}).items()}
    return [(field.label, values.get(field.source, "")) for field in sheet.fields]

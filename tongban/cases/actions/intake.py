"""Receiving (收件): a draft that is saved at every step, and the case that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from tongban.cases import access
from tongban.cases.actions import _moves, _pages, _papers
from tongban.cases.models import Case, Draft, Enclosure, Page, Part
from tongban.cases.rules import enclosures, intake, reference
from tongban.cases.rules.intake import Application
from tongban.cases.rules.lifecycle import State
from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Edition
from tongban.lib import reads, writes
from tongban.lib.actors import Clerk
from tongban.lib.ids import new_id
from tongban.lib.personal import found_by
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.lib.workdays import Calendar
from tongban.places import queries as places
from tongban.places.rules import Directory
from tongban.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Received:
    """A case as it was received, with the query code in clear: it's stored hashed and can't be read again."""

    case: UUID
    reference: str
    code: str


def start(edition: Edition, *, by: Clerk, at: datetime, data: Mapping[str, Any] | None = None) -> Draft:
    """Return a new draft under the revision in force, practice if the clerk practises.

    :raises Invalid: if it names a file that the clerk didn't hand in
    :raises Refused: if the item is suspended; says why and until when
    """
    catalogue.require_open(edition.item, timezone.localdate(at))
    _pages.require_handed_in(_pages.pages_of(data or {}), edition.rule, by=by)
    return Draft.objects.create(
        post_id=by.post,
        revision_id=edition.key,
        practice=by.practice,
        data=dict(data or {}),
        started_at=at,
        saved_at=at,
    )


@transaction.atomic
def save(
    draft_id: UUID, data: Mapping[str, Any], *, by: Clerk, at: datetime, seen: int | None = None
) -> Draft:
    """Return the draft with what was typed put into it: the keys given are replaced, the others stay.

    :raises Missing: if it isn't the clerk's own
    :raises Invalid: if it names a file that the clerk didn't hand in
    :raises Refused: if it became a case, or was saved from elsewhere since it was seen
    """
    draft = _locked(draft_id, by)
    if draft.received_at:
        raise Refused("draft.received", case=str(draft.id))
    _require_seen(draft, seen)
    rule, kept = catalogue.edition(draft.revision_id).rule, _pages.pages_of(draft.data or {})
    _pages.require_handed_in(
        _pages.pages_of(data), rule, by=by, known={sha for pages in kept.values() for sha in pages}
    )
    draft.data = {**(draft.data or {}), **data}
    draft.version += 1
    draft.saved_at = at
    writes.run(writes.Update([draft], ("data", "version", "saved_at")))
    return draft


def _locked(draft_id: UUID, by: Clerk) -> Draft:
    draft = reads.by_key(Draft, draft_id, lock=True)
    if draft is None:
        raise Missing
    access.require_own(by, draft)
    return draft


def _require_seen(draft: Draft, seen: int | None) -> None:
    if seen is not None and seen != draft.version:
        raise Refused("draft.saved-elsewhere", at=draft.saved_at)


@transaction.atomic
def discard(draft_id: UUID, *, by: Clerk) -> None:
    """Throw the draft away, with all that it holds about a person.

    :raises Missing: if it isn't the clerk's own, or became a case
    """
    draft = Draft.objects.select_for_update().filter(pk=draft_id, received_at__isnull=True).first()
    if draft is None:
        raise Missing
    access.require_own(by, draft)
    draft.delete()


@transaction.atomic
def receive(draft_id: UUID, *, by: Clerk, at: datetime, seen: int | None = None) -> Received:
    """Turn the draft into a case, with its receipt (收件凭证), and offer it to the place that decides.

    Pressed twice, it's received once; the second answer brings a new query code, since the first was never seen.

    :param seen: the version that the clerk had before them: nothing else is received; None where that doesn't matter
    :raises Invalid: names the field that is missing or wrong
    :raises Refused: if no body decides this item for the place given, it's suspended, or the draft was saved elsewhere
    """
    found = next(reads.rows(_TO_RECEIVE, [draft_id], Draft), None)
    if found is None:
        raise Missing
    draft, calendar, version, stops = found
    access.require_own(by, draft)
    if draft.received_at:
        return renew_code(draft.id, by=by, at=at)
    _require_seen(draft, seen)
    edition = catalogue.edition(draft.revision_id)
    if stops:
        catalogue.require_open(edition.item, timezone.localdate(at))
    application = intake.read(draft.data, edition.rule)
    directory = places.directory(version)
    decider = directory.body_for(edition.rule.decided_by, edition.rule.decided_level, application.place)
    if decider is None:
        raise Refused("route.nobody", place=application.place)
    draft.received_at, draft.data = at, None
    return file(
        application,
        edition=edition,
        decider=decider.code,
        calendar=places.calendar(calendar),
        directory=directory,
        by=by,
        at=at,
        key=draft.id,
        also=(writes.Update([draft], ("received_at", "data")),),
    )


_TO_RECEIVE = (
    f"SELECT {reads.columns(Draft, 'd')}, {places.calendar_version_sql}, {places.directory_version_sql},"  # noqa: S608
    f" {catalogue.stopped_sql('d.revision_id')} FROM cases_draft d WHERE d.id = %s FOR UPDATE"
)


def file(
    application: Application,
    *,
    edition: Edition,
    decider: str,
    calendar: Calendar,
    directory: Directory,
    by: Clerk,
    at: datetime,
    key: UUID | None = None,
    also: tuple[writes.Write, ...] = (),
) -> Received:
    """Write a case, its part, its materials, its receipt and the offer to the deciding body, in one statement.

    A file that lacks something stays with the receiving body until the one notice was given.
    """
    code = reference.new_code()
    case = _case(application, edition, decider, code, by=by, at=at, key=key or new_id())
    part = _part(case, decider)
    move = _moves.Move(part, case, calendar, directory, by, at)
    add_enclosures(move, application.enclosed, edition)
    lacking = enclosures.defects(
        edition.rule, application.answers, {e.material: e for e in application.enclosed}
    )
    if part.holder_id != decider and not lacking:
        _moves.offer(move, decider)
    if part.holder_id == decider:
        part.taken_over_on = move.today
    _moves.set_due(part, edition.rule, calendar)
    receipt = _papers.receipt(move, edition, application, lacking)
    move.rows.append(receipt)
    _moves.note(
        move,
        "receive",
        "case.receive",
        paper=str(receipt.pk),
        item=edition.item,
        revision=edition.key,
        reference=case.reference,
        decider=decider,
        body=case.body_id,
        lacking=len(lacking),
    )
    rows: dict[type[models.Model], list[models.Model]] = {Case: [case], Part: [part]}
    for row in move.rows:
        rows.setdefault(type(row), []).append(row)
    inserts = [writes.Insert(each) for each in rows.values()]
    trail.record([] if case.practice else move.entries, *also, *inserts)
    return Received(case.id, case.reference, code)


def _case(
    application: Application, edition: Edition, decider: str, code: str, *, by: Clerk, at: datetime, key: UUID
) -> Case:
    applicant, agent, wish = application.applicant, application.agent, application.wish
    return Case(
        id=key,
        reference=reference.new_reference(by.region, timezone.localdate(at)),
        revision_id=edition.key,
        body_id=by.body,
        window_id=by.window or None,
        post_id=by.post,
        received_at=at,
        practice=by.practice,
        prefecture=decider[:4] + "00",
        applicant=applicant.as_json(),
        agent=agent.as_json() if agent else None,
        form=dict(application.fields),
        answers=dict(application.answers),
        subject=application.subject,
        found_by=found_by("number", applicant.number),
        code=found_by("code", code),
        proof=found_by("proof", f"{key}{applicant.number[-4:]}"),
        delivery={"way": wish.way, "address": wish.address, "window": wish.window},
    )


def _part(case: Case, decider: str) -> Part:
    return Part(
        case_id=case.id,
        decider_id=decider,
        holder_id=case.body_id,
        prefecture=case.prefecture,
        practice=case.practice,
        state=str(State.RECEIVED),
        version=0,
        received_on=timezone.localdate(case.received_at),
    )


def add_enclosures(
    move: _moves.Move, enclosed: tuple[enclosures.Enclosed, ...], edition: Edition, turn: int = 1
) -> None:
    """Add what was done about each material to what the move writes.

    :raises Invalid: if a material isn't asked for, or a page isn't of a file that the actor handed in
    """
    _pages.require_handed_in({each.material: each.pages for each in enclosed}, edition.rule, by=move.by)
    for each in enclosed:
        material = edition.rule.material(each.material)
        if material is None:
            raise Invalid("draft.material-unknown", field=f"enclosed.{each.material}")
        row = Enclosure(
            case_id=move.case.id,
            material=each.material,
            how=str(each.how),
            trust=str(enclosures.trust(each, material)),
            post=str(move.by),
            at=move.at,
            revision=edition.key,
            reason={"text": each.reason} if each.reason else None,
            round=turn,
        )
        move.rows.append(row)
        move.rows += [
            Page(enclosure_id=row.id, position=number, file_id=sha)
            for number, sha in enumerate(each.pages, start=1)
        ]


@transaction.atomic
def renew_code(case_id: UUID, *, by: Clerk, at: datetime) -> Received:
    """Give the case a new query code; the old one opens nothing any more.

    :raises Missing: if the clerk's body didn't receive the case
    """
    part = Part.objects.filter(case=case_id).first()
    if part is None:
        raise Missing
    # Part before case, like every step: the other way round two of them would wait for each other.
    (move,) = _moves.lock([part.id], by=by, at=at)
    case = move.case
    if case.body_id not in by.bodies:
        raise Missing
    code = reference.new_code()
    case.code = found_by("code", code)
    _moves.note(move, "renew-code", "case.code.renew")
    _moves.write([move], writes.Update([case], ("code",)))
    return Received(case.id, case.reference, code)

"""Slips: paper for what goes on between bodies, and for who leaves with nothing done."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tongban.cases.actions import _moves
from tongban.cases.actions._contents import common
from tongban.cases.actions._moves import Move
from tongban.cases.actions._papers import line
from tongban.cases.models import Enclosure, Obstacle, Page, Transfer
from tongban.cases.rules.custody import Offer
from tongban.lib import writes
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Missing, NotAllowed, Refused
from tongban.papers import actions as papers
from tongban.papers import rules as forms
from tongban.papers.rules.phrases import phrase
from tongban.places import queries as places
from tongban.places.rules import Directory
from tongban.trail import actions as trail


@transaction.atomic
def custody_slip(transfer: UUID, *, by: Clerk, at: datetime) -> UUID:
    """Return the 移交签收单 of a transfer: made when it's first asked for, so that taking over costs nothing for it.

    :raises Missing: if there is no such transfer that the clerk may know of
    :raises NotAllowed: if it's neither theirs who gave nor theirs who took
    :raises Refused: if nobody has taken over yet
    """
    part = Transfer.objects.filter(pk=transfer).values_list("part", flat=True).first()
    if part is None:
        raise Missing
    (move,) = _moves.lock([part], by=by, at=at)
    row = Transfer.objects.get(pk=transfer)
    if not move.case.practice and not by.bodies & {row.giver_id, row.taker_id}:
        raise NotAllowed
    if row.state != Offer.TAKEN:
        raise Refused("slip.not-taken")
    return row.slip or _issue_custody_slip(move, row, by, at)


def _issue_custody_slip(move: Move, row: Transfer, by: Clerk, at: datetime) -> UUID:
    paper = _numbered(
        _custody(move, row),
        row.taker_id,
        move.directory,
        subject=move.case.id,
        part=move.part.id,
        by=by,
        at=at,
        practice=move.case.practice,
    )
    row.slip = paper.id
    entry = trail.entry(
        "case.custody.slip",
        f"part:{move.part.id}",
        actor=str(by),
        at=at,
        case=move.case.id,
        giver=row.giver_id,
        taker=row.taker_id,
        paper=str(paper.id),
    )
    entries = [] if move.case.practice else [entry]
    trail.record(entries, writes.Insert([paper]), writes.Update([row], ("slip",)))
    return UUID(str(paper.id))


def _custody(move: Move, row: Transfer) -> forms.Content:
    assert row.answered_at
    people = places.who({row.offered_by, row.answered_by})
    giver, taker = move.directory.body(row.giver_id), move.directory.body(row.taker_id)
    said = {**common(move), "body": taker.name.zh, "handler": "", "phone": taker.phone, "basis": ()}
    return forms.CustodySlip(
        **said,
        giver=giver.name.zh,
        giver_person=people.get(row.offered_by, ""),
        given_at=_moment(row.offered_at),
        taker=taker.name.zh,
        taker_person=people.get(row.answered_by, ""),
        taken_at=_moment(row.answered_at),
        by_way_of=phrase("by-way-of"),
        materials=_materials(move, row.answered_at),
    )


def _materials(move: Move, until: datetime) -> tuple[forms.Material, ...]:
    """Return what lay in the file when it was taken over, the last that was brought of each material."""
    rows = Enclosure.objects.filter(case=move.case, at__lte=until).order_by("round", "id")
    last = {row.material: row for row in rows}
    pages: dict[UUID, int] = {}
    for enclosure in Page.objects.filter(enclosure__in=list(last.values())).values_list(
        "enclosure", flat=True
    ):
        pages[enclosure] = pages.get(enclosure, 0) + 1
    return tuple(
        line(material, row.how, pages.get(row.id, 0))
        for row in last.values()
        if row.how != "missing" and (material := move.rule.material(row.material))
    )


def obstacle_slip(row: Obstacle, move: Move | None, item: str, *, by: Clerk, at: datetime) -> Any:
    """Return the 办不成事登记回执 of what was just recorded, not yet saved; whoever came takes it along.

    :param move: the case that it's about, if there is one
    :param item: the name of the item, where there is no case yet
    """
    directory = move.directory if move else places.directory_now()
    owner, window = directory.body(row.owner_id), directory.counters.get(by.window)
    here = directory.body(by.body).name.zh
    known = common(move) if move else {"applicant": "", "item": item, "item_code": row.item}
    content = forms.Obstacle(
        **{**known, "body": here, "handler": by.name, "phone": directory.body(by.body).phone, "basis": ()},
        reported_on=timezone.localdate(at),
        hall=phrase("hall", hall=window.hall.zh, number=window.number) if window else here,
        problem=row.words["text"],
        cause=phrase(f"cause.{row.cause}"),
        owner=owner.name.zh,
        owner_phone=owner.phone,
        answer_by=row.due_on,
        answer_provisional=row.provisional,
    )
    return _numbered(
        content,
        by.body,
        directory,
        subject=move.case.id if move else row.id,
        part=move.part.id if move else None,
        by=by,
        at=at,
        practice=row.practice,
    )


def _numbered(
    content: forms.Content,
    body: str,
    directory: Directory,
    *,
    subject: UUID,
    part: UUID | None,
    by: Clerk,
    at: datetime,
    practice: bool,
) -> Any:
    on = timezone.localdate(at)
    serial = papers.number(body, content.kind, on.year, practice=practice)
    name = directory.body(body).name.zh
    return papers.paper(
        content,
        body=body,
        number=forms.number_text(name, content.kind, on.year, serial, practice=practice),
        subject=subject,
        part=part,
        issued_on=on,
        issued_by=str(by),
        practice=practice,
    )


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{forms.day_text(local.date())} {phrase('when', at=local)}"

"""Urging (督办): a supervisor asks the body that is late for an answer by a day, and the body answers in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tongban.cases import access
from tongban.cases.actions import _moves
from tongban.cases.actions.acceptance import words
from tongban.cases.models import Obstacle, Urging
from tongban.lib import writes
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.places import queries as places
from tongban.trail import actions as trail

DAYS = 2
"""Working days that are proposed for an answer; our own choice, as no law sets one."""

LONGEST = timedelta(days=30)


def proposed(at: datetime) -> date:
    """Return the day that is proposed for an answer."""
    today = timezone.localdate(at)
    return places.calendar_now().after(today, DAYS).day or today + timedelta(days=DAYS)


@transaction.atomic
def urge(part: UUID, body: str, text: str, answer_by: date, *, by: Clerk, at: datetime) -> Urging:
    """Urge a body that holds, decides or has been offered the part.

    :raises Missing: if the part isn't in the supervisor's sight
    :raises NotAllowed: if the body isn't one that they supervise
    :raises Invalid: if nothing is said, the day is past or too far, or the body has nothing to do with the part
    :raises Refused: if the body was urged already and hasn't answered
    """
    (move,) = _moves.lock([part], by=by, at=at, watching=True)
    if body not in {move.part.holder_id, move.part.decider_id, move.part.offered_to_id}:
        raise Invalid("urging.body", field="body")
    if Urging.objects.filter(part=part, body=body, answered_at__isnull=True).exists():
        raise Refused("urging.open")
    row = _urging(body, text, answer_by, by=by, at=at)
    row.case_id, row.part_id = move.case.id, move.part.id
    move.rows.append(row)
    said = {
        "urge": row.words["text"],
        "to": move.directory.body(body).name.zh,
        "answer_by": answer_by.isoformat(),
    }
    _moves.note(move, "urge", "case.urging.record", words=said, **_facts(row))
    _moves.write([move])
    return row


@transaction.atomic
def urge_about(obstacle: UUID, text: str, answer_by: date, *, by: Clerk, at: datetime) -> Urging:
    """Urge the body that has to answer what could not be done; its answer to that answers the urging too.

    :raises Missing: if it isn't in the supervisor's sight
    :raises NotAllowed: if they don't supervise its owner
    :raises Invalid: if nothing is said, or the day is past or too far
    :raises Refused: if it was answered, or the body was urged already
    """
    about = Obstacle.objects.select_for_update().filter(pk=obstacle, practice=False).first()
    if about is None or not by.watches & {about.owner_id, about.body_id}:
        raise Missing
    if about.answered_at:
        raise Refused("obstacle.answered")
    if Urging.objects.filter(obstacle=obstacle, answered_at__isnull=True).exists():
        raise Refused("urging.open")
    row = _urging(about.owner_id, text, answer_by, by=by, at=at)
    row.case_id, row.obstacle_id = about.case_id, about.id
    entry = trail.entry(
        "case.urging.record", f"obstacle:{about.id}", actor=str(by), at=at, case=about.case_id, **_facts(row)
    )
    trail.record([entry], writes.Insert([row]))
    return row


def _urging(body: str, text: str, answer_by: date, *, by: Clerk, at: datetime) -> Urging:
    access.require_urging(by, body)
    said, today = words(text, "text"), timezone.localdate(at)
    if not today <= answer_by <= today + LONGEST:
        raise Invalid("urging.day", field="answer_by")
    return Urging(body_id=body, words={"text": said}, by=str(by), by_body_id=by.body, at=at, due_on=answer_by)


def _facts(row: Urging) -> dict[str, str]:
    return {"urging": str(row.id), "body": row.body_id, "answer_by": row.due_on.isoformat()}


@transaction.atomic
def answer_urging(urging: UUID, text: str, *, by: Clerk, at: datetime) -> Urging:
    """Answer what one's body was urged to do about a case.

    :raises Missing: if the actor's bodies have nothing to do with it
    :raises NotAllowed: if another body was urged
    :raises Refused: if it was answered already
    """
    part = Urging.objects.filter(pk=urging, part__isnull=False).values_list("part", flat=True).first()
    if part is None:
        raise Missing
    # Whatever is urged about a part is written under its lock.
    (move,) = _moves.lock([part], by=by, at=at, watching=True)
    row = Urging.objects.get(pk=urging)
    if row.body_id not in by.bodies or by.practice:
        raise NotAllowed
    if row.answered_at:
        raise Refused("urging.answered")
    settle(row, {"text": words(text, "text")}, by=by, at=at)
    move.updates.append(writes.Update([row], ANSWER))
    _moves.note(
        move, "answer-urging", "case.urging.answer", words={"answer": row.answer["text"]}, urging=str(row.id)
    )
    _moves.write([move])
    return row


ANSWER = ("answer", "answered_by", "answered_at")


def settle(row: Urging, said: dict[str, str], *, by: Clerk, at: datetime) -> Urging:
    """Return the urging as answered; the caller writes it."""
    row.answer, row.answered_by, row.answered_at = said, str(by), at
    return row

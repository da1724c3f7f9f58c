"""What happens beside the lifecycle: the second system, and what could not be done."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from tongban.cases.actions import _moves, slips, urging
from tongban.cases.actions.acceptance import words
from tongban.cases.models import Copying, Obstacle, Urging
from tongban.catalogue import queries as catalogue
from tongban.lib import writes
from tongban.lib.actors import Clerk
from tongban.lib.ids import new_id
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.lib.words import clean
from tongban.lists.actions import demand
from tongban.places import queries as places
from tongban.trail import actions as trail

CAUSES = (
    "no-rule",
    "system-down",
    "rule-conflict",
    "other-place",
    "paper-impossible",
    "refused-elsewhere",
    "other",
)
ANSWER_DAYS = 5
"""Working days for an answer to what could not be done; the 12345 practice of 安阳 and 济南, not a national law."""


@transaction.atomic
def copied(part: UUID, number: str, *, by: Clerk, at: datetime, seen: int | None = None) -> Copying:
    """Note under which number the case was typed into the department's own system once more (二次录入).

    :raises Refused: if the item has no second system, or the case was copied already
    """
    (move,) = _moves.lock([part], by=by, at=at, seen=seen)
    sheet = move.rule.copy_sheet
    if sheet is None:
        raise Refused("copying.no-system")
    if not move.case.practice and not by.bodies & {move.part.decider_id, move.part.holder_id}:
        raise NotAllowed
    if Copying.objects.filter(part=part, system=sheet.system.zh).exists():
        raise Refused("copying.done-already")
    said = clean(number, field="number", limit=80)
    if not said:
        raise Invalid("words.missing", field="number")
    row = Copying(
        part_id=part, system=sheet.system.zh, number=said, by=str(by), at=at, practice=move.case.practice
    )
    move.rows.append(row)
    _moves.note(move, "copied", "case.copied", words={"number": said})
    _moves.write([move])
    return row


def obstruct(
    cause: str,
    text: str,
    *,
    by: Clerk,
    at: datetime,
    part: UUID | None = None,
    item: str = "",
    owner: str = "",
    key: UUID | None = None,
) -> Obstacle:
    """Record something that could not be done: its cause, who owns it, by when an answer is due; and issue its slip.

    :param part: the case that it's about; None where it couldn't even be received
    :param owner: the body that has to answer; the deciding body of the case, else the clerk's own
    :param key: of the page that it was written on: sent twice, it's recorded once
    :raises Invalid: if the cause is unknown or nothing is said
    """
    try:
        return _obstruct(cause, text, by=by, at=at, part=part, item=item, owner=owner, key=key or new_id())
    except IntegrityError:
        before = Obstacle.objects.filter(pk=key, by=str(by)).first() if key else None
        if before is None:
            raise
        return before


@transaction.atomic
def _obstruct(
    cause: str, text: str, *, by: Clerk, at: datetime, part: UUID | None, item: str, owner: str, key: UUID
) -> Obstacle:
    if cause not in CAUSES:
        raise Invalid("obstacle.cause", field="cause")
    said = words(text, "text")
    moves = _moves.lock([part], by=by, at=at) if part else []
    owning = owner or (moves[0].part.decider_id if moves else by.body)
    due = places.calendar_now().after(timezone.localdate(at), ANSWER_DAYS)
    assert due.day
    row = Obstacle(
        id=key,
        case_id=moves[0].case.id if moves else None,
        item=item,
        cause=cause,
        words={"text": said},
        body_id=by.body,
        owner_id=places.body(owning).code,
        by=str(by),
        at=at,
        due_on=due.day,
        provisional=due.provisional,
        practice=by.practice,
    )
    slip = slips.obstacle_slip(row, moves[0] if moves else None, _item_name(item), by=by, at=at)
    row.slip = slip.id
    _record_obstacle(moves, row, slip, by=by, at=at)
    if not row.practice:
        wanted = item or (moves[0].rule.code if moves else "")
        demand.turned_away(wanted, region=by.region, day=timezone.localdate(at))
    return row


def _item_name(item: str) -> str:
    name = catalogue.item_names({item}).get(item) if item else None
    return name.zh if name else ""


def _record_obstacle(moves: list[_moves.Move], row: Obstacle, slip: Any, *, by: Clerk, at: datetime) -> None:
    facts: dict[str, Any] = {"cause": row.cause, "owner": row.owner_id, "obstacle": str(row.id)}
    facts["paper"] = str(slip.id)
    if moves:
        moves[0].rows += [row, slip]
        _moves.note(moves[0], "obstruct", "case.obstacle.record", words=row.words, **facts)
        _moves.write(moves)
        return
    entry = trail.entry("case.obstacle.record", f"obstacle:{row.id}", actor=str(by), at=at, **facts)
    trail.record([] if row.practice else [entry], writes.Insert([row]), writes.Insert([slip]))


@transaction.atomic
def answer(obstacle: UUID, text: str, *, by: Clerk, at: datetime) -> Obstacle:
    """Answer what could not be done, and with it what a supervisor urged about it.

    :raises Missing: if the actor's bodies have nothing to do with it
    :raises NotAllowed: if it's another body's to answer
    :raises Refused: if it was answered already
    """
    row = Obstacle.objects.select_for_update().filter(pk=obstacle).first()
    if row is None or row.practice != by.practice or not by.bodies & {row.owner_id, row.body_id}:
        raise Missing
    if row.owner_id not in by.bodies:
        raise NotAllowed
    if row.answered_at:
        raise Refused("obstacle.answered")
    row.answer = {"text": words(text, "text")}
    row.answered_by, row.answered_at = str(by), at
    entry = trail.entry(
        "case.obstacle.answer",
        f"obstacle:{row.id}",
        actor=str(by),
        at=at,
        case=row.case_id,
        obstacle=str(row.id),
    )
    urged = Urging.objects.select_for_update().filter(obstacle=obstacle, answered_at__isnull=True)
    settled = writes.Update([urging.settle(each, row.answer, by=by, at=at) for each in urged], urging.ANSWER)
    trail.record([] if row.practice else [entry], writes.Update([row], urging.ANSWER), settled)
    return row

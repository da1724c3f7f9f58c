"""What happens beside the lifecycle: the second system, what could not be done, the applicant's attempts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from tongban.cases.actions import _moves
from tongban.cases.actions.acceptance import words
from tongban.cases.models import Attempt, Copying, Obstacle
from tongban.lib import writes
from tongban.lib.actors import Clerk
from tongban.lib.personal import found_by
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

TRIES, WINDOW = 10, timedelta(minutes=15)


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


@transaction.atomic
def obstruct(
    cause: str,
    text: str,
    *,
    by: Clerk,
    at: datetime,
    part: UUID | None = None,
    item: str = "",
    owner: str = "",
) -> Obstacle:
    """Record something that could not be done: its cause, who owns it, and by when an answer is due.

    :param part: the case that it's about; None where it couldn't even be received
    :param owner: the body that has to answer; the deciding body of the case, else the clerk's own
    :raises Invalid: if the cause is unknown or nothing is said
    """
    if cause not in CAUSES:
        raise Invalid("obstacle.cause", field="cause")
    said = words(text, "text")
    moves = _moves.lock([part], by=by, at=at) if part else []
    owning = owner or (moves[0].part.decider_id if moves else by.body)
    due = places.calendar_now().after(timezone.localdate(at), ANSWER_DAYS)
    assert due.day
    row = Obstacle(
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
    _record_obstacle(moves, row, by=by, at=at)
    if not row.practice:
        wanted = item or (moves[0].rule.code if moves else "")
        demand.turned_away(wanted, region=by.region, day=timezone.localdate(at))
    return row


def _record_obstacle(moves: list[_moves.Move], row: Obstacle, *, by: Clerk, at: datetime) -> None:
    facts: dict[str, Any] = {"cause": row.cause, "owner": row.owner_id, "obstacle": str(row.id)}
    if moves:
        moves[0].rows.append(row)
        _moves.note(moves[0], "obstruct", "case.obstacle.record", words=row.words, **facts)
        _moves.write(moves)
        return
    entry = trail.entry("case.obstacle.record", f"obstacle:{row.id}", actor=str(by), at=at, **facts)
    trail.record([] if row.practice else [entry], writes.Insert([row]))


@transaction.atomic
def answer(obstacle: UUID, text: str, *, by: Clerk, at: datetime) -> Obstacle:
    """Answer what could not be done.

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
    fields = ("answer", "answered_by", "answered_at")
    trail.record([] if row.practice else [entry], writes.Update([row], fields))
    return row


def attempt(*keys: str, at: datetime) -> None:
    """Count a wrong code against each key, and refuse once there were too many.

    Kept outside the caller's fate: each count is one statement of its own.

    :raises Refused: after ten attempts in a quarter of an hour; says when it's open again
    """
    worst = max(_count(key, at) for key in keys)
    if worst[0] > TRIES:
        raise Refused("query.too-often", until=worst[1])


def require_patience(*keys: str, at: datetime) -> None:
    """Let nobody look who has tried too often, whether or not the code is right this time.

    :raises Refused: says when it's open again
    """
    hashed = [_hash(key) for key in keys]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(until) FROM cases_attempt WHERE key = ANY(%s) AND until > %s AND count >= %s",
            [hashed, at, TRIES],
        )
        (until,) = cursor.fetchone() or (None,)
    if until:
        raise Refused("query.too-often", until=until)


def _count(key: str, at: datetime) -> tuple[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_attempt AS a (key, count, until) VALUES (%(key)s, 1, %(until)s)"
            " ON CONFLICT (key) DO UPDATE SET count = CASE WHEN a.until < %(now)s THEN 1 ELSE a.count + 1 END,"
            " until = CASE WHEN a.until < %(now)s THEN %(until)s ELSE a.until END RETURNING count, until",
            {"key": _hash(key), "until": at + WINDOW, "now": at},
        )
        row: tuple[int, datetime] = cursor.fetchone() or (0, at)
    return row


def forget_attempts(at: datetime) -> int:
    """Forget what was counted more than a day ago, and return how much that was."""
    deleted, _ = Attempt.objects.filter(until__lt=at - timedelta(days=1)).delete()
    return deleted


def _hash(key: str) -> bytes:
    # Keyed: there are few enough addresses for anybody to hash them all.
    return found_by("attempt", key)

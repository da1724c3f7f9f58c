"""From acceptance to the decision: pauses, extension, the second person, granting and rejecting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongban.cases.actions import _contents, _moves, _papers
from tongban.cases.actions.acceptance import words
from tongban.cases.models import Part
from tongban.cases.rules import lifecycle
from tongban.lib.actors import Actor
from tongban.lib.refusals import Invalid, Refused
from tongban.papers.rules.phrases import phrase


@transaction.atomic
def pause(
    part: UUID,
    ground: str,
    expected: str,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Part:
    """Stop the clock on a ground that the procedure knows, told in writing (行政许可法 Art. 45).

    :param expected: how much time it will take, which Art. 45 wants the applicant to be told
    :raises Invalid: if the ground isn't one of the procedure's, or nothing is said
    """
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.PAUSE)
    known = move.rule.procedure.ground(ground)
    if known is None:
        raise Invalid("pause.ground", field="ground")
    said, time = words(reason), words(expected, "expected")
    move.part.pauses = [
        *move.part.pauses,
        {"from": move.today.isoformat(), "until": None, "ground": ground},
    ]
    (paper,) = _papers.issue_all([move], "pause", ground=known, expected=time, reason=said)
    told = {"ground": known.name.zh, "expected": time, "reason": said}
    _moves.take(move, lifecycle.PAUSE, words=told, paper=paper, ground=ground)
    _moves.write([move])
    return move.part


@transaction.atomic
def resume(part: UUID, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Let the clock run again; the due day moves by the working days for which it stood."""
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.RESUME)
    row = move.part
    if row.pauses and row.pauses[-1]["until"] is None:
        row.pauses = [*row.pauses[:-1], {**row.pauses[-1], "until": move.today.isoformat()}]
    (paper,) = _papers.issue_all([move], "resume")
    _moves.take(move, lifecycle.RESUME, paper=paper)
    _moves.write([move])
    return row


@transaction.atomic
def propose_extension(part: UUID, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Ask for more time; nothing changes until it's approved."""
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.PROPOSE)
    said = words(reason)
    _moves.take(move, lifecycle.PROPOSE, words={"reason": said})
    move.part.extension_asked_by = move.account
    _moves.write([move])
    return move.part


@transaction.atomic
def extend(part: UUID, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Extend the limit as approved by whom the procedure names, and tell the applicant why (行政许可法 Art. 42)."""
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.EXTEND)
    row, said = move.part, words(reason)
    days = move.rule.extension.days
    if not days:
        raise Refused("part.not-extendable")
    before = _contents.forecast(move, lifecycle.State(row.state))
    row.extension += days
    (paper,) = _papers.issue_all(
        [move], "extension", days=days, reason=said, before=before, approved_by=_title(move)
    )
    _moves.take(move, lifecycle.EXTEND, words={"reason": said}, paper=paper, days=days)
    row.extension_asked_by = ""
    _moves.write([move])
    return row


def _title(move: _moves.Move) -> str:
    """Return the office of the approver, as the notice names it; never a person's name."""
    if move.rule.extension.approver != "body-head":
        return phrase(f"approver.{move.rule.extension.approver}")
    return move.directory.body(move.body or move.part.decider_id).name.zh


@transaction.atomic
def review(part: UUID, opinion: str, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Note what a second person found (行政许可法 Art. 34: at least two members of staff).

    Where silence accepted the part, nobody handles it yet: then the reviewer doesn't decide, too.

    :raises Refused: if it's the person who accepted the part
    """
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.REVIEW)
    _moves.take(move, lifecycle.REVIEW, words={"opinion": words(opinion, "opinion")})
    move.part.handler = move.part.handler or move.account
    _moves.write([move])
    return move.part


def grant(part: UUID, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Decide for the applicant (准予)."""
    return grant_all([part], by=by, at=at, seen=seen)[0]


@transaction.atomic
def grant_all(parts: Iterable[UUID], *, by: Actor, at: datetime, seen: _moves.Seen = None) -> list[Part]:
    """Decide many parts for their applicants in one statement: all of them or none."""
    moves = _moves.lock(parts, by=by, at=at, seen=seen, step=lifecycle.GRANT)
    for move in moves:
        move.part.decided_on, move.part.outcome = move.today, "granted"
    papers = _papers.issue_all(moves, "grant")
    for move, paper in zip(moves, papers, strict=True):
        _moves.take(move, lifecycle.GRANT, paper=paper)
    _moves.write(moves)
    return [move.part for move in moves]


@transaction.atomic
def reject(part: UUID, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Decide against the applicant in writing, with reasons and remedies (不予许可决定书, Art. 38)."""
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.REJECT)
    said = words(reason)
    move.part.decided_on, move.part.outcome = move.today, "rejected"
    (paper,) = _papers.issue_all([move], "reject", reason=said)
    _moves.take(move, lifecycle.REJECT, words={"reason": said}, paper=paper)
    _moves.write([move])
    return move.part

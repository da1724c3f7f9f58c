"""Custody: offer → take over (签收) / return / decline / recall. Exactly one body holds a part at any time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongban.cases import access
from tongban.cases.actions import _moves
from tongban.cases.actions._moves import Move
from tongban.cases.models import Part
from tongban.cases.queries.standing import held
from tongban.cases.rules import custody
from tongban.cases.rules.custody import Custody
from tongban.cases.rules.lifecycle import FINAL, State
from tongban.lib.actors import Actor
from tongban.lib.refusals import Invalid, Refused
from tongban.lib.words import clean

REASON_LIMIT = 1000


@transaction.atomic
def offer(part: UUID, to: str = "", *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Offer the part to a body, the deciding one if none is named; the giver holds it until it's taken over.

    :raises Refused: if an offer is open, or the part is at its end
    """
    (move,) = _moves.lock([part], by=by, at=at, seen=seen)
    access.require_move(by, custody.OFFER, move.part, move.case)
    taker = move.directory.body(to or move.part.decider_id).code
    if State(move.part.state) in FINAL:
        raise Refused("part.ended", state=move.part.state)
    _moves.offer(move, taker)
    return _told(move, custody.OFFER, to=taker)


def take_over(part: UUID, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Take the part over (签收): from now on the taker holds it. This isn't acceptance (受理).

    :raises NotAllowed: if it isn't offered to a body of the actor's
    :raises Refused: if it isn't on offer any more
    """
    return take_over_all([part], by=by, at=at, seen=seen)[0]


@transaction.atomic
def take_over_all(parts: Iterable[UUID], *, by: Actor, at: datetime, seen: _moves.Seen = None) -> list[Part]:
    """Take many parts over in one statement: all of them or, if one can't be, none."""
    moves = _moves.lock(parts, by=by, at=at, seen=seen)
    for move in moves:
        access.require_move(by, custody.TAKE_OVER, move.part, move.case)
        _answer(move, custody.TAKE_OVER)
        if held(move.part, move.directory) and move.part.taken_over_on is None:
            move.part.taken_over_on = move.today
        _moves.rewind(move)
        _note(move, custody.TAKE_OVER)
    _moves.write(moves)
    return [move.part for move in moves]


def give_back(part: UUID, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Return the offered part with what has to be put right (退回); the giver goes on holding it."""
    return _end(part, custody.RETURN, reason, by=by, at=at, seen=seen)


def decline(part: UUID, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Decline custody of the offered part (拒收). This is never 不予受理: the giver goes on holding it."""
    return _end(part, custody.DECLINE, reason, by=by, at=at, seen=seen)


def recall(part: UUID, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Take back an offer that wasn't answered yet."""
    return _end(part, custody.RECALL, reason, by=by, at=at, seen=seen)


@transaction.atomic
def _end(part: UUID, how: custody.Move, reason: str, *, by: Actor, at: datetime, seen: int | None) -> Part:
    (move,) = _moves.lock([part], by=by, at=at, seen=seen)
    access.require_move(by, how, move.part, move.case)
    said = clean(reason, field="reason", limit=REASON_LIMIT, lines=True)
    if how.reason and not said:
        raise Invalid("words.missing", field="reason")
    _answer(move, how, said)
    return _told(move, how, said)


def _answer(move: Move, how: custody.Move, reason: str = "") -> None:
    part = move.part
    after = custody.answer(Custody(part.holder_id, part.offered_to_id or ""), how)
    assert how.ends
    _moves.answered(move, str(how.ends), reason)
    part.holder_id = after.holder


def _told(move: Move, how: custody.Move, reason: str = "", **facts: str) -> Part:
    _note(move, how, reason, **facts)
    _moves.write([move])
    return move.part


def _note(move: Move, how: custody.Move, reason: str = "", **facts: str) -> None:
    words = {"reason": reason} if reason else None
    _moves.note(move, how.verb, f"case.custody.{how.verb}", words=words, **facts)

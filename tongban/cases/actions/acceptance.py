"""The five outcomes of an application (行政许可法 Art. 32), and how a file is completed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongban.cases.actions import _moves, _papers
from tongban.cases.actions._moves import Move
from tongban.cases.actions.intake import add_enclosures
from tongban.cases.models import Part
from tongban.cases.queries.lacking import left_after
from tongban.cases.queries.standing import held
from tongban.cases.rules import lifecycle
from tongban.cases.rules.enclosures import DEFECTS, Defect, Enclosed
from tongban.catalogue import queries as catalogue
from tongban.lib.actors import Actor
from tongban.lib.refusals import Invalid, Refused
from tongban.lib.texts import Text
from tongban.lib.words import clean

LIMIT = 2000
NAME = 120
"""How long the name of a body may be that is typed."""


def words(text: str, field: str = "reason", *, needed: bool = True) -> str:
    """Return what an officer wrote, made safe to print.

    :raises Invalid: if it's too long, or empty where words are needed
    """
    said = clean(text, field=field, limit=LIMIT, lines=True)
    if needed and not said:
        raise Invalid("words.missing", field=field)
    return said


def accept(part: UUID, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Accept the part (受理) and start its limit; issues the 受理通知书.

    :raises NotAllowed: if the actor doesn't handle cases for the deciding body
    :raises WrongStep: if it isn't waiting to be accepted
    """
    return accept_all([part], by=by, at=at, seen=seen)[0]


@transaction.atomic
def accept_all(parts: Iterable[UUID], *, by: Actor, at: datetime, seen: _moves.Seen = None) -> list[Part]:
    """Accept many parts in one statement: all of them or, if one can't be, none."""
    moves = _moves.lock(parts, by=by, at=at, seen=seen, step=lifecycle.ACCEPT)
    for move in moves:
        move.part.accepted_on, move.part.handler = move.today, move.account
    papers = _papers.issue_all(moves, "acceptance")
    for move, paper in zip(moves, papers, strict=True):
        _moves.take(move, lifecycle.ACCEPT, paper=paper)
    _moves.write(moves)
    return [move.part for move in moves]


@transaction.atomic
def deem_accepted(part: UUID, *, by: Actor, at: datetime) -> Part:
    """Take the part as accepted from the day of its receipt, since nothing was told in time (视为受理).

    Binds the deciding body, whoever holds the file.

    :raises Refused: if the item's procedure doesn't know deemed acceptance, or the time isn't over
    """
    (move,) = _moves.lock([part], by=by, at=at)
    row = move.part
    if not move.rule.procedure.deemed:
        raise Refused("part.not-deemed")
    _moves.rewind(move)
    # A provisional day may still move: what the law attaches to it waits until the calendar is settled.
    open_ = row.due_on is None or row.due_on >= move.today or row.provisional
    if open_ or row.state != lifecycle.State.RECEIVED:
        raise Refused("part.not-overdue")
    row.accepted_on, row.deemed = row.completed_on or row.received_on, True
    (paper,) = _papers.issue_all([move], "deemed-acceptance")
    _moves.take(move, lifecycle.DEEM, paper=paper, accepted_on=row.accepted_on.isoformat())
    _moves.write([move])
    return row


@transaction.atomic
def correct(part: UUID, what: str, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Note what the applicant put right on the spot (当场更正)."""
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.CORRECT)
    _moves.take(move, lifecycle.CORRECT, words={"what": words(what, "what")})
    _moves.write([move])
    return move.part


@transaction.atomic
def ask(
    part: UUID,
    defects: Sequence[Defect],
    *,
    by: Actor,
    at: datetime,
    again: str = "",
    seen: int | None = None,
) -> Part:
    """Tell the applicant everything that is missing, once (补正告知书); the clock of the notice stops.

    :param again: why a second notice is given; it's refused without a reason, and counted
    :raises Invalid: if no defect is named, or one isn't of a known kind
    :raises Refused: if a notice was given already and no reason is
    """
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.ASK)
    row = move.part
    if row.notices and not again.strip():
        raise Refused("notice.second", notices=row.notices)
    named = [_checked(defect, move) for defect in defects]
    if not named:
        raise Invalid("defects.none", field="defects")
    reason = words(again, "again", needed=False)
    row.asked_on, row.notices = move.today, row.notices + 1
    listed = _listed(named)
    (paper,) = _papers.issue_all([move], "supplement", defects=listed)
    _moves.take(
        move,
        lifecycle.ASK,
        words={"defects": listed, "again": reason},
        paper=paper,
        defects=len(named),
        notice=row.notices,
    )
    _moves.write([move])
    return row


def _listed(defects: Iterable[Defect]) -> list[dict[str, str]]:
    return [{"material": each.material, "kind": each.kind, "note": each.note} for each in defects]


def _checked(defect: Defect, move: Move) -> Defect:
    rule = move.rule
    known = {material.code for material in rule.materials} | {field.code for field in rule.fields}
    if defect.kind not in DEFECTS or defect.material not in known | {"applicant"}:
        raise Invalid("defects.unknown", field="defects")
    return Defect(defect.material, defect.kind, words(defect.note, "note", needed=False))


@transaction.atomic
def complete(
    part: UUID,
    brought: Sequence[Enclosed],
    *,
    by: Actor,
    at: datetime,
    put_right: str = "",
    known: Collection[str] = (),
    seen: int | None = None,
) -> Part:
    """Take in what the applicant brought after a notice (补正); the file goes on to the deciding body.

    :param put_right: what was put right besides, such as a field of the form
    :param known: materials and fields that are known to be lacking still: asking for them costs a second notice
    :raises Invalid: if a material stands twice, or neither anything was brought nor put right; or if something is
        lacking still that isn't among the known, which the refusal names as `lacking`
    """
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.COMPLETE)
    said = words(put_right, "put_right", needed=False)
    if len({each.material for each in brought}) != len(brought) or not (brought or said):
        raise Invalid("supplement.nothing", field="brought")
    row = move.part
    add_enclosures(move, tuple(brought), catalogue.edition(move.case.revision_id), turn=row.notices + 1)
    left = left_after(move.case, move.rule, brought, put_right=bool(said))
    if not {each.material for each in left} <= set(known):
        raise Invalid("supplement.partial", field="known", lacking=tuple(left))
    row.completed_on = move.today
    if not held(row, move.directory) and not row.offered_to_id:
        _moves.offer(move, row.decider_id)
    told = {"put_right": said, "lacking": _listed(left)} if said or left else None
    _moves.take(move, lifecycle.COMPLETE, words=told, materials=len(brought), lacking=len(left))
    _moves.write([move])
    return row


@transaction.atomic
def dismiss(part: UUID, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Tell that no licence is needed (不受理, Art. 32 (1))."""
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.DISMISS)
    said = words(reason)
    move.part.outcome, move.part.decided_on = "not-needed", move.today
    (paper,) = _papers.issue_all([move], "not-needed", reason=said)
    _moves.take(move, lifecycle.DISMISS, words={"reason": said}, paper=paper)
    _moves.write([move])
    return move.part


@transaction.atomic
def refuse(
    part: UUID,
    reason: str,
    competent: str,
    *,
    by: Actor,
    at: datetime,
    elsewhere: str = "",
    seen: int | None = None,
) -> Part:
    """Refuse to accept what isn't within this body's power, naming the body that is competent (Art. 32 (2)).

    :param competent: the code of the competent body; empty for one outside of the directory
    :param elsewhere: the name of one outside of it, such as another province's, the tax office or the customs
    :raises Invalid: if neither is named, or both
    :raises Missing: if there is no such body
    """
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.REFUSE)
    said, typed = words(reason), clean(elsewhere, field="elsewhere", limit=NAME)
    if not (competent or typed):
        raise Invalid("competent.missing", field="competent")
    if competent and typed:
        raise Invalid("competent.both", field="elsewhere")
    named = move.directory.body(competent).name if competent else Text(typed)
    move.part.outcome, move.part.decided_on = "not-accepted", move.today
    (paper,) = _papers.issue_all([move], "not-accepted", reason=said, competent=named)
    _moves.take(
        move,
        lifecycle.REFUSE,
        words={"reason": said, "competent": named.zh},
        paper=paper,
        # What was typed stays out of the trail, which holds codes and no words.
        **({"competent": competent} if competent else {}),
    )
    _moves.write([move])
    return move.part


@transaction.atomic
def withdraw(part: UUID, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Note that the applicant withdrew the application; an open offer of custody ends with it."""
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.WITHDRAW)
    said = words(reason)
    move.part.outcome = "withdrawn"
    (paper,) = _papers.issue_all([move], "withdrawal", reason=said)
    _moves.take(move, lifecycle.WITHDRAW, words={"reason": said}, paper=paper)
    _moves.write([move])
    return move.part

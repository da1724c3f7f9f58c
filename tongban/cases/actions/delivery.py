"""From the decision to the applicant's hands: the result made, sent, delivered; and items settled in one visit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tongban.cases import access
from tongban.cases.actions import _moves, _papers
from tongban.cases.actions._moves import Move
from tongban.cases.actions.acceptance import words
from tongban.cases.models import Delivery, Part
from tongban.cases.rules import custody, lifecycle
from tongban.cases.rules.intake import WAYS
from tongban.files import queries as files
from tongban.lib import writes
from tongban.lib.actors import Actor
from tongban.lib.refusals import Invalid
from tongban.lib.words import clean
from tongban.papers import queries as papers
from tongban.papers import rules as forms


@transaction.atomic
def make(
    part: UUID, number: str, *, by: Actor, at: datetime, file: str = "", seen: int | None = None
) -> Part:
    """Note that the result document was made (制证), under its number, with its electronic form if there is one.

    :raises Invalid: if the number is missing, or the file isn't one that the actor handed in
    """
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.MAKE)
    said, kept = _result_number(number), _handed_in(file, by)
    move.rows.append(Delivery(part_id=part, way="", result_number=said, result_id=kept, sent_at=at))
    _moves.take(move, lifecycle.MAKE, words={"number": said}, electronic=bool(file))
    _moves.write([move])
    return move.part


def _handed_in(file: str, by: Actor) -> str | None:
    if file and not files.handed_in([file], by):
        raise Invalid("delivery.file-unknown", field="file")
    return file or None


def _result_number(number: str) -> str:
    said = clean(number, field="result_number", limit=80)
    if not said:
        raise Invalid("words.missing", field="result_number")
    return said


@transaction.atomic
def send(
    part: UUID,
    way: str,
    *,
    by: Actor,
    at: datetime,
    carrier: str = "",
    waybill: str = "",
    window: str = "",
    seen: int | None = None,
) -> Part:
    """Send the result by post, to any window, or electronically.

    What goes to a window of another body is offered to that body, which takes it over before handing it out. What goes
    electronically has arrived once it stands on the applicant's page (电子签名法 Art. 11), so it closes the part.

    :raises Invalid: if the way is unknown, or its waybill or window is missing
    """
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.SEND)
    row = _delivery(move, way, carrier=carrier, waybill=waybill, window=window)
    _moves.take(move, lifecycle.SEND, words={"waybill": row.waybill} if row.waybill else None, way=way)
    if way == "window":
        holder = move.directory.counter(window).body
        if holder != move.part.holder_id:
            _moves.offer(move, holder)
    if way == "electronic":
        if move.part.offer_id:
            _moves.answered(move, str(custody.Offer.WITHDRAWN))
        _close(move, row, proof="")
    _moves.write([move])
    return move.part


def _delivery(move: Move, way: str, *, carrier: str, waybill: str, window: str) -> Delivery:
    if way not in WAYS:
        raise Invalid("delivery.way", field="way")
    number = clean(waybill, field="waybill", limit=40)
    if way == "post" and not number:
        raise Invalid("delivery.waybill", field="waybill")
    if way == "window" and not window:
        raise Invalid("delivery.window", field="window")
    row = Delivery.objects.filter(part=move.part).first()
    made = row is not None
    row = row or Delivery(part_id=move.part.id)
    row.way, row.carrier, row.waybill = way, clean(carrier, field="carrier", limit=40), number
    row.window_id, row.sent_at = window or None, move.at
    if made:
        fields = ("way", "carrier", "waybill", "window", "sent_at", "delivered_at", "proof")
        move.updates.append(writes.Update([row], fields))
    else:
        move.rows.append(row)
    return row


@transaction.atomic
def close(part: UUID, proof: str, *, by: Actor, at: datetime, seen: int | None = None) -> Part:
    """Note that the applicant has the result, and how that is known; closes the part (办结) with a 送达回证.

    :raises Refused: if the result lies at a window that hasn't taken it over yet
    """
    (move,) = _moves.lock([part], by=by, at=at, seen=seen, step=lifecycle.CLOSE)
    row = Delivery.objects.get(part=move.part)
    _close(move, row, proof=words(proof, "proof"))
    move.updates.append(writes.Update([row], ("delivered_at", "proof")))
    _moves.write([move])
    return move.part


def _close(move: Move, row: Delivery, *, proof: str) -> None:
    row.delivered_at, row.proof = move.at, {"text": proof} if proof else None
    (paper,) = _papers.issue_all(
        [move],
        "delivery-note",
        way=row.way,
        sent_on=timezone.localdate(row.sent_at),
        courier=" ".join(filter(None, (row.carrier, row.waybill))),
        document=_delivered(move, row),
    )
    _moves.take(move, lifecycle.CLOSE, words={"proof": proof} if proof else None, paper=paper, way=row.way)


_DECIDED = {"rejected": "reject", "not-needed": "not-needed", "not-accepted": "not-accepted"}
"""The kind of document that is delivered where the outcome isn't a result."""


def _delivered(move: Move, row: Delivery) -> forms.Delivered:
    """Return what the applicant got: the result, or the decision or notice that there is none."""
    kind = _DECIDED.get(move.part.outcome)
    if kind is None:
        return forms.Delivered(title=" ".join(filter(None, (move.rule.result_name.zh, row.result_number))))
    issued = [each for each in papers.papers_of(move.case.id) if each.kind == kind]
    form = forms.registry().forms[forms.Kind(kind)]
    return forms.Delivered(
        title=form.titled(licence=move.rule.procedure.licence), number=issued[-1].number if issued else ""
    )


@transaction.atomic
def settle(
    part: UUID,
    number: str,
    *,
    by: Actor,
    at: datetime,
    way: str = "electronic",
    file: str = "",
    seen: int | None = None,
) -> Part:
    """Take over, accept, grant and hand out in one act, for an item that is settled in one visit (即办件).

    :param file: the result's electronic form, which the applicant finds on their page
    :raises Invalid: if the way is unknown, or the file isn't one that the actor handed in
    :raises Refused: if the item isn't one
    """
    (move,) = _moves.lock([part], by=by, at=at, seen=seen)
    row, said = move.part, _result_number(number)
    if way not in WAYS:
        raise Invalid("delivery.way", field="way")
    kept = _handed_in(file, by)
    _take_over_at_once(move)
    row.accepted_on = row.decided_on = move.today
    row.outcome, row.handler = "granted", move.account
    (paper,) = _papers.issue_all([move], "grant", result_number=said)
    move.rows.append(
        Delivery(part_id=row.id, way=way, result_number=said, result_id=kept, sent_at=at, delivered_at=at)
    )
    _moves.take(move, lifecycle.SETTLE, words={"number": said}, paper=paper, way=way)
    _moves.write([move])
    return row


def _take_over_at_once(move: Move) -> None:
    part = move.part
    if part.offered_to_id == part.decider_id and part.holder_id != part.decider_id:
        access.require_move(move.by, custody.TAKE_OVER, part, move.case)
        _moves.answered(move, str(custody.Offer.TAKEN))
        part.holder_id, part.taken_over_on = part.decider_id, move.today
        _moves.note(move, custody.TAKE_OVER.verb, f"case.custody.{custody.TAKE_OVER.verb}")

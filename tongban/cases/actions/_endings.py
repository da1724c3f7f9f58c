"""What the documents say with which a case ends, whatever was decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tongban.cases.actions._contents import common
from tongban.cases.actions._moves import Move
from tongban.cases.rules.applicant import Party
from tongban.papers import rules as forms
from tongban.papers.rules.phrases import phrase


def _withdrawal(move: Move, reason: str) -> forms.Content:
    return forms.Withdrawal(
        **common(move, "withdrawal"),
        received_on=move.part.received_on,
        withdrawn_on=move.today,
        reason=reason,
    )


def _lapse(move: Move) -> forms.Content:
    part, said = move.part, common(move, "lapse")
    assert part.asked_on
    assert part.due_on
    return forms.Lapse(
        **said,
        received_on=part.received_on,
        asked_on=part.asked_on,
        supply_limit=phrase("limit.working", days=move.rule.procedure.supplement_days),
        supply_until=part.due_on,
        lapsed_on=move.today,
        # Where the procedure's data names no basis, the paper says so rather than seem to have one.
        notes=() if said["basis"] else (phrase("lapse.illustrative"),),
    )


def _delivery_note(
    move: Move, way: str, sent_on: date, courier: str, document: forms.Delivered
) -> forms.Content:
    applicant = Party.of(move.case.applicant)
    return forms.DeliveryNote(
        **common(move, "delivery-note"),
        documents=(document,),
        recipient=applicant.name if applicant else "",
        method=phrase(f"way.{way}"),
        sent_on=sent_on,
        courier=courier,
    )


ENDINGS: dict[forms.Kind, Callable[..., forms.Content]] = {
    forms.Kind.WITHDRAWAL: _withdrawal,
    forms.Kind.LAPSE: _lapse,
    forms.Kind.DELIVERY_NOTE: _delivery_note,
}

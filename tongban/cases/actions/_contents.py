"""What each kind of document says, put together from the part, its rule and the step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tongban.cases.actions._moves import Move
from tongban.cases.queries.standing import days_of, held
from tongban.cases.rules import clock
from tongban.cases.rules.applicant import Party
from tongban.cases.rules.enclosures import Defect
from tongban.cases.rules.lifecycle import State
from tongban.catalogue.rules import Ground, Limit, Rule
from tongban.lib.actors import Clerk
from tongban.lib.texts import Text
from tongban.papers import rules as forms
from tongban.papers.rules.phrases import phrase

_BASIS = {"acceptance": "accept", "deemed-acceptance": "deemed"}
"""Kinds of documents whose basis the procedure names by the act."""


_DECISIONS = {"grant", "reject", "not-accepted"}
"""Kinds that rest on the item's own basis where the procedure has none for them."""


def issuer(move: Move) -> str:
    """Return in whose name a document goes out: the receiving body's own notice, else the deciding body's."""
    deciding = move.part.decider_id
    return move.body if move.body and not held(move.part, move.directory) else deciding


def common(move: Move, kind: str = "") -> dict[str, Any]:
    """Return what every document of the case says."""
    case, rule = move.case, move.rule
    applicant, agent = Party.of(case.applicant), Party.of(case.agent)
    named = move.directory.body(issuer(move) if kind else case.body_id)
    return {
        "body": named.name.zh,
        "applicant": applicant.name if applicant else "",
        "agent": agent.name if agent else "",
        "item": rule.name.zh,
        "item_code": rule.code,
        "case_number": case.reference,
        "licence": rule.procedure.licence,
        "basis": _basis(move, kind),
        "phone": rule.contact_phone,
        "handler": _handler(move, kind),
    }


def _handler(move: Move, kind: str) -> str:
    """Return whom the applicant can turn to: who received it, or the deciding place's section."""
    if not kind and isinstance(move.by, Clerk):
        return move.by.name
    return move.rule.contact.zh


def _basis(move: Move, kind: str) -> tuple[str, ...]:
    """Return what the document rests on: the procedure's article for its kind, or a decision's own basis."""
    article = move.rule.article(_BASIS.get(kind, kind))
    if article:
        return (article.zh,)
    if kind not in _DECISIONS:
        return ()
    return tuple(phrase("basis", title=each.title, article=each.article) for each in move.rule.basis)


def limit_text(limit: Limit | None) -> str:
    """Return a limit as documents write it; nothing for none."""
    return phrase(f"limit.{limit.unit}", days=limit.days) if limit and limit.days else ""


def problem(defect: Defect, rule: Rule) -> forms.Material:
    """Return a defect as a line of the notice, with the standard that the material must meet."""
    material = rule.material(defect.material)
    field = next((each for each in rule.fields if each.code == defect.material), None)
    name = material.name.zh if material else field.label.zh if field else defect.material
    kind = phrase(f"defect.{defect.kind}")
    return forms.Material(
        name=name,
        standard=material.standard.zh if material else "",
        problem=phrase("defect.note", kind=kind, note=defect.note) if defect.note else kind,
    )


def _remedies(move: Move) -> tuple[forms.Remedy, ...]:
    """Return the ways to challenge a decision, with the times that the procedure's data gives."""
    known = move.rule.procedure.remedies
    times = {"review": known.review_days, "suit": known.suit_months}
    return tuple(
        forms.Remedy(
            way=phrase(f"remedy.{way}.way"),
            where=phrase(f"remedy.{way}.where"),
            within=phrase(f"remedy.{way}.within", time=time),
        )
        for way, time in times.items()
        if time
    )


def forecast(move: Move, state: State) -> clock.Deadline | None:
    """Return the clock that will bind the part once it's in `state`."""
    return clock.binding(replace(days_of(move.part), state=state), move.rule, move.calendar)


def _supplement(move: Move, defects: Sequence[Mapping[str, str]]) -> forms.Content:
    due = forecast(move, State.SUPPLEMENTING)
    return forms.Supplement(
        **common(move, "supplement"),
        received_on=move.part.received_on,
        defects=tuple(
            problem(Defect(each["material"], each["kind"], each["note"]), move.rule) for each in defects
        ),
        supply_by=due.on if due and not due.provisional else None,
        supply_where=_where_to_supply(move),
        # In days, too: while the year's calendar isn't settled, no date is printed.
        when_late=phrase("late", days=move.rule.procedure.supplement_days),
        second=move.part.notices > 1,
    )


def _where_to_supply(move: Move) -> tuple[str, ...]:
    """Return who can take in what was missing: nobody else gets to see the case."""
    ways = {move.case.body_id: "window", move.part.decider_id: "decider"}
    named = {way: move.directory.body(code).name.zh for code, way in ways.items()}
    return tuple(phrase(f"supply.{way}", body=name) for way, name in named.items())


def _acceptance(move: Move) -> forms.Content:
    due = forecast(move, State.ACCEPTED)
    assert move.part.accepted_on
    return forms.Acceptance(
        **common(move, "acceptance"),
        received_on=move.part.received_on,
        accepted_on=move.part.accepted_on,
        promised_limit=limit_text(move.rule.promised),
        statutory_limit=limit_text(move.rule.statutory),
        due_on=due.on if due else None,
        due_provisional=bool(due and due.provisional),
    )


def _deemed(move: Move) -> forms.Content:
    due, part = forecast(move, State.ACCEPTED), move.part
    assert part.due_on
    assert part.accepted_on
    return forms.DeemedAcceptance(
        **common(move, "deemed-acceptance"),
        # Of a file that was completed later, the day on which the last of it came.
        received_on=part.accepted_on,
        hall=move.directory.body(move.case.body_id).name.zh,
        notice_limit=phrase("limit.working", days=move.rule.notice_days),
        notice_until=part.due_on,
        promised_limit=limit_text(move.rule.promised),
        statutory_limit=limit_text(move.rule.statutory),
        due_on=due.on if due else None,
        due_provisional=bool(due and due.provisional),
    )


def _not_needed(move: Move, reason: str) -> forms.Content:
    return forms.NotNeeded(**common(move, "not-needed"), received_on=move.part.received_on, reasons=(reason,))


def _not_accepted(move: Move, reason: str, competent: Text) -> forms.Content:
    return forms.NotAccepted(
        **common(move, "not-accepted"),
        received_on=move.part.received_on,
        reasons=(reason,),
        competent=competent.zh,
        remedies=_remedies(move),
    )


def _pause(move: Move, ground: Ground, expected: str, reason: str) -> forms.Content:
    said = common(move, "pause")
    said["basis"] = (ground.basis.zh,) if ground.basis else ()
    assert move.part.accepted_on
    stopped = forecast(move, State.PAUSED)
    used = Limit(stopped.days - stopped.remaining, stopped.unit) if stopped else None
    return forms.Pause(
        **said,
        accepted_on=move.part.accepted_on,
        ground=ground.name.zh,
        from_on=move.today,
        expected=expected,
        used=phrase(f"limit.{used.unit}", days=used.days) if used else "",
        until=reason,
    )


def _resume(move: Move) -> forms.Content:
    due, last = forecast(move, State.ACCEPTED), move.part.pauses[-1]
    paused_on = date.fromisoformat(last["from"])
    ground = move.rule.procedure.ground(last["ground"])
    assert due
    assert due.on
    # The day of the stop isn't counted, nor that of the going on.
    before = paused_on - timedelta(1)
    working = due.unit == "working"
    stood = move.calendar.between(before, move.today) if working else (move.today - before).days
    return forms.Resume(
        **common(move, "resume"),
        ground=ground.name.zh if ground else last["ground"],
        paused_on=paused_on,
        resumed_on=move.today,
        uncounted=phrase(f"limit.{due.unit}", days=stood),
        due_on=due.on,
        due_provisional=due.provisional,
    )


def _extension(move: Move, days: int, reason: str, before: clock.Deadline, approved_by: str) -> forms.Content:
    due = clock.binding(days_of(move.part), move.rule, move.calendar)
    assert due
    assert due.on
    assert before.on
    assert move.part.accepted_on
    return forms.Extension(
        **common(move, "extension"),
        accepted_on=move.part.accepted_on,
        old_due_on=before.on,
        old_due_provisional=before.provisional,
        extended_by=phrase(f"limit.{due.unit}", days=days),
        due_on=due.on,
        due_provisional=due.provisional,
        reasons=(reason,),
        approved_by=approved_by,
    )


def _grant(move: Move, result_number: str = "") -> forms.Content:
    due, rule = forecast(move, State.GRANTED), move.rule
    assert move.part.accepted_on
    said = rule.documents.get("grant")
    return forms.Grant(
        **common(move, "grant"),
        accepted_on=move.part.accepted_on,
        decided=said.zh if said else phrase("granted"),
        result=rule.result_name.zh,
        result_number=result_number,
        delivery=phrase(f"way.{(move.case.delivery or {}).get('way') or rule.deliver[0]}"),
        deliver_by=due.on if due and not due.provisional else None,
        remedies=(),
    )


def _reject(move: Move, reason: str) -> forms.Content:
    assert move.part.accepted_on
    return forms.Reject(
        **common(move, "reject"),
        accepted_on=move.part.accepted_on,
        reasons=(reason,),
        remedies=_remedies(move),
    )


BUILD: dict[forms.Kind, Callable[..., forms.Content]] = {
    forms.Kind.SUPPLEMENT: _supplement,
    forms.Kind.ACCEPTANCE: _acceptance,
    forms.Kind.DEEMED_ACCEPTANCE: _deemed,
    forms.Kind.NOT_NEEDED: _not_needed,
    forms.Kind.NOT_ACCEPTED: _not_accepted,
    forms.Kind.PAUSE: _pause,
    forms.Kind.RESUME: _resume,
    forms.Kind.EXTENSION: _extension,
    forms.Kind.GRANT: _grant,
    forms.Kind.REJECT: _reject,
}

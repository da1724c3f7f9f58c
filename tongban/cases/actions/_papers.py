"""Documents of a case: the receipt, and the numbered ones that steps issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from tongban.cases.actions._contents import BUILD, common, issuer, limit_text, problem
from tongban.cases.actions._endings import ENDINGS
from tongban.cases.actions._moves import Move
from tongban.cases.queries.standing import days_of
from tongban.cases.rules import clock
from tongban.cases.rules.enclosures import Defect, How
from tongban.cases.rules.intake import Application, Wish
from tongban.catalogue.queries import Edition
from tongban.catalogue.rules import Material
from tongban.papers import actions as papers
from tongban.papers import rules as forms
from tongban.papers.rules.phrases import phrase

_SAY = BUILD | ENDINGS


def receipt(move: Move, edition: Edition, application: Application, lacking: Sequence[Defect]) -> Any:
    """Return the 收件凭证: its number is the case's reference, so no series has to be locked."""
    rule, part = edition.rule, move.part
    bound = clock.binding(days_of(part), rule, move.calendar)
    window = move.directory.counter(move.case.window_id) if move.case.window_id else None
    content = forms.Receipt(
        **common(move),
        received_on=part.received_on,
        received_time=phrase("when", at=timezone.localtime(move.at)),
        hall=window.hall.zh if window else move.directory.body(move.case.body_id).name.zh,
        window=window.number if window else "",
        decider=move.directory.body(part.decider_id).name.zh,
        materials=tuple(
            line(material, each.how, len(each.pages))
            for each in application.enclosed
            if each.how is not How.MISSING and (material := rule.material(each.material))
        ),
        missing=tuple(problem(each, edition.rule) for each in lacking),
        promised_limit=limit_text(rule.promised),
        statutory_limit=limit_text(rule.statutory),
        next_step=_next(move, lacking),
        next_by=bound.on if bound else None,
        next_provisional=bool(bound and bound.provisional),
        delivery=_delivery(move, application.wish),
    )
    return papers.paper(
        content,
        body=move.case.body_id,
        number=move.case.reference,
        subject=move.case.id,
        part=part.id,
        issued_on=move.today,
        issued_by=str(move.by),
        practice=move.case.practice,
    )


def _delivery(move: Move, wish: Wish) -> str:
    """Return how the result comes back, and for collecting it where."""
    way, counter = phrase(f"way.{wish.way}"), move.directory.counters.get(wish.window)
    if counter is None:
        return way
    return phrase("way.at", way=way, hall=phrase("hall", hall=counter.hall.zh, number=counter.number))


def _next(move: Move, lacking: Sequence[Defect]) -> str:
    if lacking:
        return phrase("next.supplement")
    return phrase("next.decider", decider=move.directory.body(move.part.decider_id).name.zh)


def issue_all(moves: Sequence[Move], kind: str, **said: Any) -> list[Any]:
    """Return a numbered document of one kind for each part; each body's series is taken from once."""
    known = forms.Kind(kind)
    by_body: dict[tuple[str, bool], list[int]] = {}
    for index, move in enumerate(moves):
        by_body.setdefault((issuer(move), move.case.practice), []).append(index)
    issued: list[Any] = [None] * len(moves)
    for (body, practice), indexes in sorted(by_body.items()):
        year = moves[indexes[0]].today.year
        series = papers.numbers(body, known, year, len(indexes), practice=practice)
        for index, serial in zip(indexes, series, strict=True):
            name = moves[index].directory.body(body).name.zh
            number = forms.number_text(name, known, year, serial, practice=practice)
            issued[index] = _paper(moves[index], known, body, number, said)
    return issued


def _paper(move: Move, kind: forms.Kind, body: str, number: str, said: Mapping[str, Any]) -> Any:
    content: forms.Content = _SAY[kind](move, **said)
    return papers.paper(
        content,
        body=body,
        number=number,
        subject=move.case.id,
        part=move.part.id,
        issued_on=move.today,
        issued_by=str(move.by),
        practice=move.case.practice,
    )


def line(material: Material, how: str, pages: int) -> forms.Material:
    """Return a material as papers list it; there is no copy of what was only promised or fetched."""
    on_paper = how in {How.SEEN, How.HANDED_IN}
    return forms.Material(
        name=material.name.zh,
        form=phrase(f"form.{material.form}") if on_paper else "",
        copies=material.copies if on_paper else 0,
        pages=pages,
        check=phrase(f"how.{how}"),
    )

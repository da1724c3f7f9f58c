"""Guides of a revision: which forms it has, what each says, and its PDF."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date

from tongban.catalogue import rules
from tongban.catalogue.queries.items import Edition
from tongban.catalogue.rules import charts, guides
from tongban.catalogue.rules.guides import Guide
from tongban.catalogue.rules.wording import Form, Speaker
from tongban.papers import queries as papers


def guide_forms(of: Edition, modes: Collection[str]) -> tuple[Form, ...]:
    """Return the forms of guides that a revision has.

    :param modes: how the lists say that its item is handled: online, counter, window or joint
    """
    return guides.forms(of.rule, modes)


def guide(of: Edition, form: Form, language: str, on: date, *, stands: rules.Standing | None = None) -> Guide:
    """Return one form of a revision's guide in one language.

    :param stands: how its item stands on the day, if the guide is to say so
    """
    return guides.guide(
        of.rule,
        form,
        language,
        number=of.number,
        since=of.valid_from,
        on=on,
        illustrative=of.illustrative,
        stands=stands,
    )


def guide_chart(made: Guide) -> str:
    """Return the guide's flow chart as SVG."""
    return charts.svg(made.chart)


def guide_pdf(of: Edition, made: Guide, on: date, *, large: bool = False, address: str = "") -> bytes:
    """Return a guide on A4, tagged for reading aloud.

    :param large: in large type
    :param address: where the guide as it is now can be read; a code leads there
    """
    return papers.printed(guides.TEMPLATE, printed_guide(of, made, on, large=large, address=address), on)[0]


def printed_guide(of: Edition, made: Guide, on: date, *, large: bool, address: str) -> dict[str, object]:
    """Return what the template of a guide is given: plain data, never source."""
    say = Speaker(of.rule, made.language)
    said = {key: value for key, value in asdict(made).items() if key != "chart"}
    return {
        **said,
        "blocks": list(made.blocks),
        "on": on.isoformat(),
        "large": large,
        "department": say.text(of.rule.department),
        "chart": guide_chart(made),
        "chart_width": charts.size(made.chart)[0],
        "chart_height": charts.size(made.chart)[1],
        "told": f"{made.chart.title}: " + "; ".join(made.chart.told()),
        "qr": papers.qr_svg(address),
        "address": address,
        "scan": say("scan"),
    }

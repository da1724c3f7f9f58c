"""Guides of a revision: which forms it has, what each says, and its PDF."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path

from tongban.catalogue.queries.items import Edition
from tongban.catalogue.rules import charts, guides
from tongban.catalogue.rules.guides import Guide
from tongban.catalogue.rules.wording import Form, Speaker
from tongban.papers import queries as papers

LISTS = Path(__file__).resolve().parents[3] / "data" / "lists"


def modes(item: str) -> frozenset[str]:
    """Return how the lists say that an item is handled: online, counter, window or joint."""
    return _modes().get(item, frozenset())


@lru_cache(maxsize=1)
def _modes() -> Mapping[str, frozenset[str]]:
    """Return what the lists' files say, by item: the lists that come with Tongban, as they were published."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in ("national.csv", "province.csv"):
        with (LISTS / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                found[row["item"]] |= set(row["modes"].split("|"))
    return {item: frozenset(said) for item, said in found.items()}


def guide_forms(of: Edition) -> tuple[Form, ...]:
    """Return the forms of guides that a revision has."""
    return guides.forms(of.rule, modes(of.item))


def guide(of: Edition, form: Form, language: str, on: date) -> Guide:
    """Return one form of a revision's guide in one language."""
    return guides.guide(
        of.rule,
        form,
        language,
        number=of.number,
        since=of.valid_from,
        on=on,
        illustrative=of.illustrative,
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

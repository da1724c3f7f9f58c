"""What is said before many are accepted or granted at once: which of them lack something, and what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.cases import queries
from tongban.cases.queries import Incomplete
from tongban.lib.pages import page
from tongban.workbench import vocabulary
from tongban.workbench.sign_in import ClerkRequest


@dataclass(frozen=True, slots=True)
class Line:
    """A case that lacks something: its address, and each thing in words."""

    reference: str
    url: str
    lacks: list[str]


def many_lacking(
    request: ClerkRequest, verb: str, tab: str, chosen: Mapping[UUID, int], lacking: Sequence[Incomplete]
) -> HttpResponse:
    """Return the page that names them and lets the step be taken with all of them, or without those."""
    without = {each.id for each in lacking}
    tab = tab if tab in queries.TABS else "in-hand"
    return page(
        request,
        "workbench/desk/many_lacking.html",
        verb=verb,
        words=vocabulary.STEPS[verb],
        icon_name=vocabulary.ICONS[verb],
        tab=tab,
        section=tab,
        lines=[_line(each) for each in lacking],
        count=len(chosen),
        everything=[f"{part}.{version}" for part, version in chosen.items()],
        rest=[f"{part}.{version}" for part, version in chosen.items() if part not in without],
    )


def _line(each: Incomplete) -> Line:
    return Line(each.reference, reverse("workbench:part", args=[each.id]), list(_lacks(each)))


def _lacks(each: Incomplete) -> Iterable[str]:
    yield from (f"{material}: {vocabulary.DEFECTS[kind]}" for material, kind in each.lacking)
    yield from (f"{material}: {vocabulary.HOW['promised']}" for material in each.promised)
    yield from (f"{material}: {_('Not scanned')}" for material in each.unscanned)

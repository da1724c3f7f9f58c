"""What can be done, and where: the first page, the items, the halls."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongban.catalogue import queries as catalogue
from tongban.lib.pages import page
from tongban.lib.refusals import Missing
from tongban.portal import halls
from tongban.portal.views import search as searching
from tongban.portal.views import standing

MOST = 500


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, and lead to one's case and to what can be done."""
    found = catalogue.search("", timezone.localdate(), limit=MOST)
    counts = Counter(each.theme for each in found)
    return page(
        request,
        "portal/home.html",
        ready=[each for each in found if each.complete],
        themes=[(code, name, counts[name]) for code, name in catalogue.themes() if counts[name]],
        listed=len(found),
    )


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """Say everything about one item, with the source of each value."""
    today = timezone.localdate()
    try:
        edition = catalogue.in_force(code, today)
    except Missing:
        return standing.ended(request, code, today) or searching.listed(request, code)
    searching.opened(code)
    return page(
        request,
        "portal/item.html",
        edition=edition,
        rule=edition.rule,
        materials=_materials(edition),
        **standing.beside(code, today),
    )


def _materials(edition: catalogue.Edition) -> list[tuple[object, list[tuple[object, list[object]]]]]:
    """Return the materials, each with the situations in which it's asked for."""
    situations = {each.code: each for each in edition.rule.situations}
    return [
        (
            material,
            [
                (
                    situations[code].ask,
                    [option.label for option in situations[code].answers if option.code in wanted],
                )
                for code, wanted in material.when.items()
            ],
        )
        for material in edition.rule.materials
    ]


@require_safe
def all_halls(request: HttpRequest) -> HttpResponse:
    """List the halls, city by city."""
    return page(request, "portal/halls.html", cities=halls.cities())

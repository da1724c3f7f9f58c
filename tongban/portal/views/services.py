"""What can be done, and where: the first page, the items, the halls."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Found
from tongban.lib.pages import page
from tongban.lib.refusals import Missing
from tongban.portal import halls
from tongban.portal.views import standing

MOST = 500
WORDS = 60


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
def items(request: HttpRequest) -> HttpResponse:
    """List the items that were searched for, or those of a theme."""
    typed, theme = _asked(request, "q"), _asked(request, "theme")
    found = catalogue.search(typed, timezone.localdate(), theme=theme, limit=MOST)
    return page(
        request,
        "portal/items.html",
        typed=typed,
        theme_name=dict(catalogue.themes()).get(theme, ""),
        found=found,
        ready=[each for each in found if each.complete],
        listed=[each for each in found if not each.complete],
    )


def _asked(request: HttpRequest, name: str) -> str:
    """Return what an address asks for, without what no database holds."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:WORDS]


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """Say everything about one item, with the source of each value."""
    today = timezone.localdate()
    try:
        guide = catalogue.guide(code, today)
    except Missing:
        gone = standing.ended(request, code, today)
        return gone or page(request, "portal/listed.html", item=_listed(code))
    return page(
        request,
        "portal/item.html",
        edition=guide.edition,
        rule=guide.edition.rule,
        materials=_materials(guide.edition),
        standing=guide.standing,
        beside=guide.beside,
    )


def _listed(code: str) -> Found:
    """Return an item that is known by name only.

    :raises Missing: if there is no such item
    """
    found = catalogue.search(code, timezone.localdate(), limit=MOST)
    one = next((each for each in found if each.code == code), None)
    if one is None:
        raise Missing
    return one


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

"""A hall's page, its signs, and the notice board on its screen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongban.catalogue import queries as catalogue
from tongban.lib import typed
from tongban.lib.pages import page
from tongban.lib.refusals import Missing
from tongban.papers import queries as papers
from tongban.papers.rules import Place
from tongban.places import queries as places
from tongban.portal import kept
from tongban.portal.public import address
from tongban.portal.words import SIGNS

MOST = 500
ON_A_BOARD = 6
SECONDS = 20
FORMATS = {"pdf": "application/pdf", "svg": "image/svg+xml"}


@require_safe
@kept.page()
def hall(request: HttpRequest, code: str) -> HttpResponse:
    """Say where a hall is, when it's open, what it takes in, and give its signs."""
    found = places.hall(code)
    return page(
        request,
        "portal/hall.html",
        hall=found,
        place=places.region(found.region_id),
        windows=[window for window in places.windows_of(code) if window.special],
        ready=_ready(),
        signs=[(kind, name, papers.sign_of(kind)) for kind, name in SIGNS.items()],
    )


@require_safe
@kept.page(plain=True)
def sign(request: HttpRequest, code: str, kind: str, form: str) -> HttpResponse:
    """Answer with one sign of a hall, in its true size; `-cut` goes beyond the cut and says where to cut.

    :raises Missing: if there is no such hall, sign or format
    """
    if form not in FORMATS:
        raise Missing
    place, name = _place(request, code), kind.removesuffix("-cut")
    made = papers.sign(name, place, timezone.localdate(), form, cut=kind.endswith("-cut"))  # type: ignore[arg-type]  # one of FORMATS
    answer = HttpResponse(made, content_type=FORMATS[form])
    answer["Content-Disposition"] = f'inline; filename="{code}-{kind}.{form}"'
    return answer


@require_safe
@kept.page("page")
def board(request: HttpRequest, code: str = "") -> HttpResponse:
    """Show what can be done here on a screen in a hall: one page of it, which leads to the next by itself."""
    found = places.hall(code) if code else None
    ready = _ready()
    pages = [ready[start : start + ON_A_BOARD] for start in range(0, max(len(ready), 1), ON_A_BOARD)]
    number = (typed.number(request.GET.get("page", "")) or 1) - 1
    number = number % len(pages) + 1
    here = reverse("portal:hall-board", args=[code]) if code else reverse("portal:board")
    link = address(request, "hall", code) if code else address(request, "home")
    return page(
        request,
        "portal/board.html",
        hall=found,
        shown=pages[number - 1],
        number=number,
        count=len(pages),
        next=f"{here}?page={number % len(pages) + 1}",
        seconds=SECONDS,
        qr=papers.qr_svg(link),
    )


def _ready() -> list[Any]:
    found = catalogue.search("", timezone.localdate(), limit=MOST)
    return [each for each in found if each.offered]


def _place(request: HttpRequest, code: str) -> Place:
    """Return what a hall's signs say of it."""
    found = places.hall(code)
    special = next((window.number for window in places.windows_of(code) if window.special), "")
    return Place(found.name, address(request, "hall", code), special, found.hours, found.illustrative)

"""An item's pages: everything one needs before starting, its revisions, the list for one's own case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Edition, Form
from tongban.lib.pages import page
from tongban.lib.refusals import Missing
from tongban.notices import queries as notices
from tongban.papers.queries import qr_svg
from tongban.portal import kept, linked, narrow
from tongban.portal.public import address, language, speaking
from tongban.portal.views import guides, standing
from tongban.portal.views import search as searching
from tongban.portal.words import FORMS_OF_GUIDES


@dataclass(frozen=True, slots=True)
class Way:
    """One way of doing it: what it's called, whether the item has it, who takes part, and where its guide is."""

    form: str
    name: Any
    says: Any
    there: bool
    places: tuple[str, ...]


@require_safe
@kept.page()
def item(request: HttpRequest, code: str) -> HttpResponse:
    """Say everything about one item, with the source of each value."""
    today = timezone.localdate()
    try:
        found = catalogue.item_page(code, today)
    except Missing:
        answer = standing.ended(request, code, today) or searching.listed(request, code)
    else:
        searching.opened(code)
        beside = {"standing": found.standing, "beside": found.beside}
        answer = _shown(request, found.edition, today, beside)
    return kept.heard(answer, partial(searching.opened, code))


@require_safe
@kept.page()
def revision(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say everything that one revision says, in force or not: its address stays.

    :raises Missing: if there is no such revision, or not yet
    """
    today = timezone.localdate()
    return _shown(request, published(code, number), today, standing.beside(code, today), stable=True)


@require_safe
@kept.page()
def revisions(request: HttpRequest, code: str) -> HttpResponse:
    """List an item's revisions, the newest first."""
    editions = catalogue.editions(code, timezone.localdate())
    return page(request, "portal/revisions.html", editions=editions, name=editions[0].rule.name, code=code)


@require_safe
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """Show the list for one's own case, to print or to pass on."""
    edition = catalogue.in_force(code, timezone.localdate())
    narrowed = narrow.narrow(edition.rule, request.GET)
    stands = catalogue.standing(code, timezone.localdate())
    here = f"{address(request, 'mine', code)}?{narrowed.query}"
    return page(
        request,
        "portal/mine.html",
        standing=stands,
        edition=edition,
        rule=edition.rule,
        narrowed=narrowed,
        message=narrow.message(edition, narrowed, address(request, "item", code), stands),
        qr=qr_svg(here),
    )


@require_safe
@kept.page(plain=True)
def message(request: HttpRequest, code: str, spoken: str) -> HttpResponse:
    """Answer with a short text to paste into a message."""
    edition = catalogue.in_force(code, timezone.localdate())
    with speaking(spoken):
        stands = catalogue.standing(code, timezone.localdate())
        text = narrow.message(
            edition, narrow.narrow(edition.rule, {}), address(request, "item", code), stands
        )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def published(code: str, number: int) -> Edition:
    """Return a revision that was published and has come into force, be it long ago.

    :raises Missing: if there is none
    """
    found = [each for each in catalogue.editions(code, timezone.localdate()) if each.number == number]
    if not found:
        raise Missing
    return found[0]


def _shown(
    request: HttpRequest, edition: Edition, today: date, beside: Mapping[str, Any], *, stable: bool = False
) -> HttpResponse:
    narrowed = narrow.narrow(edition.rule, request.GET)
    here = address(request, "item", edition.item)
    forms = guides.forms_of(edition, today)
    return page(
        request,
        "portal/item.html",
        edition=edition,
        rule=edition.rule,
        narrowed=narrowed,
        ways=_ways(edition, forms, today),
        lacking=not stable and not {Form.ONLINE, Form.WINDOW} <= set(forms),
        where=f"{reverse('portal:where')}?item={edition.item}",
        stable=stable,
        tells=notices.offered(),
        language=language(),
        message=narrow.message(edition, narrowed, here, beside["standing"]),
        address=here,
        qr=qr_svg(here),
        **beside,
        linked=linked.block(linked.service(edition, here, _guides(request, edition, forms))),
    )


def _ways(edition: Edition, there: tuple[Form, ...], today: date) -> list[Way]:
    """Return the three ways side by side, those that the item doesn't have as well."""
    return [
        Way(
            form=form,
            name=name,
            says=says if form in there else absent,
            there=form in there,
            places=catalogue.guide(edition, Form(form), language(), today).chart.lanes,
        )
        for form, (name, says, absent) in FORMS_OF_GUIDES.items()
    ]


def _guides(request: HttpRequest, edition: Edition, forms: tuple[Form, ...]) -> list[str]:
    return [address(request, "guide", edition.item, form) for form in forms]

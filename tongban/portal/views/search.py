"""Searching for what can be done: the results, answers while typing, and wishes for what can't be done yet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from tongban.catalogue import queries as catalogue
from tongban.lib.pages import page
from tongban.lib.refusals import Missing
from tongban.lists.actions import demand
from tongban.lists.actions.demand import Wanted
from tongban.lists.queries import search as searching
from tongban.lists.queries.search import Answer, Filters
from tongban.lists.rules.demand import Kind
from tongban.lists.rules.said import said
from tongban.notices import queries as notices
from tongban.portal import kept

MOST, SUGGESTED = 500, 8
WORDS = 60
WISHED, WISHES = "wished", 30


@require_safe
@kept.page("theme", "subject", "place")
def items(request: HttpRequest) -> HttpResponse:
    """List the items that were searched for, or those of a theme, each with the reason for which it was found."""
    typed, filters = _asked(request, "q"), _filters(request)
    today = timezone.localdate()
    answer = searching.search(typed, today, filters, limit=MOST)
    themes = catalogue.themes()
    if typed:
        _count(answer)
    found = [(hit, [said(reason, hit.found.name) for reason in hit.reasons]) for hit in answer.hits]
    return page(
        request,
        "portal/items.html",
        typed=typed,
        filters=filters,
        answer=answer,
        narrowed=bool(filters.subject or filters.theme or filters.place),
        themes=themes,
        cities=answer.cities,
        theme_name=dict(themes).get(filters.theme, "") if not typed else "",
        found=found,
        sure=any(hit.sure for hit in answer.hits),
        ready=[each for each in found if each[0].found.complete],
        listed=[each for each in found if not each[0].found.complete],
    )


def _asked(request: HttpRequest, name: str) -> str:
    """Return what an address asks for, without what no database holds."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:WORDS]


def _filters(request: HttpRequest) -> Filters:
    subject = _asked(request, "subject")
    return Filters(
        subject=subject if subject in {"person", "company"} else "",
        theme=_asked(request, "theme"),
        place=_asked(request, "place"),
    )


def _place(code: str) -> str:
    """Return the code if it's that of a city that can be chosen."""
    return code if code and code in dict(searching.cities(timezone.localdate())) else ""


def _count(answer: Answer) -> None:
    """Count what was searched, without who: once for the words, and as missing if nothing was found."""
    kind = Kind.SEARCHED if any(hit.sure for hit in answer.hits) else Kind.NOTHING
    demand.note(Wanted(timezone.localdate(), answer.region, kind, query=answer.counted))


@require_safe
@cache_control(public=True, max_age=300)
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer while somebody types: a few items, each with the reason and its address; the same for everybody."""
    typed, language = _asked(request, "q"), request.GET.get("hl", "zh-hans")
    answer = searching.search(typed, timezone.localdate(), limit=SUGGESTED) if typed else Answer([])
    with translation.override("en" if language == "en" else "zh-hans"):
        return JsonResponse(
            {
                "results": [
                    {
                        "label": str(hit.found.name),
                        "hint": said(hit.reasons[0], hit.found.name) if hit.reasons else "",
                        "url": reverse("portal:item", args=[hit.found.code]),
                    }
                    for hit in answer.hits
                ]
            }
        )


def opened(code: str) -> None:
    """Count that an item's page was opened."""
    demand.note(Wanted(timezone.localdate(), "", Kind.OPENED, item=code))


def listed(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is known of an item of which only the name is known, and offer to count the wish for more.

    :raises Missing: if there is no such item
    """
    found = searching.item(code, timezone.localdate())
    opened(code)
    return page(request, "portal/listed.html", item=found, tells=notices.offered())


@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """Take a wish that an item could be done at a place; who wishes is neither asked nor kept.

    :raises Missing: if there is no such item
    """
    code, typed = _asked(request, "item"), _asked(request, "q")
    today = timezone.localdate()
    item = searching.item(code, today) if code else None
    if item is None and not typed:
        raise Missing
    if request.method == "POST":
        _wish(request, code, "" if item else typed)
        messages.success(request, _("Your wish is counted. Nobody keeps who you are."))
        return redirect(reverse("portal:item", args=[code]) if item else "portal:items")
    cities, place = searching.cities(today), _asked(request, "place")
    return page(request, "portal/wish.html", item=item, typed=typed, cities=cities, place=place)


def _wish(request: HttpRequest, code: str, typed: str) -> None:
    """Count a wish, once for a browser."""
    region = _place(request.POST.get("place", "").strip()[:WORDS])
    key, before = f"{code or typed}@{region}", request.session.get(WISHED, [])
    if key in before:
        return
    query = searching.search(typed, timezone.localdate()).counted if typed else ""
    demand.count(Wanted(timezone.localdate(), region, Kind.WISHED, item=code, query=query))
    request.session[WISHED] = [*before, key][-WISHES:]

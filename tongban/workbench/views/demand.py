"""What people want: ranked, by place and time, as candidates for the next batch."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from tongban.catalogue import queries as catalogue
from tongban.lib.pages import page
from tongban.lists.queries import demand
from tongban.lists.queries import search as searching
from tongban.lists.rules.demand import KEPT_AFTER
from tongban.workbench.sign_in import ClerkRequest, for_clerks

PERIODS = (7, 30, 90, 365)
USUAL = 30


@require_GET
@for_clerks
def demanded(request: ClerkRequest) -> HttpResponse:
    """Show what was searched, opened, wished for and refused, most wanted first."""
    today = timezone.localdate()
    days, place = _days(request.GET.get("days", "")), request.GET.get("place", "")
    cities = searching.cities(today)
    place = place if place in dict(cities) else ""
    items, queries = demand.ranking(today - timedelta(days - 1), today, place)
    complete = {each.code for each in catalogue.search("", today, limit=10_000) if each.complete}
    return page(
        request,
        "workbench/demand/list.html",
        section="demand",
        days=days,
        periods=PERIODS,
        place=place,
        cities=cities,
        items=[(line, line.item in complete) for line in items],
        queries=queries,
        kept_after=KEPT_AFTER,
        propose=_propose(),
    )


def _days(text: str) -> int:
    return next((days for days in PERIODS if str(days) == text), USUAL)


def _propose() -> str:
    """Return where an item is proposed for a list; nothing where this installation has no such page."""
    try:
        return reverse("workbench:list-propose")
    except NoReverseMatch:
        return ""

"""What people want: ranked, by place and time, as candidates for the next batch."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from tongban.catalogue import queries as catalogue
from tongban.lib.pages import page
from tongban.lists.queries import demand, standing
from tongban.lists.queries import search as searching
from tongban.lists.queries.demand import Line
from tongban.lists.rules.demand import KEPT_AFTER
from tongban.notices import queries as notices
from tongban.places.rules import Role
from tongban.workbench.sign_in import ClerkRequest, for_clerks

PERIODS = (7, 30, 90, 365)
USUAL = 30
NEXT = "province"
"""The list for whose next batch what is wanted is proposed."""


@require_GET
@for_clerks
def demanded(request: ClerkRequest) -> HttpResponse:
    """Show what was searched, opened, wished for and refused, most wanted first."""
    today = timezone.localdate()
    days, place = _days(request.GET.get("days", "")), request.GET.get("place", "")
    cities = searching.cities(today)
    place = place if place in dict(cities) else ""
    items, queries = demand.ranking(today - timedelta(days - 1), today, place)
    waiting = notices.waiting()
    items += _only_waited_for(waiting, items) if not place else []
    complete = {each.code for each in catalogue.search("", today, limit=10_000) if each.complete}
    proposals = _proposals({line.item for line in items}, request, today)
    return page(
        request,
        "workbench/demand/list.html",
        section="demand",
        days=days,
        periods=PERIODS,
        place=place,
        cities=cities,
        items=[
            (line, line.item in complete, proposals.get(line.item, ""), waiting.get(line.item, 0))
            for line in items
        ],
        queries=queries,
        kept_after=KEPT_AFTER,
        proposals=bool(proposals),
    )


def _only_waited_for(waiting: dict[str, int], there: list[Line]) -> list[Line]:
    """Return lines of the items for which people wait, though nothing else was counted of late."""
    items = sorted(waiting.keys() - {line.item for line in there}, key=lambda item: (-waiting[item], item))
    names = catalogue.item_names(set(items))
    return [Line(item=item, name=names[item]) for item in items]


def _days(text: str) -> int:
    return next((days for days in PERIODS if str(days) == text), USUAL)


def _proposals(items: set[str], request: ClerkRequest, today: date) -> dict[str, str]:
    """Return where each item that isn't on the province's list yet is proposed for it, for those who propose."""
    if Role.PROPOSE_LISTS not in request.clerk.roles or request.clerk.practice:
        return {}
    there = set(standing.standing_on(NEXT, today).values_list("item", flat=True))
    return {
        item: reverse("workbench:list-propose", args=[NEXT, item, "list"]) for item in items - there if item
    }

"""What can be done, and where: the first page, the items, the halls."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongban.catalogue import queries as catalogue
from tongban.lib.pages import page
from tongban.lists.queries import lists
from tongban.portal import halls, kept
from tongban.portal.zone_words import zone_says

MOST = 500


@require_safe
@kept.page()
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, and lead to one's case and to what can be done."""
    found = catalogue.search("", timezone.localdate(), limit=MOST)
    counts = Counter(each.theme for each in found)
    return page(
        request,
        "portal/home.html",
        zones=[(each.code, *zone_says(each)) for each in lists.lists()],
        ready=[each for each in found if each.offered],
        themes=[(code, name, counts[name]) for code, name in catalogue.themes() if counts[name]],
        listed=len(found),
    )


@require_safe
@kept.page()
def all_halls(request: HttpRequest) -> HttpResponse:
    """List the halls, city by city."""
    return page(request, "portal/halls.html", cities=halls.cities())

"""Items that are no more: where their old addresses lead."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from tongban.catalogue import queries as catalogue
from tongban.lib.pages import page
from tongban.lib.refusals import Missing


def ended(request: HttpRequest, code: str, day: date) -> HttpResponse | None:
    """Return where an ended item's address leads: on to its only successor, or to a page that names them all.

    None if the item hasn't ended.
    """
    try:
        standing = catalogue.standing(code, day)
    except Missing:
        return None
    if standing.state != "ended":
        return None
    successors = catalogue.successors(code)
    if len(successors) == 1:
        return HttpResponsePermanentRedirect(reverse("portal:item", args=[successors[0][0]]))
    name = catalogue.item_names({code})[code]
    status = 200 if successors else 410
    return page(
        request, "portal/ended.html", name=name, standing=standing, successors=successors, status=status
    )

"""Checking a document: whoever holds one learns whether it was issued here, and what it has to say."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongban.cases import actions
from tongban.cases.rules import reference
from tongban.lib.addresses import came_from
from tongban.lib.pages import page
from tongban.lib.refusals import Missing, Refused
from tongban.papers import queries as papers
from tongban.papers.queries import Checked
from tongban.papers.rules import read_number
from tongban.places import queries as places
from tongban.portal.forms import CheckForm
from tongban.portal.sign_in import private, too_often


@private
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Ask for number and check code, and tell about the document that they belong to."""
    if request.method != "POST":
        return page(request, "portal/check.html", form=CheckForm())
    form, at = CheckForm(request.POST), timezone.now()
    if not form.is_valid():
        return page(request, "portal/check.html", status=422, form=form)
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    named = reference.read_reference(number) or number
    keys = f"address:{came_from(request)}", f"document:{read_number(named)}"
    try:
        found = actions.guarded(lambda: papers.check(named, code), *keys, at=at)
    except Missing:
        form.add_error(None, _("No document with this number and this check code was issued here."))
        return page(request, "portal/check.html", status=422, form=form, unknown=True)
    except Refused as refused:
        return too_often(request, refused, at)
    return _told(request, found)


def _told(request: HttpRequest, found: Checked) -> HttpResponse:
    body = places.directory_now().offices.get(found.body)
    return page(
        request,
        "portal/checked.html",
        found=found,
        kind=found.kind.label,
        body=body.name if body else found.body,
        fingerprint=[found.sha256[start : start + 8] for start in range(0, 64, 8)],
    )

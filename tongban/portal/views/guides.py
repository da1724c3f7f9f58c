"""Guides: an item's three forms as pages and as PDF, and the flow charts by themselves."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Edition, Form, Guide
from tongban.lib.pages import page
from tongban.lib.refusals import Missing
from tongban.lists.queries import standing
from tongban.portal import kept
from tongban.portal.public import address, language
from tongban.portal.words import FORMS_OF_GUIDES

LANGUAGES = {"zh", "en"}


@require_safe
@kept.page()
def guide(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Show one form of an item's guide."""
    edition, made, forms = _made(code, form, language())
    return page(
        request,
        "portal/guide.html",
        edition=edition,
        guide=made,
        language=language(),
        chart=catalogue.guide_chart(made),
        others=[(each, FORMS_OF_GUIDES[each][0]) for each in forms] if len(forms) > 1 else [],
    )


@require_safe
@kept.page(plain=True)
def guide_pdf(request: HttpRequest, code: str, form: str, spoken: str, size: str) -> HttpResponse:
    """Answer with one form of an item's guide as PDF, in normal or large type."""
    edition, made, _forms = _made(code, form, spoken)
    here, large = address(request, "guide", code, form), size == "large"
    pdf = catalogue.guide_pdf(edition, made, timezone.localdate(), large=large, address=here)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{code}-{form}-{spoken}-{size}.pdf"'
    return answer


@require_safe
@kept.page(plain=True)
def chart(request: HttpRequest, code: str, form: str, spoken: str) -> HttpResponse:
    """Answer with the flow chart of one form as SVG."""
    _edition, made, _forms = _made(code, form, spoken)
    return HttpResponse(catalogue.guide_chart(made), content_type="image/svg+xml")


def forms_of(edition: Edition, day: date) -> tuple[Form, ...]:
    """Return the forms of guides that an item has, as the lists stand on a day."""
    return catalogue.guide_forms(edition, standing.modes(edition.item, day))


def _made(code: str, form: str, spoken: str) -> tuple[Edition, Guide, tuple[Form, ...]]:
    """Return the guide of the revision in force, and all forms that the item has.

    :raises Missing: if the item has no such form
    """
    today = timezone.localdate()
    edition = catalogue.in_force(code, today)
    forms = forms_of(edition, today)
    if form not in forms or spoken not in LANGUAGES:
        raise Missing
    stands = catalogue.standing(code, today)
    return edition, catalogue.guide(edition, Form(form), spoken, today, stands=stands), forms

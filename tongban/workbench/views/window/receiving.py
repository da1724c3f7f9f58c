"""Receiving what a draft holds, and the receipt (收件凭证) that says so: it's no acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from tongban.cases import actions as cases
from tongban.cases import queries
from tongban.cases.queries import CaseFile
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.papers import queries as papers
from tongban.workbench import words
from tongban.workbench.forms import lacking
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.papers import check_at
from tongban.workbench.views.window import drafts
from tongban.workbench.views.window.keeping import own, rule_of

CODE = "query-code"
"""Where the session keeps the code of the case received last: it's stored hashed, so nobody can look it up."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt's document and the file of its case."""

    paper: Any
    file: CaseFile


@sensitive_post_parameters()
@require_POST
@for_clerks
def receive(request: ClerkRequest, draft_id: UUID) -> HttpResponse:
    """Save the page and receive it; what is wrong is shown at its field. Pressed twice, it's received once."""
    version = None
    try:
        draft, wrong = drafts.keep_all(request, draft_id)
    except Refused as refused:
        if refused.code != "draft.received":
            raise
        wrong = {}
    else:
        version, wrong = draft.version, {**lacking(draft.data or {}, rule_of(draft)), **wrong}
    if wrong:
        return _say(request, draft_id, wrong)
    try:
        received = cases.receive(draft_id, by=request.clerk, at=timezone.now(), seen=version)
    except Invalid as invalid:
        return _say(request, draft_id, {invalid.field: invalid})
    except Refused as refused:
        if refused.code != "route.nobody":
            raise words.plain(refused) from refused
        return _say(request, draft_id, {"place": refused})
    _remember(request, received)
    return redirect("workbench:receipt", received.case)


def _say(request: ClerkRequest, draft_id: UUID, wrong: Mapping[str, Refused]) -> HttpResponse:
    """Show the page again with everything that is wrong, and what was typed."""
    errors = {name: words.say(each) for name, each in wrong.items()}
    typed = {name: str(value) for name, value in request.POST.items() if name in wrong}
    return drafts.show(request, own(draft_id, request.clerk), typed=typed, errors=errors, status=422)


def _remember(request: ClerkRequest, received: cases.Received) -> None:
    request.session[CODE] = {"case": str(received.case), "code": received.code}


def _code(request: ClerkRequest, case: UUID) -> str:
    kept = request.session.get(CODE) or {}
    return str(kept["code"]) if kept.get("case") == str(case) else ""


def _found(request: ClerkRequest, case: UUID) -> Receipt:
    """Return the receipt of a case.

    :raises Missing: if there is none that the clerk may see
    """
    found = next((each for each in papers.papers_of(case) if each.kind == "receipt"), None)
    if found is None or found.part is None:
        raise Missing
    file = queries.load(found.part, request.clerk, at=timezone.now())
    if file.watching:
        raise Missing
    return Receipt(found, file)


def _once(request: ClerkRequest, file: CaseFile) -> dict[str, str]:
    """Return what the receipt shows but nobody keeps: the code, and the address that carries it in its fragment."""
    code, check = _code(request, file.case.id), check_at(request)
    if not code:
        return check
    url = request.build_absolute_uri(reverse("portal:track"))
    track_url = f"{url}#c={file.case.reference}&k={code}"
    return {**check, "query_code": code, "query_page": url.partition("://")[2], "track_url": track_url}


@never_cache
@require_GET
@for_clerks
def receipt(request: ClerkRequest, case: UUID) -> HttpResponse:
    """Show the receipt as it will be printed, and what comes next."""
    found = _found(request, case)
    once = _once(request, found.file)
    sheet = papers.html_context(found.paper.id, once)
    verbs = {step.verb for step in found.file.steps}
    return page(
        request,
        "workbench/window/receipt.html",
        section="window",
        practice=found.file.case.practice,
        file=found.file,
        sheet=sheet,
        track=_drawing(sheet.track_svg),
        verify=_drawing(sheet.verify_svg),
        code=once.get("query_code", ""),
        may_ask="ask" in verbs,
        may_settle="settle" in verbs,
        may_offer=any(move.verb == "offer" for move in found.file.moves),
    )


def _drawing(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 — drawn by segno from our own address


@require_GET
@for_clerks
def receipt_pdf(request: ClerkRequest, case: UUID) -> HttpResponse:
    """Send the receipt as PDF, with the query code as long as it's known."""
    found = _found(request, case)
    answer = HttpResponse(
        papers.pdf(found.paper.id, _once(request, found.file)), content_type="application/pdf"
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = f'inline; filename="{found.paper.number}.pdf"'
    return answer


@require_POST
@for_clerks
def renew_code(request: ClerkRequest, case: UUID) -> HttpResponse:
    """Give the case a new query code; the old one opens nothing any more."""
    _remember(request, cases.renew_code(case, by=request.clerk, at=timezone.now()))
    messages.success(request, _("There is a new query code. The old one opens nothing any more."))
    return redirect("workbench:receipt", case)


@require_POST
@for_clerks
def offer(request: ClerkRequest, case: UUID) -> HttpResponse:
    """Offer the file to the deciding place as it is."""
    found = _found(request, case)
    cases.offer(found.file.part.id, by=request.clerk, at=timezone.now())
    messages.success(request, _("The file is offered to the deciding place as it is."))
    return redirect("workbench:receipt", case)

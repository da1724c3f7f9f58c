"""Documents that were issued, as pages to read and print, and as PDF."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from tongban.cases import queries
from tongban.lib.pages import page
from tongban.lib.refusals import Missing
from tongban.papers import queries as papers
from tongban.workbench.sign_in import ClerkRequest, for_clerks


@require_safe
@for_clerks
def paper(request: ClerkRequest, paper_id: UUID) -> HttpResponse:
    """Show the document as it was issued."""
    file, found = _seen(request, paper_id)
    return sheet_page(request, found.id, "workbench/desk/paper.html", file=file, practice=file.case.practice)


@require_safe
@for_clerks
def paper_pdf(request: ClerkRequest, paper_id: UUID) -> HttpResponse:
    """Return the document as PDF, the same bytes every time."""
    _file, found = _seen(request, paper_id)
    return sheet_pdf(request, found.id)


def sheet_page(request: ClerkRequest, paper_id: UUID, template: str, **values: Any) -> HttpResponse:
    """Return a page that shows a document, which the clerk may see."""
    sheet = papers.html_context(paper_id, check_at(request))
    answer = page(
        request,
        template,
        sheet=sheet,
        # Our own drawing of our own address, made by segno.
        verify=mark_safe(sheet.verify_svg),  # noqa: S308
        track=mark_safe(sheet.track_svg),  # noqa: S308
        **values,
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def sheet_pdf(request: ClerkRequest, paper_id: UUID) -> HttpResponse:
    """Return the PDF of a document that the clerk may see."""
    found = papers.paper(paper_id)
    answer = HttpResponse(papers.draw(found, check_at(request)), content_type="application/pdf")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = f'inline; filename="{found.kind}-{found.id}.pdf"'
    return answer


def check_at(request: ClerkRequest) -> dict[str, str]:
    """Return the address at which anybody can check a document, to be printed with it."""
    return {"verify_page": request.build_absolute_uri(reverse("portal:check"))}


def _seen(request: ClerkRequest, paper_id: UUID) -> tuple[queries.CaseFile, Any]:
    """Return the document and the file that it belongs to.

    :raises Missing: if there is none, or it belongs to a case that the clerk may not know of, or only watches over
    """
    found = papers.paper(paper_id)
    if found.part is None:
        raise Missing
    file = queries.load(found.part, request.clerk, at=timezone.now())
    if file.case.id != found.subject or file.watching:
        raise Missing
    return file, found

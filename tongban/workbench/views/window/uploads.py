"""Pages of a material: taken in through the gate, shown as marked copies, put in order, removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tongban.catalogue.rules import Material, Rule
from tongban.files import actions as gate
from tongban.files import queries as files
from tongban.lib.actors import Clerk
from tongban.lib.pages import page as render
from tongban.lib.refusals import Invalid, Missing
from tongban.workbench import words
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.copies import copy_of, marks
from tongban.workbench.views.window.keeping import Draft, Page, keep, own, rule_of
from tongban.workbench.views.window.shown import page as shown_page
from tongban.workbench.views.window.shown import trust_of

PAGES = 60
FIELD = "pages."


def take_in(request: ClerkRequest, wrong: dict[str, Invalid]) -> dict[str, list[str]]:
    """Return the hashes of the files that the page posted, by material; what the gate refused is noted."""
    found: dict[str, list[str]] = {}
    for name in request.FILES:
        code = name.removeprefix(FIELD)
        for file in request.FILES.getlist(name) if name.startswith(FIELD) else ():
            try:
                found.setdefault(code, []).append(_store(file, request.clerk))
            except Invalid as invalid:
                wrong[f"enclosed.{code}"] = invalid
    return found


@transaction.atomic
def _store(file: UploadedFile[bytes], by: Clerk) -> str:
    stored = gate.store(
        file,
        declared_name=file.name or "",
        declared_type=file.content_type or "",
        by=by,
        at=timezone.now(),
    )
    return stored.sha256


@require_POST
@for_clerks
def upload(request: ClerkRequest, draft_id: UUID, material: str) -> HttpResponse:
    """Take in one page, in the place of another if it says so."""
    _material(own(draft_id, request.clerk), material)
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"message": words.say(Invalid("file.empty", "file"))}, status=422)
    try:
        sha = _store(file, request.clerk)
    except Invalid as invalid:
        return JsonResponse({"message": words.say(invalid)}, status=422)
    replaced = request.POST.get("replaces", "")

    def put(pages: list[str]) -> list[str]:
        return [sha if each == replaced else each for each in pages] if replaced in pages else [*pages, sha]

    page = Page.of(request)
    draft = _change(request, draft_id, material, put, page)
    return JsonResponse({"id": sha, "remove": shown_page(draft, material, sha, page.token)["remove"]})


def _material(draft: Draft, code: str) -> Material:
    found = rule_of(draft).material(code)
    if found is None:
        raise Missing
    return found


def _pages(data: Mapping[str, Any], code: str) -> list[str]:
    return list(((data.get("enclosed") or {}).get(code) or {}).get("pages", ()))


def _change(request: ClerkRequest, draft_id: UUID, code: str, change: Any, page: Page) -> Draft:
    """Save the material's pages as the change leaves them, each once."""

    def changed(data: Mapping[str, Any], rule: Rule) -> Mapping[str, Any]:
        pages = [*dict.fromkeys(change(_pages(data, code)))][:PAGES]
        enclosed = data.get("enclosed") or {}
        return {**data, "enclosed": {**enclosed, code: {**(enclosed.get(code) or {}), "pages": pages}}}

    return keep(draft_id, changed, by=request.clerk, page=page)


@require_POST
@for_clerks
def remove(request: ClerkRequest, draft_id: UUID, material: str, sha: str) -> HttpResponse:
    """Take a page out of the draft; the file itself stays until nothing needs it."""
    page = Page.of(request)
    _change(request, draft_id, material, lambda pages: [each for each in pages if each != sha], page)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({})
    return redirect("workbench:arrange", draft_id, material)


@require_POST
@for_clerks
def earlier(request: ClerkRequest, draft_id: UUID, material: str, sha: str) -> HttpResponse:
    """Put a page before the one that stands before it."""

    def change(pages: list[str]) -> list[str]:
        at = pages.index(sha) if sha in pages else 0
        return [*pages[: at - 1], sha, pages[at - 1], *pages[at + 1 :]] if at else pages

    _change(request, draft_id, material, change, Page.of(request))
    return redirect("workbench:arrange", draft_id, material)


@require_GET
@for_clerks
def arrange(request: ClerkRequest, draft_id: UUID, material: str) -> HttpResponse:
    """Show a material's pages large, with what is known of each file, to be put in order or removed."""
    draft = own(draft_id, request.clerk)
    found = _material(draft, material)
    hashes = _pages(draft.data or {}, material)
    known = files.files(hashes)
    how = (((draft.data or {}).get("enclosed") or {}).get(material) or {}).get("how", "")
    pages = [(shown_page(draft, material, sha), known[sha]) for sha in hashes if sha in known]
    return render(
        request,
        "workbench/window/pages.html",
        section="window",
        draft=draft,
        material=found,
        trust=str(trust_of(found, how)),
        pages=pages,
        back=f"{reverse('workbench:draft', args=[draft.id])}#material-{material}",
    )


@require_GET
@for_clerks
def draft_page(request: ClerkRequest, draft_id: UUID, material: str, sha: str) -> HttpResponse:
    """Send a marked copy of a draft's page to the clerk whose draft it is."""
    draft = own(draft_id, request.clerk)
    if sha not in _pages(draft.data or {}, material):
        raise Missing
    each = draft.data["enclosed"][material] if draft.data else {}
    purpose, note = marks(request, rule_of(draft).name.zh, seen=each.get("how") == "seen")
    return copy_of(request, sha, purpose, note)

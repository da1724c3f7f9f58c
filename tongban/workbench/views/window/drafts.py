"""The one page of a draft: shown, saved by itself and by its button, resumed from the list, thrown away."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from tongban.cases import actions as cases
from tongban.cases import queries
from tongban.catalogue import queries as catalogue
from tongban.catalogue.rules import Rule
from tongban.lib.pages import page
from tongban.lib.personal import mask_name
from tongban.lib.refusals import Invalid, Missing
from tongban.lib.texts import Text
from tongban.places import queries as places
from tongban.workbench import words
from tongban.workbench.forms import DraftForm, flat, lacking, put
from tongban.workbench.forms.put import seen
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.window import shown
from tongban.workbench.views.window.keeping import Draft, Page, keep, own, rule_of
from tongban.workbench.views.window.uploads import take_in

ALWAYS = {"csrfmiddlewaretoken", "version", "page"}


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft in the list."""

    id: UUID
    item: Text
    applicant: str
    saved_at: datetime


@require_GET
@for_clerks
def drafts(request: ClerkRequest) -> HttpResponse:
    """Show the clerk's open drafts."""
    rows = [
        Begun(
            id=row.id,
            item=catalogue.edition(row.revision_id).rule.name,
            applicant=mask_name(((row.data or {}).get("applicant") or {}).get("name", "")),
            saved_at=row.saved_at,
        )
        for row in queries.drafts(request.clerk)
    ]
    return page(request, "workbench/window/drafts.html", section="drafts", rows=rows)


@never_cache
@require_GET
@for_clerks
def draft(request: ClerkRequest, draft_id: UUID) -> HttpResponse:
    """Show the draft's page; one that was received leads to its receipt."""
    found: Draft = queries.draft(draft_id, request.clerk)
    if found.received_at:
        return redirect("workbench:receipt", draft_id)
    return show(request, found)


def show(
    request: ClerkRequest,
    found: Draft,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page, with what is wrong in words if it was tried to be received."""
    token = secrets.token_urlsafe(6)
    directory = shown.directory()
    asked = request.GET.get("place", "")[:40]
    return page(
        request,
        "workbench/window/draft.html",
        section="window",
        token=token,
        it=shown.shown(found, directory, token=token, typed=typed, errors=errors),
        windows=_windows(found, request),
        asked_place=asked,
        candidates=[
            (place, office, _above(directory, place.parent))
            for place in directory.search(asked, 8)
            if (office := shown.decides(directory, catalogue.edition(found.revision_id), place.code))
        ],
        status=status,
    )


def _above(directory: Any, parent: str) -> Text:
    return directory.places[parent].name if parent in directory.places else Text("")


def _windows(found: Draft, request: ClerkRequest) -> list[tuple[str, str]]:
    """Return the windows to choose from without script: the chosen one and this one."""
    chosen = ((found.data or {}).get("wish") or {}).get("window", "")
    here = request.at_work.window
    known = _window(chosen) if chosen and chosen != request.clerk.window else None
    return [(each.code, window_words(each)) for each in (known, here) if each]


def _window(code: str) -> Any:
    """Return a window; nothing for one that there isn't, or isn't any more: another is chosen on the page."""
    try:
        return places.window(code)
    except Missing:
        return None


def window_words(window: Any) -> str:
    """Return a window as a list shows it: its hall and number."""
    return _("%(hall)s · window %(number)s") % {"hall": window.hall.name, "number": window.number}


@sensitive_post_parameters()
@require_POST
@for_clerks
def save(request: ClerkRequest, draft_id: UUID) -> HttpResponse:
    """Save everything on the page, files included, by its button: what works without script."""
    _draft, wrong = keep_all(request, draft_id)
    for invalid in wrong.values():
        messages.error(request, words.say(invalid))
    here = reverse("workbench:draft", args=[draft_id])
    asked = request.POST.get("place_words", "").strip()
    chosen = len(request.POST.getlist("place")) > 1
    if asked and asked != request.POST.get("place_was", "") and not chosen:
        return redirect(f"{here}?{urlencode({'place': asked[:40]})}#place")
    return redirect(f"{here}#{'materials' if request.POST.get('all') else 'main'}")


def keep_all(request: ClerkRequest, draft_id: UUID) -> tuple[Draft, dict[str, Invalid]]:
    """Save what the whole page posted, and return the draft and what could not be kept, by field."""
    wrong: dict[str, Invalid] = {}
    pages = take_in(request, wrong)

    def change(kept: Mapping[str, Any], rule: Rule) -> Mapping[str, Any]:
        data, found = put(kept, _typed(request), rule)
        wrong.update(found)
        for code, added in pages.items():
            if rule.material(code):
                data["enclosed"] = _with_pages(data.get("enclosed") or {}, code, added)
        return seen(data, rule) if request.POST.get("all") else data

    return keep(draft_id, change, by=request.clerk, page=Page.of(request)), wrong


def _with_pages(enclosed: Mapping[str, Any], code: str, added: list[str]) -> dict[str, Any]:
    each = enclosed.get(code) or {}
    return {**enclosed, code: {**each, "pages": [*dict.fromkeys([*each.get("pages", ()), *added])]}}


def _typed(request: ClerkRequest) -> dict[str, str]:
    """Return what was typed; the place is kept only if it was chosen, not if words for it were typed."""
    return {name: str(value) for name, value in request.POST.items() if name not in ALWAYS}


@sensitive_post_parameters()
@require_POST
@for_clerks
def autosave(request: ClerkRequest, draft_id: UUID) -> HttpResponse:
    """Save what changed, and answer with what follows from it: what is lacking, asked for, found."""
    wrong: dict[str, Invalid] = {}
    typed = _typed(request)

    def change(kept: Mapping[str, Any], rule: Rule) -> Mapping[str, Any]:
        data, found = put(kept, typed, rule)
        wrong.update(found)
        return data

    saved = keep(draft_id, change, by=request.clerk, page=Page.of(request))
    return JsonResponse(_answer(request, saved, typed, wrong))


def _answer(
    request: ClerkRequest, saved: Draft, typed: Mapping[str, str], wrong: Mapping[str, Invalid]
) -> dict[str, Any]:
    """Return the answer to a page that saved itself: errors only where something was typed."""
    data, rule = saved.data or {}, rule_of(saved)
    lacks = lacking(data, rule)
    values = flat(data)
    errors = {
        name: words.say(fault)
        for name, fault in {**lacks, **wrong}.items()
        if name in wrong or (name in typed and values.get(name))
    }
    form = DraftForm(rule, values)
    materials = shown.materials(saved, form)
    edition = catalogue.edition(saved.revision_id)
    found = {"lacking": shown.lacks(form, data, edition), "unscanned": shown.unscanned(form, materials)}
    context = {"it": {**found, "edition": edition, "draft": saved}}
    parts: dict[str, str] = {"summary": render_to_string("workbench/window/summary.html", context, request)}
    parts |= {f"trust-{each.material.code}": _trust(each) for each in materials}
    if "place" in typed:
        parts["deciding"] = _deciding(request, saved)
    return {
        "saved_at": timezone.localtime(saved.saved_at).strftime("%H:%M:%S"),
        "version": saved.version,
        "errors": errors,
        "asked": [each.material.code for each in materials if each.applies],
        "shown": parts,
    }


def _trust(each: shown.Asked) -> str:
    return render_to_string("workbench/window/trust.html", {"trust": str(each.trust)})


def _deciding(request: ClerkRequest, saved: Draft) -> str:
    edition, place = catalogue.edition(saved.revision_id), (saved.data or {}).get("place", "")
    deciding = shown.Deciding.of(edition, shown.directory(), place)
    return render_to_string("workbench/window/deciding.html", {"deciding": deciding}, request)


@require_POST
@for_clerks
def discard(request: ClerkRequest, draft_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    cases.discard(draft_id, by=request.clerk)
    messages.success(request, _("The draft and everything in it are gone."))
    return redirect("workbench:drafts")


@require_GET
@for_clerks
def places_json(request: ClerkRequest, draft_id: UUID) -> HttpResponse:
    """Answer the picker of places: those for which a body decides this item, with its name."""
    edition = catalogue.edition(own(draft_id, request.clerk).revision_id)
    directory = shown.directory()
    results = [
        {
            "value": place.code,
            "label": str(place.name),
            "hint": f"{_above(directory, place.parent)} · {office.name}",
        }
        for place in directory.search(request.GET.get("q", "")[:40], 12)
        if (office := shown.decides(directory, edition, place.code))
    ]
    return JsonResponse({"results": results})


@require_GET
@for_clerks
def windows_json(request: ClerkRequest) -> HttpResponse:
    """Answer the picker of windows: the special window of each hall in the places that the words name."""
    results = []
    for place in places.regions_search(request.GET.get("q", "")[:40], 3):
        for hall in places.halls_in(place.code)[:2]:
            for window in places.windows_of(hall.code)[:1]:
                label = f"{hall.name} · {window.number}"
                results.append({"value": window.code, "label": label, "hint": hall.address})
    return JsonResponse({"results": results})

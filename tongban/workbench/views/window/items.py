"""The start of receiving: finding the item, and beginning a draft under its rule in force."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tongban.cases import actions as cases
from tongban.cases import queries
from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Edition, Found
from tongban.lib.actors import Clerk
from tongban.lib.pages import page
from tongban.lib.refusals import NotAllowed
from tongban.lib.texts import Text
from tongban.lists.queries import search as searching
from tongban.lists.queries.search import Filters
from tongban.lists.rules.said import said
from tongban.workbench.sign_in import ClerkRequest, for_clerks

MANY, SHOWN = 500, 60


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one theme."""

    name: Text
    items: list[Found] = field(default_factory=list)


@require_GET
@for_clerks
def window(request: ClerkRequest) -> HttpResponse:
    """Show the search for an item, and what was found: without words all that can be received, by theme."""
    require_receiver(request.clerk)
    words, theme = request.GET.get("q", "").strip()[:60], request.GET.get("theme", "")
    today = timezone.localdate()
    found = _found(words, today, theme=theme, limit=SHOWN if words or theme else MANY)
    if not words and not theme:
        found = [item for item in found if item.complete]
    themes = catalogue.themes()
    return page(
        request,
        "workbench/window/items.html",
        section="window",
        words=words,
        theme=theme,
        themes=themes,
        groups=_grouped(found, [name.zh for _code, name in themes]),
        counts_of_items=catalogue.counts(),
        begun=queries.drafts(request.clerk, limit=1),
    )


def require_receiver(clerk: Clerk) -> None:
    """Let pass only posts that receive.

    :raises NotAllowed: for others
    """
    if "receive" not in clerk.roles:
        raise NotAllowed


def _found(words: str, day: date, *, theme: str = "", limit: int) -> list[Found]:
    """Return what has the words in its name, code or initials, as ever first; then what else they may mean."""
    plain = catalogue.search(words, day, theme=theme, limit=limit)
    if not words:
        return plain
    known = {item.code for item in plain}
    more = [
        replace(hit.found, why=said(hit.reasons[0], hit.found.name) if hit.reasons else "")
        for hit in searching.search(words, day, Filters(theme=theme), limit=limit).hits
        if hit.sure and hit.found.code not in known
    ]
    return [*plain, *sorted(more, key=lambda item: not item.complete)][:limit]


def _grouped(found: list[Found], order: list[str]) -> list[Group]:
    """Return what was found by theme, in the themes' order."""
    groups: dict[str, Group] = {}
    for item in found:
        groups.setdefault(item.theme.zh, Group(item.theme)).items.append(item)
    return sorted(groups.values(), key=lambda group: order.index(group.name.zh))


@require_GET
@for_clerks
def items_json(request: ClerkRequest) -> HttpResponse:
    """Answer the picker: items that can be received, then those of which only the entry is known."""
    words = request.GET.get("q", "").strip()[:60]
    found = _found(words, timezone.localdate(), limit=12) if words else []
    return JsonResponse({"results": [_result(item) for item in found]})


def _result(item: Found) -> dict[str, str]:
    if item.complete:
        hint = " · ".join(filter(None, (item.why, str(item.theme), str(item.department))))
        return {"value": item.code, "label": str(item.name), "hint": hint}
    url = f"{reverse('workbench:window')}?q={item.code}"
    return {
        "value": "",
        "label": str(item.name),
        "hint": _("entry only: cannot be received here"),
        "url": url,
    }


@require_POST
@for_clerks
def begin(request: ClerkRequest) -> HttpResponse:
    """Begin a draft of an item under the revision in force."""
    require_receiver(request.clerk)
    item = request.POST.get("code", "")
    if not item:
        return redirect(f"{reverse('workbench:window')}?q={request.POST.get('q', '')}")
    edition = catalogue.in_force(item, timezone.localdate())
    draft = cases.start(edition, by=request.clerk, at=timezone.now(), data=_prefilled(edition, request.clerk))
    return redirect("workbench:draft", draft.id)


def _prefilled(edition: Edition, clerk: Clerk) -> dict[str, object]:
    """Return what is known before anything is typed: the only subject, the usual way of delivery, this window."""
    rule = edition.rule
    data: dict[str, object] = {"wish": {"way": rule.deliver[0], "window": clerk.window}}
    if len(rule.subjects) == 1:
        kind = "credit-code" if rule.subjects == ("company",) else "resident"
        data |= {"subject": rule.subjects[0], "applicant": {"number_kind": kind}}
    return data

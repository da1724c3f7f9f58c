"""The desk: lists of what lies before a clerk, steps taken with many at once, and looking up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from tongban.cases import actions, queries
from tongban.cases.queries import Desk
from tongban.cases.queries.desk_lines import MANY
from tongban.cases.rules import reference
from tongban.lib.actors import Clerk
from tongban.lib.pages import page
from tongban.lib.refusals import Missing, NotAllowed, Refused
from tongban.workbench import vocabulary
from tongban.workbench.casting import Casting
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.desk_lacking import many_lacking
from tongban.workbench.views.desk_rows import set_out, state_tag, waiting_first
from tongban.workbench.views.parts_moved import why

MOST = 100
"""How many parts one step may take at once: four pages of the list."""

BULK: Mapping[str, Callable[..., object]] = {
    "take-over": actions.take_over_all,
    "accept": actions.accept_all,
    "grant": actions.grant_all,
}
LOOKED_AT = frozenset({"accept", "grant"})
"""Those that say first which files lack something."""

OFFERED = {"incoming": ("take-over",), "in-hand": ("accept", "grant"), "review": ("grant",)}
"""Which of these a list offers."""

EMPTY = {
    "incoming": (
        gettext_lazy("Nothing is offered to you"),
        gettext_lazy("What other windows receive for your body appears here, to be taken over."),
    ),
    "in-hand": (
        gettext_lazy("Nothing is in your hands"),
        gettext_lazy("Look under Incoming: what you take over there comes here."),
    ),
    "review": (
        gettext_lazy("Nothing is being examined"),
        gettext_lazy("Cases come here once they are accepted."),
    ),
    "waiting": (
        gettext_lazy("Nobody is waited for"),
        gettext_lazy(
            "Cases whose applicant has something to bring, or whose clock stands still, are kept here."
        ),
    ),
    "sent": (
        gettext_lazy("Nothing of yours lies elsewhere"),
        gettext_lazy("What you receive for other places stays visible here until it is closed there."),
    ),
    "practice": (
        gettext_lazy("No practice case yet"),
        gettext_lazy("Receive one at the window: real rules, made-up people. You then play both sides here."),
    ),
    "closed": (
        gettext_lazy("Nothing was closed yet"),
        gettext_lazy("Closed cases stay here, the last first."),
    ),
}


@require_safe
@for_clerks
def desk(request: ClerkRequest, tab: str = "in-hand") -> HttpResponse:
    """Show one of the lists, most urgent first."""
    found = queries.desk(request.clerk, tab, at=timezone.now(), after=request.GET.get("after", ""))
    return _show(request, found)


def _show(
    request: ClerkRequest,
    found: Desk,
    *,
    status: int = 200,
    chosen: Collection[UUID] = (),
    **more: Any,
) -> HttpResponse:
    practice, tab = request.clerk.practice, found.tab
    cast = Casting(request, "workbench/desk/desk.html", plain=bool(more))
    counts = {} if practice else {each: cast.put(each, _many(count)) for each, count in found.counts.items()}
    bulk = _bulk(request.clerk, tab)
    rows = cast.put("rows", set_out(waiting_first(found.rows), choose=bool(bulk), chosen=chosen))
    here = reverse("workbench:desk", args=[tab])
    older = cast.put("older", f"{here}?after={found.after}" if found.after else "")

    def values() -> dict[str, Any]:
        title, hint = EMPTY["practice" if practice else tab]
        return {
            "desk": found,
            "rows": rows,
            "counts": counts,
            "section": tab,
            "tabs": [
                (reverse("workbench:desk", args=[each]), vocabulary.TABS[each], each == tab, counts.get(each))
                for each in queries.TABS
            ],
            "title": vocabulary.TABS[tab],
            "bulk": _buttons(bulk),
            "empty_title": title,
            "empty_hint": hint,
            "first": here if found.earlier else "",
            "older": older,
            **more,
        }

    return cast.page(tab, found.today, found.urged, found.earlier, values=values, status=status)


def _many(count: int) -> str:
    return f"{MANY - 1}+" if count >= MANY else str(count)


def _bulk(by: Clerk, tab: str) -> list[str]:
    """Return what can be done with many rows."""
    offered = BULK if by.practice else OFFERED.get(tab, ())
    return [verb for verb in offered if verb == "take-over" or by.practice or "handle" in by.roles]


def _buttons(verbs: list[str]) -> list[tuple[str, str, str, str]]:
    """Return each of these with its words, icon and key."""
    return [
        (verb, str(vocabulary.STEPS[verb]), vocabulary.ICONS[verb], vocabulary.KEYS[verb]) for verb in verbs
    ]


@require_POST
@for_clerks
def many(request: ClerkRequest) -> HttpResponse:
    """Take one step with all chosen parts or, if one of them can't take it, with none."""
    verb, tab = request.POST.get("verb", ""), request.POST.get("tab", "")
    chosen = _chosen(request.POST.getlist("part"))
    if verb not in BULK or not chosen:
        messages.warning(
            request, _("Choose one or more cases first: with the boxes, or with X on the keyboard.")
        )
        return redirect("workbench:desk", tab if tab in queries.TABS else "in-hand")
    if (
        verb in LOOKED_AT
        and "sure" not in request.POST
        and (lacking := queries.incomplete(request.clerk, chosen))
    ):
        return many_lacking(request, verb, tab, chosen, lacking)
    try:
        done = BULK[verb](chosen, by=request.clerk, at=timezone.now(), seen=chosen)
    except (Refused, NotAllowed, Missing) as error:
        return _nothing_done(request, verb, tab, chosen, error)
    assert isinstance(done, list)
    messages.success(request, _done(verb, len(done)))
    return redirect("workbench:desk", tab if tab in queries.TABS else "in-hand")


def _chosen(typed: list[str]) -> dict[UUID, int]:
    """Return the parts that were chosen, each with the version that the page showed."""
    pairs = [each.partition(".") for each in typed[:MOST]]
    try:
        return {UUID(part): int(version) for part, _dot, version in pairs}
    except ValueError:
        raise Missing from None


def _done(verb: str, count: int) -> str:
    said = ngettext("%(step)s: %(count)d case.", "%(step)s: %(count)d cases.", count)
    return said % {"step": vocabulary.HAPPENED[verb], "count": count}


def _nothing_done(
    request: ClerkRequest, verb: str, tab: str, chosen: Collection[UUID], error: Exception
) -> HttpResponse:
    """Show the list anew with what stands in the way; parts that nobody here may know of don't exist."""
    at = timezone.now()
    known = [file for part in chosen if (file := _file(part, request.clerk, at))]
    if not known:
        raise Missing
    stuck = [file for file in known if verb not in _open(file)]
    said = why(error) if isinstance(error, Refused) else _("Not every one of them lies before you any more.")
    found = queries.desk(request.clerk, tab, at=at)
    return _show(
        request,
        found,
        status=409,
        why="" if stuck else said,
        refused=vocabulary.STEPS[verb],
        stuck=[_in_the_way(file) for file in stuck],
        chosen=chosen,
    )


def _open(file: queries.CaseFile) -> set[str]:
    return {step.verb for step in file.steps} | {move.verb for move in file.moves}


def _file(part: UUID, by: Clerk, at: Any) -> queries.CaseFile | None:
    try:
        return queries.load(part, by, at=at)
    except Missing:
        return None


def _in_the_way(file: queries.CaseFile) -> dict[str, object]:
    last = file.history[-1]
    return {
        "url": reverse("workbench:part", args=[file.part.id]),
        "reference": file.case.reference,
        "state": state_tag(file.state),
        "last": vocabulary.HAPPENED.get(last.verb, last.verb),
        "who": last.who,
        "when": last.at,
    }


@for_clerks
def search(request: ClerkRequest) -> HttpResponse:
    """Look a case up by its reference, or all cases of an applicant by identity number, which is only ever posted."""
    typed = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()[:60]
    number = bool(typed) and not reference.read_reference(typed)
    if request.method != "POST" and number:
        # A number in an address would stay in histories and logs: it's typed again, and posted.
        return redirect("workbench:search")
    rows = queries.search(request.clerk, typed, at=timezone.now()) if typed else []
    if len(rows) == 1 and not number:
        return redirect("workbench:part", rows[0].id)
    return page(
        request,
        "workbench/desk/search.html",
        rows=set_out(rows),
        posted=bool(typed),
        found_by="" if number else typed,
        section="search",
    )

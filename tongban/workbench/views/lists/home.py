"""The lists: what stands, what is under way, what is due; one list on any day; coverage."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tongban.catalogue import queries as catalogue
from tongban.lists.queries import lists as queries
from tongban.lists.queries.coverage import coverage as covered
from tongban.places.rules import Role
from tongban.workbench import list_words as said
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.lists.common import asked, day_asked, shown, state_tag, today


def keeps(request: ClerkRequest) -> bool:
    """Return whether who is at work proposes changes."""
    return Role.PROPOSE_LISTS in request.clerk.roles and not request.clerk.practice


def reviews(request: ClerkRequest) -> bool:
    """Return whether who is at work reviews them."""
    return Role.REVIEW_LISTS in request.clerk.roles and not request.clerk.practice


@require_safe
@for_clerks
def home(request: ClerkRequest) -> HttpResponse:
    """Show the lists with their batches, and the changes that wait for a step."""
    day = today()
    lists = [(each, queries.batches(each.code, day)) for each in queries.lists()]
    waiting = queries.under_way(request.clerk)
    names = catalogue.item_names({change.entry.item_id for change in waiting})
    rows = [
        (
            change,
            names[change.entry.item_id],
            said.KINDS[change.kind],
            state_tag(change.state, said.CHANGE_STATES),
        )
        for change in waiting
    ]
    return shown(request, "home", lists=lists, waiting=rows, keeps=keeps(request), reviews=reviews(request))


@require_safe
@for_clerks
def one(request: ClerkRequest, code: str) -> HttpResponse:
    """Show a list as it stood on a day."""
    found, day = queries.one(code), day_asked(request)
    batch, mode = asked(request, "batch"), asked(request, "mode")
    wanted = queries.Filter(batch=batch, mode=mode)
    part = queries.as_on(code, day, wanted, after=asked(request, "after"))
    keep = f"?on={day.isoformat()}&batch={batch}&mode={mode}&after="
    return shown(
        request,
        "list",
        list=found,
        day=day,
        today=today(),
        rows=[(row, modes(row.says.modes)) for row in part.rows],
        older=f"{keep}{part.after}" if part.after else "",
        batches=queries.batches(code, day),
        batch=batch,
        mode=mode,
        modes=said.MODES.items(),
        states=queries.states(code)[:12],
        keeps=keeps(request),
    )


def modes(codes: tuple[str, ...]) -> list[Any]:
    """Return modes in words."""
    return [said.MODES.get(code, code) for code in codes]


@require_safe
@for_clerks
def coverage(request: ClerkRequest) -> HttpResponse:
    """Show of all items and counties how many are served by each scope, and what isn't online."""
    found = covered(today())
    rows = [(said.SCOPES[row.scope], row) for row in found.rows]
    return shown(request, "coverage", "coverage", coverage=found, rows=rows)

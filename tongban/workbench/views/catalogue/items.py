"""The items with their revisions side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tongban.catalogue import actions, rules
from tongban.catalogue import queries as catalogue_queries
from tongban.catalogue.queries import Account, Side
from tongban.lib.pages import page
from tongban.lib.refusals import Missing
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.catalogue import words
from tongban.workbench.views.catalogue.recalling import recallable

MOST = 500


@require_GET
@for_clerks
def catalogue(request: ClerkRequest) -> HttpResponse:
    """Show what waits for the clerk's body, and the items."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    found = catalogue_queries.search(typed, timezone.localdate(), limit=MOST)
    waiting = catalogue_queries.waiting(request.clerk)
    return page(
        request,
        "workbench/catalogue/list.html",
        section="catalogue",
        typed=typed,
        found=[each for each in found if each.complete],
        waiting=[(each, words.CHANGES[each.kind], words.STATES[each.state]) for each in waiting],
    )


@require_GET
@for_clerks
def item(request: ClerkRequest, code: str) -> HttpResponse:
    """Show an item: its base facts, its standing, its revisions side by side, and what can be done with it."""
    today = timezone.localdate()
    account = catalogue_queries.account(code, request.clerk, today)
    return page(
        request,
        "workbench/catalogue/item.html",
        section="catalogue",
        it=account,
        sides=[(side, words.STATES[side.state]) for side in account.sides],
        standing=words.STATES.get(account.standing.state),
        changes=[(each, words.CHANGES[each.kind], words.STATES[each.state]) for each in account.changes],
        kinds=_kinds(account),
        recallable=recallable(account, today)[0],
        beside=[
            (words.INSTRUCTIONS[each.kind], each) for each in catalogue_queries.instructions(code, today)
        ],
    )


def _kinds(account: Account) -> list[tuple[str, Any]]:
    """Return the changes of standing that can be proposed as the item stands."""
    if not account.may_edit or account.standing.state == "ended":
        return []
    first = "suspend" if account.standing.is_open else "resume"
    return [(kind, words.CHANGES[kind]) for kind in (first, "end", "split", "merge")]


@require_POST
@for_clerks
def start(request: ClerkRequest, code: str) -> HttpResponse:
    """Begin a draft of the item's next revision."""
    row = actions.start(code, by=request.clerk, at=timezone.now())
    return redirect("workbench:catalogue-draft", row.id)


@require_GET
@for_clerks
def revision(request: ClerkRequest, code: str, number: int) -> HttpResponse:
    """Show what one revision says, at an address that stays."""
    account = catalogue_queries.account(code, request.clerk, timezone.localdate())
    side = side_of(account, str(number))
    return page(
        request,
        "workbench/catalogue/revision.html",
        section="catalogue",
        it=account,
        side=side,
        state=words.STATES[side.state],
        rule=rules.read(side.content),
        title=_("Revision %(number)s") % {"number": number},
    )


def side_of(account: Account, token: str) -> Side:
    """Return one of the sides by what names it in an address.

    :raises Missing: if there is none
    """
    found = next((side for side in account.sides if side.token == token), None)
    if found is None:
        raise Missing
    return found

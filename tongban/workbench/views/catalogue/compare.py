"""Any two revisions of an item, and what differs between them."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from tongban.catalogue import queries as catalogue
from tongban.catalogue import rules
from tongban.lib.pages import page
from tongban.lib.refusals import Missing
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.catalogue import told, words
from tongban.workbench.views.catalogue.items import side_of


@require_GET
@for_clerks
def compare(request: ClerkRequest, code: str) -> HttpResponse:
    """Show what differs between two revisions; without choice, the newest two."""
    account = catalogue.account(code, request.clerk, timezone.localdate())
    if not account.sides:
        raise Missing
    newest, before = account.sides[0], account.sides[min(1, len(account.sides) - 1)]
    a = side_of(account, request.GET.get("a") or before.token)
    b = side_of(account, request.GET.get("b") or newest.token)
    return page(
        request,
        "workbench/catalogue/compare.html",
        section="catalogue",
        it=account,
        a=a,
        b=b,
        choices=[(side, words.STATES[side.state][0]) for side in account.sides],
        groups=told.groups(rules.compare(a.content, b.content), a.content, b.content),
        reduction=told.reduction(a.content, b.content),
    )

"""Recalling a revision or a change of standing before its day: proposed here, decided on as every change is."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongban.catalogue import actions
from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Account
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.workbench import words as refusals
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.catalogue import words
from tongban.workbench.views.catalogue.forms import RecallForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def new(request: ClerkRequest, code: str, number: int | None = None, key: UUID | None = None) -> HttpResponse:
    """Propose that a revision or a change of standing never begins."""
    account = catalogue.account(code, request.clerk, timezone.localdate())
    if not account.may_edit:
        raise NotAllowed
    about, day = told(account, number, key)
    form, status = RecallForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            row = _propose(request, code, number or key, form)
        except Refused as refused:
            field = getattr(refused, "field", "")
            form.add_error(field if field in form.fields else None, refusals.say(refused))
            status = 422 if isinstance(refused, Invalid) else 409
        else:
            messages.success(request, _("Proposed. Somebody else of the department decides on it."))
            return redirect("workbench:catalogue-change", code, row.id)
    return page(
        request,
        "workbench/catalogue/change_new.html",
        section="catalogue",
        it=account,
        title=words.CHANGES["recall"],
        recalled=about,
        day=day,
        form=form,
        status=status if status != 200 or not form.errors else 422,
    )


def _propose(request: ClerkRequest, code: str, what: Any, form: RecallForm) -> Any:
    said = form.cleaned_data
    reason = {"zh": said["reason_zh"], "en": said["reason_en"]}
    return actions.propose_recall(code, what, reason, said["rests_on"], by=request.clerk, at=timezone.now())


def told(account: Account, number: int | None, key: UUID | None) -> tuple[str, date | None]:
    """Return in words what is recalled, and from when it would hold.

    :raises Missing: if the item has no such revision or change
    """
    for side in account.sides:
        if number and side.number == number:
            return _("Revision %(number)s") % {"number": number}, side.valid_from
    for each in account.changes:
        if key and each.id == key:
            return str(words.CHANGES[each.kind]), each.on
    raise Missing


def recallable(account: Account, day: date) -> tuple[int | None, set[UUID]]:
    """Return what can be proposed to be recalled: the number of the revision, and the changes of standing."""
    if not account.may_edit:
        return None, set()
    published = [side for side in account.sides if side.number and side.state != "recalled"]
    newest = published[0] if published and (published[0].valid_from or day) > day else None
    changes = {
        each.id
        for each in account.changes
        if each.kind != "recall" and each.state == "published" and each.on and each.on > day
    }
    return newest.number if newest else None, changes

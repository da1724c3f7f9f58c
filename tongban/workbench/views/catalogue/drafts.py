"""A draft of a revision: what it changes, what it still lacks, and its way to review."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tongban.catalogue import actions
from tongban.catalogue import queries as catalogue
from tongban.catalogue.rules.proposing import OPEN
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid
from tongban.workbench import words as refusals
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.catalogue import told, words
from tongban.workbench.views.catalogue.forms import SubmitForm


@require_GET
@for_clerks
def draft(request: ClerkRequest, key: UUID) -> HttpResponse:
    """Show the draft."""
    return show(request, catalogue.proposal(key, request.clerk))


def show(
    request: ClerkRequest, found: catalogue.Draft, form: SubmitForm | None = None, **more: Any
) -> HttpResponse:
    """Return the draft's page."""
    row = found.row
    counts = Counter(fault.section for fault in found.faults)
    return page(
        request,
        "workbench/catalogue/draft.html",
        section="catalogue",
        it=found,
        row=row,
        name=catalogue.item_names({row.item_id})[row.item_id],
        state=words.STATES[row.state],
        open=row.state in OPEN and found.may_edit,
        sections=[(code, title, counts[code]) for code, title in words.SECTIONS.items()],
        problems=told.problems(found.faults, found.content),
        groups=told.groups(found.differences, row.base.content if row.base else {}, found.content),
        form=form or SubmitForm(initial=_kept(row)),
        status=422 if form else 200,
        **more,
    )


def _kept(row: Any) -> dict[str, Any]:
    return {
        "valid_from": row.valid_from,
        "reason_zh": row.reason.get("zh", ""),
        "reason_en": row.reason.get("en", ""),
        "rests_on": row.rests_on,
        "seen": row.version,
    }


@require_POST
@for_clerks
def submit(request: ClerkRequest, key: UUID) -> HttpResponse:
    """Hand the draft in for review."""
    found = catalogue.proposal(key, request.clerk)
    form = SubmitForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.submit(
                key,
                said["valid_from"],
                {"zh": said["reason_zh"], "en": said["reason_en"]},
                said["rests_on"],
                by=request.clerk,
                at=timezone.now(),
                seen=said["seen"],
            )
        except Invalid as invalid:
            form.add_error(invalid.field, refusals.say(invalid))
        else:
            messages.success(request, _("Handed in. Somebody else of the department now looks at it."))
            return redirect("workbench:catalogue-draft", key)
    return show(request, found, form)


@require_POST
@for_clerks
def withdraw(request: ClerkRequest, key: UUID) -> HttpResponse:
    """Give the draft up."""
    row = actions.withdraw(key, by=request.clerk, at=timezone.now())
    messages.success(request, _("Withdrawn. It stays readable."))
    return redirect("workbench:catalogue-item", row.item_id)


@require_POST
@for_clerks
def follow_on(request: ClerkRequest, key: UUID) -> HttpResponse:
    """Compare the draft with the newest revision from now on."""
    actions.follow_on(key, by=request.clerk, at=timezone.now())
    messages.success(
        request, _("From now on the draft is compared with the newest revision. Look at what differs.")
    )
    return redirect("workbench:catalogue-draft", key)


def day(text: str) -> date | None:
    """Return the day that was typed; none where it's none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

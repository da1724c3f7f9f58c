"""Rehearsals, and who answers for a body."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tongban.catalogue import queries as catalogue
from tongban.lib.refusals import Invalid, Missing
from tongban.lists import actions
from tongban.lists.queries import agreements as queries
from tongban.places import actions as places_actions
from tongban.places import queries as places
from tongban.places.actions import Named
from tongban.places.queries import responsible as answering
from tongban.workbench import list_words as said
from tongban.workbench.forms import lists as list_forms
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.lists import common
from tongban.workbench.views.lists.entries import FORMS


@require_safe
@for_clerks
def rehearsals(request: ClerkRequest) -> HttpResponse:
    """Show the rehearsals of the clerk's bodies."""
    rows, after = queries.rehearsals(request.clerk, after=common.asked(request, "after"))
    names = catalogue.item_names({row.item_id for row in rows})
    lines = [(row, names[row.item_id], row.decider_id in request.clerk.bodies) for row in rows]
    return common.shown(
        request, "rehearsals", "rehearsals", lines=lines, older=f"?after={after}" if after else ""
    )


@FORMS
@for_clerks
def rehearse(request: ClerkRequest) -> HttpResponse:
    """Record a test case that was walked to its end."""
    first = {"item": common.asked(request, "item"), "walked_on": common.today()}
    form, refused = list_forms.RehearsalForm(request.POST or None, initial=first), None
    if request.method == "POST" and form.is_valid():
        row, refused = list_forms.attempt(form, lambda: _rehearse(request, form.cleaned_data))
        if row:
            messages.success(request, _("Recorded. It counts once the deciding body confirms it."))
            return redirect("workbench:rehearsals")
    return common.ask(
        request,
        form,
        _("Record a rehearsal"),
        button=_("Record"),
        back=reverse("workbench:rehearsals"),
        section="rehearsals",
        refused=refused,
    )


def _rehearse(request: ClerkRequest, given: dict[str, Any]) -> Any:
    try:
        place = common.region_of(places.directory_now(), given["place"])
    except Missing as unknown:
        raise Invalid("route.nobody", field="place") from unknown
    return actions.rehearse(
        given["item"],
        request.clerk.body,
        place,
        given["walked_on"],
        given["words"],
        by=request.clerk,
        at=timezone.now(),
    )


@FORMS
@for_clerks
def confirm(request: ClerkRequest, rehearsal_id: UUID) -> HttpResponse:
    """Confirm a rehearsal, as the body that decides."""
    row = queries.rehearsal(rehearsal_id, request.clerk)
    form, refused = list_forms.ConfirmForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        by = common.by(request)
        done, refused = list_forms.attempt(
            form, lambda: actions.confirm(rehearsal_id, form.cleaned_data["answer"], **by)
        )
        if done:
            messages.success(request, _("Confirmed. The item counts as open between both places."))
            return redirect("workbench:rehearsals")
    name = catalogue.item_names({row.item_id})[row.item_id]
    return common.ask(
        request,
        form,
        _("Confirm the rehearsal"),
        button=_("Confirm"),
        back=reverse("workbench:rehearsals"),
        section="rehearsals",
        refused=refused,
        about=f"{name} · {row.receiver.name} → {row.decider.name}",
    )


@require_safe
@for_clerks
def responsible(request: ClerkRequest) -> HttpResponse:
    """Show who answers for which body, one's own first, and what is stale."""
    day = common.today()
    found, after = answering.all_answering(day, after=common.asked(request, "after"))
    own = answering.answering([request.clerk.body], day).get(request.clerk.body, [])
    return common.shown(
        request,
        "responsible",
        "responsible",
        own=[_answers(each) for each in own],
        bodies=[(rows[0].row.body, [_answers(each) for each in rows]) for rows in found.values()],
        unconfirmed=[_answers(each) for each in answering.longest_unconfirmed(day)],
        older=f"?after={after}" if after else "",
        own_body=request.at_work.body,
    )


def _answers(each: answering.Answering) -> tuple[Any, Any, Any]:
    return each.row, said.CHARGES[each.row.charge], common.state_tag(each.fresh, said.FRESH)


@FORMS
@for_clerks
def name(request: ClerkRequest) -> HttpResponse:
    """Say who answers for one's own body."""
    form, refused = list_forms.NameForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        says, by = Named(**form.cleaned_data), common.by(request)
        row, refused = list_forms.attempt(
            form, lambda: places_actions.name_responsible(request.clerk.body, says, **by)
        )
        if row:
            messages.success(request, _("Kept, and confirmed for this quarter."))
            return redirect("workbench:responsible")
    return common.ask(
        request,
        form,
        _("Who answers for us"),
        button=_("Keep"),
        back=reverse("workbench:responsible"),
        section="responsible",
        refused=refused,
        about=request.at_work.body.name,
    )


@require_POST
@for_clerks
def confirm_all(request: ClerkRequest) -> HttpResponse:
    """Confirm for one's own body that all who are named still answer for it."""
    places_actions.confirm_responsible(request.clerk.body, by=request.clerk, at=timezone.now())
    messages.success(request, _("Confirmed for this quarter."))
    return redirect("workbench:responsible")

"""What publishing a revision does, before it's done; and publishing it, or sending it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongban.cases import queries as cases
from tongban.catalogue import actions
from tongban.catalogue import queries as catalogue
from tongban.lib import typed
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid
from tongban.lib.texts import Text
from tongban.lists.queries import lists, standing
from tongban.lists.queries import places as pacts
from tongban.places import queries as places
from tongban.workbench import vocabulary
from tongban.workbench import words as refusals
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.catalogue import told, words
from tongban.workbench.views.catalogue.forms import AnswerForm

IN_GUIDES = {
    "basis", "conditions", "situations", "materials", "steps", "limits", "fee", "result", "postage", "contact",
    "decided_where", "trips", "instant", "procedure",
}  # fmt: skip
"""What of an item its guides show."""


@dataclass(frozen=True, slots=True)
class Concern:
    """Something else that rests on the item: what it is, why it's concerned, and where it can be looked at."""

    name: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """Cases or drafts at one body that stay under an older revision."""

    body: str
    revision: str
    state: Any
    count: int


def concerned(found: catalogue.Draft) -> list[Concern]:
    """Return everything besides cases and drafts that a revision concerns: here other rooms add theirs."""
    today, item = timezone.localdate(), found.row.item_id
    revise = _("Its entry stands as published; revise it if modes or days change.")
    tell = _("The item is covered: tell the other side before the day.")
    return [*_guides(found), *_windows(found), *promised(item, today, revise, tell)]


def promised(item: str, today: date, revise: str, tell: str) -> list[Concern]:
    """Return the entries and the agreements that promise the item somewhere, with what is to be done about each."""
    return [*_lists(item, today, revise), *_agreements(item, today, tell)]


def _windows(found: catalogue.Draft) -> list[Concern]:
    """Return what windows and desks do otherwise from the day on."""
    says = {
        "subjects": (_("Windows and the search"), _("From the day on, others may apply.")),
        "decided_by": (_("Windows"), _("From the day on, other bodies decide what is received.")),
        "decided_level": (_("Windows"), _("From the day on, other bodies decide what is received.")),
        "copy_sheet": (_("Copy sheets at the desks"), _("Cases received from the day on have the new one.")),
    }
    changed = {each.section for each in found.differences}
    return list(dict.fromkeys(Concern(*said, "") for section, said in says.items() if section in changed))


def _lists(item: str, today: date, says: str) -> list[Concern]:
    return [
        Concern(str(Text.of(each.name)), says, reverse("workbench:list-entry", args=[entry]))
        for each in lists.lists()
        if standing.stands_from(each.code, item, today) and (entry := lists.entry_id(each.code, item))
    ]


def _agreements(item: str, today: date, says: str) -> list[Concern]:
    return [
        Concern(str(Text.of(each.name)), says, reverse("workbench:agreement", args=[each.agreement_id]))
        for each in pacts.terms_on(today, item)
    ]


def _guides(found: catalogue.Draft) -> list[Concern]:
    if not {each.section for each in found.differences} & IN_GUIDES:
        return []
    url = reverse("portal:item", args=[found.row.item_id])
    return [Concern(_("Public guide"), _("What it shows changes on the day."), url)]


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def impact(request: ClerkRequest, key: UUID) -> HttpResponse:
    """Show what publishing does; publish, or send back."""
    found = catalogue.proposal(key, request.clerk)
    form = AnswerForm(request.POST if "back" in request.POST else None)
    if request.method == "POST" and "back" not in request.POST:
        return _publish(request, key)
    if form.is_valid():
        try:
            row = actions.send_back(key, form.cleaned_data["answer"], by=request.clerk, at=timezone.now())
        except Invalid as invalid:
            form.add_error("answer", refusals.say(invalid))
        else:
            messages.success(request, _("Sent back to its author."))
            return redirect("workbench:catalogue-item", row.item_id)
    return _show(request, found, form)


def _publish(request: ClerkRequest, key: UUID) -> HttpResponse:
    seen = typed.number(request.POST.get("seen", ""))
    made = actions.publish(key, by=request.clerk, at=timezone.now(), seen=seen)
    messages.success(
        request,
        _("Revision %(number)s is published and holds from %(day)s.")
        % {"number": made.number, "day": made.valid_from.isoformat()},
    )
    return redirect("workbench:catalogue-item", made.item_id)


def _show(request: ClerkRequest, found: catalogue.Draft, form: AnswerForm) -> HttpResponse:
    row = found.row
    running, begun = cases.running(row.item_id), cases.begun(row.item_id)
    base: Mapping[str, Any] = row.base.content if row.base else {}
    newest = next((side for side in _account(request, row.item_id).sides if side.number), None)
    return page(
        request,
        "workbench/catalogue/impact.html",
        section="catalogue",
        it=found,
        row=row,
        name=catalogue.item_names({row.item_id})[row.item_id],
        state=words.STATES[row.state],
        running=[_line(each.body, each.revision, each.count, each.state) for each in running],
        running_count=sum(each.count for each in running),
        begun=[_line(each.body, each.revision, each.count) for each in begun],
        begun_count=sum(each.count for each in begun),
        concerned=concerned(found),
        overtaken=newest is not None and newest.key != row.base_id,
        problems=told.problems(found.faults, found.content),
        groups=told.groups(found.differences, base, found.content),
        reduction=told.reduction(base, found.content),
        form=form,
        status=422 if form.errors else 200,
    )


def _account(request: ClerkRequest, item: str) -> catalogue.Account:
    return catalogue.account(item, request.clerk, timezone.localdate())


def _line(body: str, revision: str, count: int, state: str = "") -> Line:
    number = revision.rpartition("@")[2]
    return Line(str(places.body(body).name), number, vocabulary.STATES.get(state, ""), count)

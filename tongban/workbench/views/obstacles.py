"""What could not be done (办不成事): recorded where it happens, answered by who owns it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tongban.cases import actions as cases
from tongban.cases import queries
from tongban.cases.queries import watch as watched
from tongban.catalogue import queries as catalogue
from tongban.lib.ids import new_id
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid, Missing
from tongban.places import queries as places
from tongban.places.rules import Office
from tongban.workbench import words
from tongban.workbench.forms import AnswerForm, ObstacleForm
from tongban.workbench.forms.plain import CAUSE_WORDS
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.desk_rows import urged_mark
from tongban.workbench.views.urging_words import urgings
from tongban.workbench.views.window import shown
from tongban.workbench.views.window.keeping import own


@dataclass(frozen=True, slots=True)
class Line:
    """One record, with the names behind its codes."""

    row: Any
    item: str
    cause: Any
    who: str
    answered_by: str
    ours: bool
    late: bool
    urged: SafeString


@dataclass(frozen=True, slots=True)
class About:
    """What a new record is about: a case, a draft, or only an item; and who might have to answer."""

    item: str
    part: UUID | None
    reference: str
    owners: list[Office]


def _lines(rows: list[Any], request: ClerkRequest) -> list[Line]:
    names = places.who({each for row in rows for each in (row.by, row.answered_by)})
    items = catalogue.item_names({row.item for row in rows if row.item})
    today, urged = timezone.localdate(), watched.urged(obstacles=[row.id for row in rows])
    return [
        Line(
            row=row,
            item=str(items.get(row.item, "")),
            cause=CAUSE_WORDS[row.cause],
            who=names.get(row.by, ""),
            answered_by=names.get(row.answered_by, ""),
            ours=row.owner_id in request.clerk.bodies,
            late=row.answered_at is None and row.due_on < today,
            urged=urged_mark(urged.get(row.id), today),
        )
        for row in rows
    ]


@require_GET
@for_clerks
def obstacles(request: ClerkRequest) -> HttpResponse:
    """Show what the clerk's bodies recorded or have to answer, the first due first."""
    every = request.GET.get("all") == "1"
    rows = queries.obstacles(request.clerk, open_only=not every)
    return page(
        request,
        "workbench/obstacles/list.html",
        section="obstacles",
        every=every,
        lines=_lines(rows, request),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def obstacle(request: ClerkRequest, obstacle_id: UUID) -> HttpResponse:
    """Show one record, and take its answer from who owns it."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cases.answer(obstacle_id, form.cleaned_data["text"], by=request.clerk, at=timezone.now())
        except Invalid as invalid:
            form.add_error("text", words.say(invalid))
        else:
            messages.success(request, _("The answer is recorded."))
            return redirect("workbench:obstacle", obstacle_id)
    (line,) = _lines([queries.obstacle(obstacle_id, request.clerk)], request)
    return page(
        request,
        "workbench/obstacles/one.html",
        section="obstacles",
        line=line,
        form=form,
        status=422 if form.errors else 200,
        **_beside(line.row, request),
    )


def _beside(row: Any, request: ClerkRequest) -> dict[str, Any]:
    """Return what stands beside a record: its slip, what was urged about it, and where a supervisor urges."""
    clerk, about = request.clerk, queries.urgings_about(row.id)
    names = places.who({who for each in about for who in (each.by, each.answered_by)}) if about else {}
    may = not row.answered_at and queries.may_urge(clerk, [row.owner_id])
    concerned = clerk.bodies & {row.owner_id, row.body_id}
    return {
        "slip": reverse("workbench:obstacle-slip", args=[row.id]) if row.slip and concerned else "",
        "urge": reverse("workbench:urge-about", args=[row.id]) if may else "",
        "urgings": urgings(
            about, clerk, directory=places.directory_now(), names=names, today=timezone.localdate()
        ),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def obstruct(request: ClerkRequest) -> HttpResponse:
    """Record something that could not be done, about a case (`?part=`), a draft (`?draft=`) or an item (`?item=`)."""
    about = _about(request)
    owners = [(office.code, str(office.name)) for office in about.owners]
    form = ObstacleForm(request.POST or None, owners=owners, initial={"owner": owners[0][0], "key": new_id()})
    if request.method == "POST" and form.is_valid():
        try:
            row = _record(request, about, form.cleaned_data)
        except Invalid as invalid:
            form.add_error(invalid.field, words.say(invalid))
        else:
            messages.success(request, _("Recorded. An answer is due, and nobody can close it without one."))
            return redirect("workbench:obstacle", row)
    status = 422 if form.errors else 200
    return page(
        request, "workbench/obstacles/new.html", section="obstacles", about=about, form=form, status=status
    )


def _record(request: ClerkRequest, about: About, said: dict[str, Any]) -> UUID:
    row = cases.obstruct(
        said["cause"],
        said["text"],
        by=request.clerk,
        at=timezone.now(),
        part=about.part,
        item="" if about.part else about.item,
        owner=said["owner"],
        key=said["key"],
    )
    return UUID(str(row.id))


def _about(request: ClerkRequest) -> About:
    """Return what the record is about.

    :raises Missing: if it's nothing that the clerk may know of
    """
    here = request.at_work.body
    if part := _uuid(request.GET.get("part", "")):
        file = queries.load(part, request.clerk, at=timezone.now())
        if file.watching:
            raise Missing
        offices = dict.fromkeys((file.decider, file.holder, here))
        return About(file.edition.item, part, file.case.reference, list(offices))
    if draft_id := _uuid(request.GET.get("draft", "")):
        draft = own(draft_id, request.clerk)
        edition = catalogue.edition(draft.revision_id)
        office = shown.decides(shown.directory(), edition, (draft.data or {}).get("place", ""))
        return About(edition.item, None, "", [*filter(None, dict.fromkeys((here, office)))])
    item = request.GET.get("item", "")
    if item and not catalogue.item_names({item}):
        raise Missing
    return About(item, None, "", [here])


def _uuid(text: str) -> UUID | None:
    """Return an id from an address, or nothing where there is none.

    :raises Missing: if it isn't one
    """
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Missing from error

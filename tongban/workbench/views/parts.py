"""The page of one case: everything that the window saw and said, and what can be done next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tongban.cases import actions, queries
from tongban.cases.queries import CaseFile
from tongban.cases.queries.copying import copied_this_month
from tongban.cases.rules.lifecycle import FINAL
from tongban.files import queries as files
from tongban.lib.pages import page
from tongban.lib.personal import mask_name
from tongban.lib.refusals import Invalid, Refused
from tongban.papers.rules import Kind
from tongban.places import queries as places
from tongban.workbench import vocabulary, words
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views import parts_limits, parts_words
from tongban.workbench.views.desk_rows import state_tag
from tongban.workbench.views.parts_moved import moved_on, seen_version
from tongban.workbench.views.people_words import person
from tongban.workbench.views.urging_words import urgings


@require_safe
@for_clerks
def part(request: ClerkRequest, part_id: UUID) -> HttpResponse:
    """Show the case."""
    return show(request, queries.load(part_id, request.clerk, at=timezone.now()))


def show(request: ClerkRequest, file: CaseFile, *, status: int = 200, **more: Any) -> HttpResponse:
    """Return the page of a loaded case."""
    found = parts_words.buttons(file)
    if file.watching:
        found = []
    return page(
        request,
        "workbench/watch/case.html" if file.watching else "workbench/desk/part.html",
        status=status,
        file=file,
        rule=file.edition.rule,
        practice=file.case.practice,
        state=state_tag(file.state),
        main=[each for each in found if not each.danger],
        grave=[each for each in found if each.danger],
        waits_for=parts_words.waits_for(file),
        clocks=parts_limits.clocks(file),
        applicant=person(file.applicant),
        agent=person(file.agent),
        history=parts_words.history(file),
        ended=file.state in FINAL,
        papers=[(row, Kind(row.kind).label) for row in file.papers],
        wish=_wish(file),
        way=vocabulary.WAYS.get(file.delivery.way, "") if file.delivery else "",
        masked=mask_name(file.applicant.name),
        urge=_urge(file, request),
        **_from_elsewhere(file, request, more),
        **more,
    )


def _urge(file: CaseFile, request: ClerkRequest) -> str:
    """Return where a supervisor urges those whose turn it is; nothing for others, or once the case has ended."""
    bodies = (file.part.offered_to_id, file.part.holder_id, file.part.decider_id)
    if file.state in FINAL or not queries.may_urge(request.clerk, bodies):
        return ""
    return reverse("workbench:urge", args=[file.part.id])


def _from_elsewhere(file: CaseFile, request: ClerkRequest, more: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of other rooms the page shows: names, kinds of files, and how much was typed twice."""
    pages = {sha for each in file.enclosed for sha in each.pages}
    known = files.files(pages) if pages else {}
    pictures = {sha for sha, row in known.items() if row.media.startswith("image/")}
    actors = {row.offered_by for row in file.transfers} | {row.answered_by for row in file.transfers}
    by = {file.copied.by} if file.copied else set()
    urged = {who for row in file.urgings for who in (row.by, row.answered_by)}
    actors |= by | urged | {row.by for row in file.obstacles}
    names, directory = places.who(actors) if actors else {}, places.directory_now()
    return {
        "urgings": urgings(
            file.urgings, request.clerk, directory=directory, names=names, today=file.today, typed=more
        ),
        "materials": parts_words.materials(file, pictures),
        "transfers": parts_words.transfers(file, directory, names, request.clerk),
        "obstacles": [(row, vocabulary.CAUSES.get(row.cause, row.cause)) for row in file.obstacles],
        "copied_by": names.get(file.copied.by, "") if file.copied else "",
        "twice": copied_this_month(request.clerk, at=timezone.now()) if file.copy else 0,
    }


def _wish(file: CaseFile) -> dict[str, str]:
    """Return how the applicant wants the result."""
    wish = file.case.delivery or {}
    counter = places.directory_now().counters.get(wish.get("window", ""))
    at = (
        _("%(hall)s, window %(number)s") % {"hall": counter.hall, "number": counter.number} if counter else ""
    )
    return {
        "way": str(vocabulary.WAYS.get(wish.get("way", ""), "")),
        "address": at or wish.get("address", ""),
    }


@require_POST
@for_clerks
def copied(request: ClerkRequest, part_id: UUID) -> HttpResponse:
    """Note the number under which the case stands in the department's own system."""
    at, number = timezone.now(), request.POST.get("number", "")
    try:
        actions.copied(part_id, number, by=request.clerk, at=at, seen=seen_version(request))
    except Invalid as invalid:
        file = queries.load(part_id, request.clerk, at=at)
        return show(request, file, status=422, copy_error=words.say(invalid), copy_number=number[:80])
    except Refused as refused:
        return moved_on(request, part_id, refused)
    messages.success(request, _("The number was recorded."))
    return redirect("workbench:part", part_id)

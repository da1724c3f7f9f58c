"""The editor: a page for each section, whose rows are added, moved and removed by buttons that need no script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongban.catalogue import actions
from tongban.catalogue import queries as catalogue
from tongban.catalogue.rules import sections
from tongban.catalogue.rules.columns import MANY, WHEN, Wrong
from tongban.catalogue.rules.library import taken
from tongban.catalogue.rules.proposing import OPEN
from tongban.catalogue.rules.sections import Read, Section
from tongban.lib import typed
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.workbench import words as refusals
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.catalogue import cells, choices, told, words

Rows = list[dict[str, Any]]


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def section(request: ClerkRequest, key: UUID, code: str) -> HttpResponse:
    """Show a section of a draft, and save it."""
    chosen = sections.section(code)
    if chosen is None:
        raise Missing
    found = catalogue.proposal(key, request.clerk)
    if not found.may_edit:
        raise NotAllowed
    if request.method != "POST":
        shown = Read(sections.rows_of(found.content, chosen), head=sections.head_of(found.content, chosen))
        return _show(request, found, chosen, shown)
    return _save(request, found, chosen)


def _save(request: ClerkRequest, found: catalogue.Draft, chosen: Section) -> HttpResponse:
    before = sections.rows_of(found.content, chosen)
    rows = map(typed.number, request.POST.getlist("row"))
    order = [each for each in rows if each is not None]
    order = order if chosen.has_rows else [0]
    do, _colon, row = request.POST.get("do", "").partition(":")
    number = typed.number(row)
    order, at = arranged(order, do, -1 if number is None else number)
    read = sections.read(chosen, _typed(request, chosen), before, order)
    if chosen.code == "materials":
        _take_from_library(read, before, order)
    if not read.wrong:
        _made, crossing = sections.checked(chosen, found.content, read.rows, read.head)
        read.wrong |= _as_typed(crossing, order)
    if read.wrong:
        return _show(request, found, chosen, read, order=order)
    seen = typed.number(request.POST.get("seen", ""))
    try:
        actions.save(
            found.row.id,
            chosen.code,
            read.rows,
            by=request.clerk,
            at=timezone.now(),
            seen=seen,
            head=read.head,
        )
    except Invalid:
        raise
    except Refused as refused:
        # Loaded anew: somebody may have saved between our look and our save.
        now = catalogue.proposal(found.row.id, request.clerk)
        return _show(request, now, chosen, read, order=order, refused=refused)
    if do in {"", "save"}:
        messages.success(request, _("Saved."))
    here = reverse("workbench:catalogue-section", args=[found.row.id, chosen.code])
    return redirect(f"{here}#row-{at}" if at >= 0 else here)


def arranged(order: Sequence[int], do: str, number: int) -> tuple[list[int], int]:
    """Return the numbers of the rows after a button was pressed, and the place to look at then; -1 for the top."""
    rows = list(order)
    if do == "add":
        # A number that no row has: nothing was typed for it, and so it's empty.
        return [*rows, max(rows, default=-1) + 1], len(rows)
    if number not in rows:
        return rows, -1
    place = rows.index(number)
    rows.remove(number)
    if do == "remove":
        return rows, min(place, len(rows) - 1)
    to = max(0, place - 1) if do == "up" else min(len(rows), place + 1)
    rows.insert(to if do in {"up", "down"} else place, number)
    return rows, to


def _typed(request: ClerkRequest, chosen: Section) -> dict[str, Any]:
    """Return what was typed; boxes to tick as lists, and of anything else that came twice the last."""
    columns = (*chosen.columns, *chosen.head)
    ticked = tuple(f".{each.key}" for each in columns if each.kind in {MANY, WHEN})
    return {name: values if name.endswith(ticked) else values[-1] for name, values in request.POST.lists()}


def _take_from_library(read: Read, before: Rows, order: Sequence[int]) -> None:
    """Let rows for which another material of the library was chosen say what it says."""
    was = {row["code"]: row.get("library") for row in before}
    wanted = [row for row in read.rows if row["library"] and row["library"] != was.get(row["code"])]
    library = catalogue.standards() if wanted else {}
    for number, row in zip(order, read.rows, strict=True):
        if row in wanted and row["library"] in library:
            row.update(taken(row, row["library"], library[row["library"]]))
        elif row in wanted:
            read.wrong[f"{number}.library"] = Wrong("editor.choice")


def _show(
    request: ClerkRequest,
    found: catalogue.Draft,
    chosen: Section,
    read: Read,
    *,
    order: Sequence[int] | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    around = choices.around(found.content, chosen.code)
    was = [str(number) for number in range(len(read.rows))]
    if order is not None:
        was = [request.POST.get(f"{number}.was", "") for number in order]
    if refused:
        was = _places(sections.rows_of(found.content, chosen), read.rows, was)
    wrong = _by_place(read.wrong, order or ())
    shown = cells.rows(chosen, read.rows, was, around, wrong)
    head = cells.head(chosen, read.head, around, wrong)
    faults = [fault for fault in found.faults if fault.section == chosen.code]
    codes = list(words.SECTIONS)
    return page(
        request,
        "workbench/catalogue/section.html",
        section="catalogue",
        it=found,
        row=found.row,
        code=chosen.code,
        title=words.SECTIONS[chosen.code],
        head=head,
        rows=shown,
        lists=around.lists,
        has_rows=chosen.has_rows,
        open=found.row.state in OPEN,
        problems=told.problems(faults, found.content),
        notes=choices.notes(found.content, chosen.code),
        errors=_errors(head, shown, chosen),
        refused=refusals.say(refused) if refused else "",
        # Until somebody was told that others saved meanwhile, it stays what they saw.
        seen=found.row.version if refused or order is None else request.POST.get("seen", ""),
        sections=words.SECTIONS.items(),
        turn=codes.index(chosen.code) + 1,
        turns=len(codes),
        before_code=codes[codes.index(chosen.code) - 1],
        next_code=codes[(codes.index(chosen.code) + 1) % len(codes)],
        status=409 if refused else 422 if wrong else 200,
    )


def _places(now: Rows, typed_rows: Rows, was: list[str]) -> list[str]:
    """Return from which row each typed one goes on after somebody else saved: that of its code, if rows have one."""
    places = {row["code"]: str(place) for place, row in enumerate(now) if row.get("code")}
    return [
        places.get(row["code"], "") if row.get("code") else place
        for row, place in zip(typed_rows, was, strict=True)
    ]


def _errors(
    head: Sequence[cells.Control], rows: Sequence[cells.Row], chosen: Section
) -> list[tuple[str, str, str]]:
    """Return what is wrong: the control, the row that it stands in and its label, and why."""
    found = [(each.name, each.label, each.error) for each in head if each.error]
    for row in rows:
        where = _("Row %(number)s") % {"number": row.number + 1}
        named = [where, row.title] if chosen.has_rows else []
        found += [
            (each.name, " · ".join(filter(None, (*named, each.label))), each.error)
            for each in row.controls
            if each.error
        ]
    return found


def _as_typed(wrong: dict[str, Wrong], order: Sequence[int]) -> dict[str, Wrong]:
    """Return what is wrong by the numbers under which the rows were typed, instead of their places."""
    return _renumbered(wrong, {str(place): number for place, number in enumerate(order)})


def _by_place(wrong: dict[str, Wrong], order: Sequence[int]) -> dict[str, Wrong]:
    """Return what is wrong by the numbers under which the rows are shown again, which are their places."""
    return _renumbered(wrong, {str(number): place for place, number in enumerate(order)})


def _renumbered(wrong: dict[str, Wrong], numbers: dict[str, int]) -> dict[str, Wrong]:
    found = {}
    for name, each in wrong.items():
        number, dot, rest = name.partition(".")
        found[f"{numbers.get(number, number)}{dot}{rest}"] = each
    return found

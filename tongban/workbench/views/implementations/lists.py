"""A local list on its way in: uploaded, its columns mapped, checked, confirmed, reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tongban.catalogue.actions import importing
from tongban.catalogue.queries import base as bases
from tongban.catalogue.queries import implementations as queries
from tongban.catalogue.rules import mapping
from tongban.catalogue.rules.conformance_words import DO, FIELD_WORDS, SEVERITIES, WHAT, Severity
from tongban.files.rules import tables, tables_text
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.workbench import words
from tongban.workbench.forms.implementations import ColumnsForm, ConfirmForm, SheetForm, UploadForm, proposed
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.implementations import sent
from tongban.workbench.views.implementations.sameness import TONES

STEPS = {"uploaded": 2, "checking": 3, "checked": 4, "importing": 5, "done": 6, "failed": 2}


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in words."""

    row: int
    column: str
    field: str
    weight: str
    tone: str
    what: str
    do: str
    found: str
    base: str


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def lists(request: ClerkRequest) -> HttpResponse:
    """Show the lists that came in last, and take a new one."""
    _require_importer(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = importing.upload(file, file.name, by=request.clerk, at=timezone.now())
        except Invalid as invalid:
            form.add_error("file", words.say(invalid))
        else:
            return redirect("workbench:imported-list", row.id)
    return page(
        request,
        "workbench/implementations/lists.html",
        section="implementations",
        form=form,
        rows=queries.imported_lists(request.clerk),
        states=_state_words(),
        status=422 if form.errors else 200,
    )


@require_GET
@for_clerks
def one(request: ClerkRequest, list_id: UUID) -> HttpResponse:
    """Show a list where it stands: what to say next, how far it is, or what was found."""
    return _shown(request, queries.imported_list(list_id, request.clerk))


@require_POST
@for_clerks
def sheet(request: ClerkRequest, list_id: UUID) -> HttpResponse:
    """Take the sheet and the row with the heads."""
    _require_importer(request)
    row = queries.imported_list(list_id, request.clerk)
    form = _sheet_form(row, request.POST)
    said = form.data

    def act() -> None:
        if form.is_valid():
            how = {name: form.cleaned_data.get(name, "") for name in ("encoding", "separator")}
            importing.choose_sheet(
                row.id, said.get("sheet", ""), form.cleaned_data["head"], by=request.clerk, **how
            )

    return _after(request, list_id, form, act, {"sheet_form": form})


@require_POST
@for_clerks
def columns(request: ClerkRequest, list_id: UUID) -> HttpResponse:
    """Take what each column holds, and check the list."""
    _require_importer(request)
    row = queries.imported_list(list_id, request.clerk)
    form = ColumnsForm(request.POST, heads=_heads(row))

    def act() -> None:
        if form.is_valid():
            importing.map_columns(
                row.id,
                columns=form.columns(),
                origin=form.cleaned_data["origin"],
                profile=form.cleaned_data["profile"],
                valid_from=form.cleaned_data["valid_from"],
                by=request.clerk,
                at=timezone.now(),
            )

    return _after(request, list_id, form, act, {"columns_form": form})


@require_POST
@for_clerks
def confirm(request: ClerkRequest, list_id: UUID) -> HttpResponse:
    """Import the list, or say why not."""
    _require_importer(request)
    form = ConfirmForm(request.POST)

    def act() -> None:
        if form.is_valid():
            done = importing.confirm(
                list_id, by=request.clerk, at=timezone.now(), partly=form.cleaned_data["partly"]
            )
            if done.state == "done":
                messages.success(request, _("The list is imported."))

    return _after(request, list_id, form, act, {"confirm_form": form})


@require_GET
@for_clerks
def report(request: ClerkRequest, list_id: UUID, kind: str) -> HttpResponse:
    """Return everything that was found in a list as a file."""
    row = queries.imported_list(list_id, request.clerk)
    head = [
        _("Row"),
        _("Column"),
        _("Field"),
        _("Weight"),
        _("Deviation"),
        _("Found"),
        _("The base says"),
        _("What to do"),
    ]
    return sent.table(kind, "report", head, _reported(row.id))


def _reported(list_id: UUID) -> Iterator[list[object]]:
    for each in map(_told, queries.every_finding(list_id)):
        yield [each.row, each.column, each.field, each.weight, each.what, each.found, each.base, each.do]


def _require_importer(request: ClerkRequest) -> None:
    if not queries.may_bring_in(request.clerk):
        raise NotAllowed


def _after(
    request: ClerkRequest, list_id: UUID, form: Any, act: Callable[[], None], shown: dict[str, Any]
) -> HttpResponse:
    """Act, and lead back to the list; what can be put right is said beside its field."""
    try:
        act()
    except Refused as refused:
        field = "day" if getattr(refused, "field", "") == "valid_from" else getattr(refused, "field", "")
        form.add_error(field if field in form.fields else None, words.say(refused))
    if form.errors:
        return _shown(request, queries.imported_list(list_id, request.clerk), status=422, **shown)
    return redirect("workbench:imported-list", list_id)


def _shown(request: ClerkRequest, row: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    working = row.state in {"checking", "importing"}
    found, older = _findings(request, row) if row.state in {"checked", "done"} else ([], "")
    answer = page(
        request,
        "workbench/implementations/one.html",
        status=status,
        section="implementations",
        row=row,
        working=working,
        found=found,
        older=older,
        moved=row.state in {"checked", "done"} and row.base != bases.mark_of_all(timezone.localdate()),
        summary=_summary(row.id) if row.state in {"checked", "done"} else [],
        steps=[_("Upload"), _("Columns"), _("Check"), _("Dry run"), _("Import"), _("Report")],
        step=STEPS[row.state],
        state=_state_words()[row.state],
        failure=words.say(Refused(row.failure["code"])) if row.failure else "",
        **_forms(request, row, forms),
    )
    if working:
        answer["Refresh"] = "10"
    return answer


def _forms(request: ClerkRequest, row: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Return the forms of the step at which the list stands; one with errors as it was filled in."""
    if row.state in {"uploaded", "failed"} or "columns_form" in given or "sheet_form" in given:
        table = queries.table_of(row)
        heads = table.rows[row.head - 1] if row.head <= len(table.rows) else []
        start = max(row.head - 1, 0)
        fresh = {
            "sheet_form": _sheet_form(row, None),
            "columns_form": ColumnsForm(heads=heads, initial=_initial(request, row, heads)),
            "preview": list(enumerate(table.rows[start : start + 5], start=start + 1)),
            "doubtful": table.media == tables.CSV and tables_text.doubtful(table.rows[:50]),
            "hidden": [sheet.name for sheet in table.sheets if sheet.hidden],
            "hidden_rows": table.hidden_rows,
        }
        return {**fresh, **given}
    return {"confirm_form": ConfirmForm(), **given}


def _sheet_form(row: Any, data: Any) -> SheetForm:
    names = [each["name"] for each in row.sheets if not each["hidden"]]
    first = {name: getattr(row, name) for name in ("sheet", "head", "encoding", "separator")}
    return SheetForm(data, sheets=names, text=names == [""], initial=first)


def _heads(row: Any) -> list[str]:
    return list(queries.table_of(row).rows[row.head - 1])


def _initial(request: ClerkRequest, row: Any, heads: Any) -> dict[str, Any]:
    """Return what is proposed: what was said before, or as this clerk's place did last, or by the heads' words."""
    known = row.origin or queries.latest_origin(request.clerk)
    columns = row.columns or mapping.guess(heads, mapping.vocabulary(), known.columns if known else None)
    return {
        "origin": row.origin.name if row.origin else "",
        "profile": known.profile if known else "exchange",
        "valid_from": (row.valid_from or timezone.localdate()).isoformat(),
        **proposed(columns),
    }


def _findings(request: ClerkRequest, row: Any) -> tuple[list[Told], str]:
    after = _place(request.GET.get("after", ""))
    found = queries.findings(row.id, after=after, limit=queries.PAGE + 1)
    last = found[queries.PAGE - 1] if len(found) > queries.PAGE else None
    older = f"?after={last.severity}-{last.row}-{last.id}" if last else ""
    return [_told(each) for each in found[: queries.PAGE]], older


def _place(text: str) -> tuple[int, int, int] | None:
    """Return after which finding a page begins.

    :raises Missing: if it's no place in the list
    """
    if not text:
        return None
    try:
        severity, row, key = (int(part) for part in text.split("-"))
    except ValueError as error:
        raise Missing from error
    return severity, row, key


def _summary(list_id: UUID) -> list[tuple[str, str, str]]:
    counted = queries.finding_counts(list_id)
    return [(str(WHAT[code]), TONES[Severity(severity)], str(times)) for code, severity, times in counted]


def _told(found: Any) -> Told:
    severity = Severity(found.severity)
    return Told(
        row=found.row,
        column=found.column,
        field=str(FIELD_WORDS.get(found.field, "")),
        weight=str(SEVERITIES[severity]),
        tone=TONES[severity],
        what=str(WHAT[found.code]),
        do=str(DO[found.code]),
        found=found.found,
        base=found.base,
    )


def _state_words() -> dict[str, str]:
    return {
        "uploaded": _("columns to be mapped"),
        "checking": _("being checked"),
        "checked": _("checked, not imported"),
        "importing": _("being imported"),
        "done": _("imported"),
        "failed": _("could not be read"),
    }

"""Four levels, one standard (四级四同): how the same an item is everywhere, and which body deviates in what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tongban.catalogue.queries import base as bases
from tongban.catalogue.queries import implementations as queries
from tongban.catalogue.queries.implementations import PAGE, Wanted
from tongban.catalogue.rules import mapping
from tongban.catalogue.rules.conformance_words import DO, FIELD_WORDS, SEVERITIES, SEVERITY, WHAT, Severity
from tongban.lib.pages import page
from tongban.workbench.forms.implementations import WantedForm
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.implementations import sent


@dataclass(frozen=True, slots=True)
class Deviating:
    """One deviation of an implementation, in words."""

    what: str
    do: str
    field: str
    weight: str
    tone: str
    found: str
    base: str


@dataclass(frozen=True, slots=True)
class Line:
    """One implementation with its deviations in words; none if they were found against another base."""

    row: Any
    name: str
    level: str
    deviations: list[Deviating]
    stale: bool


TONES = {Severity.ERROR: "red", Severity.MAJOR: "amber", Severity.MINOR: "blue", Severity.NONE: "grey"}


@require_GET
@for_clerks
def by_item(request: ClerkRequest) -> HttpResponse:
    """Show for each item how many implementations there are, and how many deviate."""
    wanted, stale = _wanted(request), _stale()
    found = queries.by_item(wanted, stale, after=request.GET.get("after", ""), limit=PAGE + 1)
    return _sums(request, wanted, found, stale, "item")


@require_GET
@for_clerks
def by_body(request: ClerkRequest) -> HttpResponse:
    """Show the same for each body."""
    wanted, stale = _wanted(request), _stale()
    found = queries.by_body(wanted, stale, after=request.GET.get("after", ""), limit=PAGE + 1)
    return _sums(request, wanted, found, stale, "body")


def _stale() -> set[str]:
    """Return the items whose deviations were found against another base than today's."""
    return bases.outdated(timezone.localdate())


def _sums(
    request: ClerkRequest, wanted: Wanted, found: list[queries.Sameness], stale: set[str], by: str
) -> HttpResponse:
    older = _address({**_said(wanted), "after": found[PAGE - 1].key}) if len(found) > PAGE else ""
    narrowed = _said(wanted)
    lines = [(each, _address({**narrowed, by: each.key})) for each in found[:PAGE]]
    every = queries.totals(stale)
    return page(
        request,
        "workbench/implementations/sums.html",
        section="implementations",
        by=by,
        lines=lines,
        older=older,
        every=every,
        same=every.implementations - every.minor - every.major - every.stale,
        **_narrowing(request, wanted),
    )


@require_GET
@for_clerks
def rows(request: ClerkRequest) -> HttpResponse:
    """Show implementations one by one, each with what it deviates in."""
    wanted = _wanted(request)
    found = queries.implementations(wanted, after=_uuid(request.GET.get("after", "")), limit=PAGE + 1)
    stale = _stale()
    older = _address({**_said(wanted), "after": str(found[PAGE - 1].id)}) if len(found) > PAGE else ""
    return page(
        request,
        "workbench/implementations/rows.html",
        section="implementations",
        lines=[_line(each, stale) for each in found[:PAGE]],
        older=older,
        **_narrowing(request, wanted),
    )


@require_GET
@for_clerks
def export(request: ClerkRequest, kind: str) -> HttpResponse:
    """Return what is looked at as a file: a line for each deviation, or one where there is none."""
    words = [
        FIELD_WORDS[name]
        for name in ("base_code", "name", "code", "handling", "body_code", "body", "region", "level")
    ]
    head = [*words, _("Weight"), _("Field"), _("Deviation"), _("Found"), _("The base says"), _("What to do")]
    stale = _stale()
    lines = (
        line
        for each in queries.every_implementation(_wanted(request))
        for line in _exported(_line(each, stale))
    )
    return sent.table(kind, "sameness", head, lines)


def _exported(line: Line) -> list[list[object]]:
    row = line.row
    own: list[object] = [
        row.item.base_code or row.item_id,
        line.name,
        row.code,
        row.handling,
        row.body_code,
        row.body,
        row.region,
        line.level,
    ]
    if line.stale:
        return [[*own, "", "", _("being compared anew: the base has changed"), "", "", ""]]
    told: list[list[object]] = [
        [*own, each.weight, each.field, each.what, each.found, each.base, each.do] for each in line.deviations
    ]
    return told or [own]


def _line(row: Any, stale: set[str]) -> Line:
    levels, old = mapping.vocabulary().level_names, row.item_id in stale
    told = [] if old else [_told(each) for each in row.deviations]
    return Line(row, str(queries.name_of(row.item)), levels.get(row.level, ""), told, old)


def _told(each: dict[str, str]) -> Deviating:
    severity = SEVERITY[each["code"]]
    return Deviating(
        what=str(WHAT[each["code"]]),
        do=str(DO[each["code"]]),
        field=str(FIELD_WORDS.get(each["field"], "")),
        weight=str(SEVERITIES[severity]),
        tone=TONES[severity],
        found=each["found"],
        base=each["base"],
    )


def _narrowing(request: ClerkRequest, wanted: Wanted) -> dict[str, Any]:
    """Return the form by which the page is narrowed, and its present choice as part of an address."""
    offered = queries.choices()
    types = mapping.vocabulary().type_names
    choices = {
        "region": [(region, region) for region in offered.regions],
        "department": [(name, name) for name in offered.departments],
        "kind": [(kind, types.get(kind, kind)) for kind in offered.kinds],
    }
    form = WantedForm(initial=_said(wanted), choices=choices)
    return {"form": form, "narrowed": _address(_said(wanted)), "wanted": wanted}


def _wanted(request: ClerkRequest) -> Wanted:
    """Return what the address asks for; what can't be meant doesn't narrow."""
    plain = {name: request.GET.get(name, "")[:160].replace("\0", "") for name in _NAMES}
    severity = request.GET.get("severity", "")
    weight = int(severity) if severity in {"1", "2"} else 0
    return Wanted(**plain, severity=weight)


_NAMES = ("region", "department", "kind", "deviation", "item", "body")


def _said(wanted: Wanted) -> dict[str, str]:
    said = {name: str(getattr(wanted, name)) for name in (*_NAMES, "severity")}
    return {name: value for name, value in said.items() if value not in {"", "0"}}


def _address(params: dict[str, str]) -> str:
    return f"?{urlencode(params)}" if params else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None

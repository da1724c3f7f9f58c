"""The desk: what lies before a clerk, most urgent first, a page at a time by key and never by offset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from tongban.cases.models import Part
from tongban.cases.rules import clock, reference
from tongban.cases.rules.clock import Light
from tongban.cases.rules.lifecycle import FINAL, State
from tongban.catalogue import queries as catalogue
from tongban.lib.actors import Clerk
from tongban.lib.personal import found_by, mask_name
from tongban.lib.texts import Text
from tongban.lib.workdays import Calendar
from tongban.places import queries as places
from tongban.places.rules import Directory

TABS = ("incoming", "in-hand", "review", "waiting", "sent", "closed")
PAGE = 25
MANY = 100

_FINAL = [str(state) for state in FINAL]


@dataclass(frozen=True, slots=True)
class Row:
    """A part as a list shows it; the applicant's name is masked."""

    id: UUID
    case: UUID
    reference: str
    item: Text
    applicant: str
    state: State
    light: Light
    due_on: date | None
    due_kind: str
    provisional: bool
    received_on: date
    received_at: Text
    holder: Text
    decider: Text
    offered_to: Text
    instant: bool
    practice: bool
    version: int


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of a list, how many rows each list has (at most 100 are counted), and where the next page begins."""

    tab: str
    rows: list[Row]
    counts: dict[str, int]
    after: str
    earlier: bool
    today: date


def desk(by: Clerk, tab: str, *, at: datetime, after: str = "") -> Desk:
    """Return a page of what lies before the clerk's bodies, most urgent first.

    :param after: where the page before ended, as its `after` said; anything else begins at the top
    """
    tab = tab if tab in TABS else "in-hand"
    counts, calendar, directory = _standing(by)
    found = list(_page(by, tab, _cursor(after)))
    today = timezone.localdate(at)
    rows = [row_of(part, today, calendar, directory) for part in found[:PAGE]]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Desk(
        tab=tab,
        rows=rows,
        counts=counts,
        after=f"{_ranked(last, tab)}.{last.id}" if last else "",
        earlier=bool(_cursor(after)),
        today=today,
    )


def _ranked(part: Part, tab: str) -> str:
    return part.closed_on.isoformat() if tab == "closed" and part.closed_on else part.rank_on.isoformat()


def _cursor(after: str) -> tuple[date, UUID] | None:
    day, _, key = after.partition(".")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None


def _page(by: Clerk, tab: str, cursor: tuple[date, UUID] | None) -> QuerySet[Part]:
    if by.practice:
        return _loaded(Part.objects.filter(practice=True, case__post=by.post).order_by("-id")[: PAGE + 1])
    if tab in {"incoming", "in-hand", "waiting", "review"}:
        return _loaded(_by_body(by, tab, cursor))
    return _loaded(_elsewhere(by, tab, cursor))


def _loaded(parts: QuerySet[Part]) -> QuerySet[Part]:
    wanted = ["case__reference", "case__revision", "case__applicant", "case__body", "case__practice"]
    narrow = [field.name for field in Part._meta.concrete_fields if field.name != "pauses"]
    return parts.select_related("case").only(*narrow, *wanted)


_TAB_SQL = {
    "incoming": ("offered_to_id", "offered_to_id IS NOT NULL"),
    "in-hand": ("holder_id", "state NOT IN ('closed','withdrawn','lapsed')"),
    "waiting": (
        "holder_id",
        "state NOT IN ('closed','withdrawn','lapsed') AND state IN ('supplementing','paused')",
    ),
    "review": ("holder_id", "state NOT IN ('closed','withdrawn','lapsed') AND state = 'accepted'"),
}


def _by_body(by: Clerk, tab: str, cursor: tuple[date, UUID] | None) -> QuerySet[Part]:
    """Return the first rows of each body's list, each read in the order of its index, and of these the first."""
    column, condition = _TAB_SQL[tab]
    past = "AND (p.rank_on, p.id) > (%s, %s)" if cursor else ""
    sql = (
        f"SELECT x.id FROM unnest(%s::text[]) AS b(code), LATERAL (SELECT p.id FROM cases_part p"  # noqa: S608 — constants
        f" WHERE p.{column} = b.code AND NOT p.practice AND {condition} {past}"
        f" ORDER BY p.rank_on, p.id LIMIT {PAGE + 1}) x"
    )
    found = RawSQL(sql, [sorted(by.bodies), *(cursor or ())])
    return Part.objects.filter(pk__in=found).order_by("rank_on", "id")[: PAGE + 1]


def _elsewhere(by: Clerk, tab: str, cursor: tuple[date, UUID] | None) -> QuerySet[Part]:
    """Return what this place received and another holds, or what was closed lately."""
    parts = Part.objects.filter(practice=False)
    if tab == "sent":
        parts = parts.filter(case__body__in=by.bodies).exclude(holder__in=by.bodies).exclude(state__in=_FINAL)
        if cursor:
            parts = parts.filter(Q(rank_on__gt=cursor[0]) | Q(rank_on=cursor[0], id__gt=cursor[1]))
        return parts.order_by("rank_on", "id")[: PAGE + 1]
    parts = parts.filter(holder__in=by.bodies, closed_on__isnull=False)
    if cursor:
        parts = parts.filter(Q(closed_on__lt=cursor[0]) | Q(closed_on=cursor[0], id__lt=cursor[1]))
    return parts.order_by("-closed_on", "-id")[: PAGE + 1]


def _standing(by: Clerk) -> tuple[dict[str, int], Calendar, Directory]:
    """Return the counts of the lists and both versions of what names and days come from, in one statement."""
    bodies = sorted(by.bodies)
    counted = ", ".join(
        f"(SELECT count(*) FROM (SELECT 1 FROM cases_part p WHERE p.{column} = ANY(%(bodies)s) AND NOT p.practice"  # noqa: S608
        f" AND {condition} LIMIT {MANY}) x)"
        for column, condition in _TAB_SQL.values()
    )
    sql = f"SELECT {counted}, {places.calendar_version_sql}, {places.directory_version_sql}"
    with connection.cursor() as cursor:
        cursor.execute(sql, {"bodies": bodies})
        row = cursor.fetchone()
    assert row
    *counts, calendar, directory = row
    return dict(zip(_TAB_SQL, counts, strict=True)), places.calendar(calendar), places.directory(directory)


def row_of(part: Part, today: date, calendar: Calendar, directory: Directory) -> Row:
    """Return the part as a list shows it."""
    case, rule = part.case, catalogue.edition(part.case.revision_id).rule
    return Row(
        id=part.id,
        case=case.id,
        reference=case.reference,
        item=rule.name,
        applicant=mask_name(case.applicant["name"]),
        state=State(part.state),
        light=clock.light(State(part.state), part.due_on, today, calendar),
        due_on=part.due_on,
        due_kind=part.due_kind,
        provisional=part.provisional,
        received_on=part.received_on,
        received_at=directory.body(case.body_id).name,
        holder=directory.body(part.holder_id).name,
        decider=directory.body(part.decider_id).name,
        offered_to=directory.body(part.offered_to_id).name if part.offered_to_id else Text(""),
        instant=rule.instant,
        practice=part.practice,
        version=part.version,
    )


def search(by: Clerk, typed: str, *, at: datetime) -> list[Row]:
    """Return the cases that the clerk may see with this reference, or of the applicant with this identity number."""
    parts: QuerySet[Part] = Part.objects.filter(practice=by.practice)
    if by.practice:
        parts = parts.filter(case__post=by.post)
    else:
        seen: Any = by.bodies
        parts = parts.filter(
            Q(holder__in=seen) | Q(decider__in=seen) | Q(offered_to__in=seen) | Q(case__body__in=seen)
        )
    if written := reference.read_reference(typed):
        parts = parts.filter(case__reference=written)
    else:
        parts = parts.filter(case__found_by=found_by("number", typed))
    _, calendar, directory = _standing(by)
    today = timezone.localdate(at)
    return [row_of(part, today, calendar, directory) for part in _loaded(parts.order_by("-id")[:50])]

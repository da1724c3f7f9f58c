"""The desk: what lies before a clerk, most urgent first, a page at a time by key and never by offset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import DateField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from tongban.cases.models import Case, Part
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
    late: str
    urged_until: date | None


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of a list, how many rows each list has (at most 100 are counted), and where the next page begins."""

    tab: str
    rows: list[Row]
    counts: dict[str, int]
    after: str
    earlier: bool
    today: date
    urged: int


class _Line(NamedTuple):
    """What is read of a part for a list; not the part itself, since making one costs more than reading it."""

    id: UUID
    case: UUID
    reference: str
    revision: str
    applicant: dict[str, str]
    received_by: str
    state: str
    due_on: date | None
    due_kind: str
    provisional: bool
    received_on: date
    holder: str
    decider: str
    offered_to: str | None
    practice: bool
    version: int
    rank_on: date
    closed_on: date | None
    reminded_on: date | None
    escalated_on: date | None
    urged_until: date | None


_COLUMNS = (
    "id", "case", "case__reference", "case__revision", "case__applicant", "case__body", "state", "due_on", "due_kind",
    "provisional", "received_on", "holder", "decider", "offered_to", "practice", "version", "rank_on", "closed_on",
    "offer__reminded_on", "offer__escalated_on", "urged_until",
)  # fmt: skip


def desk(by: Clerk, tab: str, *, at: datetime, after: str = "") -> Desk:
    """Return a page of what lies before the clerk's bodies, most urgent first.

    :param after: where the page before ended, as its `after` said; anything else begins at the top
    """
    tab = tab if tab in TABS else "in-hand"
    counts, urged, calendar, directory = _standing(by)
    found = _page(by, tab, _cursor(after))
    today = timezone.localdate(at)
    rows = [_row(line, today, calendar, directory) for line in found[:PAGE]]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Desk(
        tab=tab,
        rows=rows,
        counts=counts,
        after=f"{_ranked(last, tab)}.{last.id}" if last else "",
        earlier=bool(_cursor(after)),
        today=today,
        urged=urged,
    )


def _ranked(line: _Line, tab: str) -> str:
    return line.closed_on.isoformat() if tab == "closed" and line.closed_on else line.rank_on.isoformat()


def _cursor(after: str) -> tuple[date, UUID] | None:
    day, _, key = after.partition(".")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None


def _page(by: Clerk, tab: str, cursor: tuple[date, UUID] | None) -> list[_Line]:
    if by.practice:
        parts = Part.objects.filter(practice=True, case__post=by.post).order_by("-id")
        return _read((parts.filter(id__lt=cursor[1]) if cursor else parts)[: PAGE + 1], by)
    if tab in _TAB_SQL:
        return _by_body(by, tab, cursor)
    return _read(_elsewhere(by, tab, cursor), by)


_URGED = (
    "(SELECT min(u.due_on) FROM cases_urging u WHERE u.part_id = cases_part.id AND u.answered_at IS NULL"
    " AND u.body_id = ANY(%s))"
)


def _read(parts: QuerySet[Part], by: Clerk) -> list[_Line]:
    urged = RawSQL(_URGED, [sorted(by.bodies)], DateField())
    return [_Line._make(values) for values in parts.annotate(urged_until=urged).values_list(*_COLUMNS)]


_TAB_SQL = {
    "incoming": ("offered_to_id", "offered_to_id IS NOT NULL"),
    "in-hand": ("holder_id", "state NOT IN ('closed','withdrawn','lapsed')"),
    "waiting": (
        "holder_id",
        "state NOT IN ('closed','withdrawn','lapsed') AND state IN ('supplementing','paused')",
    ),
    "review": ("holder_id", "state NOT IN ('closed','withdrawn','lapsed') AND state = 'accepted'"),
}


_SHOWN = (
    "p.id, p.case_id, c.reference, c.revision_id, c.applicant, c.body_id, p.state, p.due_on, p.due_kind,"
    " p.provisional, p.received_on, p.holder_id, p.decider_id, p.offered_to_id, p.practice, p.version, p.rank_on,"
    " p.closed_on, o.reminded_on, o.escalated_on,"
    " (SELECT min(u.due_on) FROM cases_urging u"
    " WHERE u.part_id = p.id AND u.answered_at IS NULL AND u.body_id = ANY(%s))"
)
_APPLICANT: Any = Case._meta.get_field("applicant")


def _by_body(by: Clerk, tab: str, cursor: tuple[date, UUID] | None) -> list[_Line]:
    """Return the first rows of each body's list, each read in the order of its index, and of these the first."""
    column, condition = _TAB_SQL[tab]
    past = "AND (p.rank_on, p.id) > (%s, %s)" if cursor else ""
    bodies = sorted(by.bodies)
    # Each body is a branch of its own: of an array the planner couldn't know the length, and would plan at every call.
    lists = " UNION ALL ".join(
        f"(SELECT p.id, p.rank_on FROM cases_part p WHERE p.{column} = %s AND NOT p.practice AND {condition}"  # noqa: S608
        f" {past} ORDER BY p.rank_on, p.id LIMIT {PAGE + 1})"
        for _ in bodies
    )
    sql = (
        f"SELECT {_SHOWN} FROM (SELECT id FROM ({lists}) f ORDER BY rank_on, id LIMIT {PAGE + 1}) first"  # noqa: S608
        " JOIN cases_part p USING (id) JOIN cases_case c ON c.id = p.case_id"
        " LEFT JOIN cases_transfer o ON o.id = p.offer_id ORDER BY p.rank_on, p.id"
    )
    with connection.cursor() as found:
        found.execute(sql, [bodies, *(each for body in bodies for each in (body, *(cursor or ())))])
        lines = [_Line._make(values) for values in found.fetchall()]
    return [line._replace(applicant=_APPLICANT.from_db_value(line.applicant)) for line in lines]


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


_OPEN_URGINGS = (
    f"(SELECT count(*) FROM (SELECT 1 FROM cases_urging u WHERE u.body_id = ANY(%(bodies)s)"  # noqa: S608 — constants
    f" AND u.answered_at IS NULL LIMIT {MANY}) x)"
)


def _standing(by: Clerk) -> tuple[dict[str, int], int, Calendar, Directory]:
    """Return the counts of the lists and of open urgings, and both versions of what names and days come from."""
    # Who practises sees nothing of what really waits.
    bodies = [] if by.practice else sorted(by.bodies)
    counted = ", ".join(
        f"(SELECT count(*) FROM (SELECT 1 FROM cases_part p WHERE p.{column} = ANY(%(bodies)s) AND NOT p.practice"  # noqa: S608
        f" AND {condition} LIMIT {MANY}) x)"
        for column, condition in _TAB_SQL.values()
    )
    sql = f"SELECT {counted}, {_OPEN_URGINGS}, {places.calendar_version_sql}, {places.directory_version_sql}"
    with connection.cursor() as cursor:
        cursor.execute(sql, {"bodies": bodies})
        row = cursor.fetchone()
    assert row
    *counts, urged, calendar, directory = row
    return (
        dict(zip(_TAB_SQL, counts, strict=True)),
        urged,
        places.calendar(calendar),
        places.directory(directory),
    )


def _row(line: _Line, today: date, calendar: Calendar, directory: Directory) -> Row:
    """Return the part as a list shows it."""
    rule, state = catalogue.edition(line.revision).rule, State(line.state)
    return Row(
        id=line.id,
        case=line.case,
        reference=line.reference,
        item=rule.name,
        applicant=mask_name(line.applicant["name"]),
        state=state,
        light=clock.light(state, line.due_on, today, calendar),
        due_on=line.due_on,
        due_kind=line.due_kind,
        provisional=line.provisional,
        received_on=line.received_on,
        received_at=directory.body(line.received_by).name,
        holder=directory.body(line.holder).name,
        decider=directory.body(line.decider).name,
        offered_to=directory.body(line.offered_to).name if line.offered_to else Text(""),
        instant=rule.instant,
        practice=line.practice,
        version=line.version,
        late="escalated" if line.escalated_on else "reminded" if line.reminded_on else "",
        urged_until=line.urged_until,
    )


def search(by: Clerk, typed: str, *, at: datetime) -> list[Row]:
    """Return the cases that the clerk may see with this reference, or of the applicant with this identity number.

    A supervisor finds the cases that they watch over by their reference, and no person's.
    """
    parts: QuerySet[Part] = Part.objects.filter(practice=by.practice)
    written = reference.read_reference(typed)
    if by.practice:
        parts = parts.filter(case__post=by.post)
    else:
        seen: Any = by.bodies | by.watches if written else by.bodies
        parts = parts.filter(
            Q(holder__in=seen) | Q(decider__in=seen) | Q(offered_to__in=seen) | Q(case__body__in=seen)
        )
    wanted = {"case__reference": written} if written else {"case__found_by": found_by("number", typed)}
    parts = parts.filter(**wanted)
    *_, calendar, directory = _standing(by)
    today = timezone.localdate(at)
    return [_row(line, today, calendar, directory) for line in _read(parts.order_by("-id")[:50], by)]

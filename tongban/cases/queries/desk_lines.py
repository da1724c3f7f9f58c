"""What is read of parts for a list, a page at a time by key, and how many rows each list of a desk has."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import DateField, Q, QuerySet
from django.db.models.expressions import RawSQL

from tongban.cases.models import Case, Part
from tongban.cases.rules.lifecycle import FINAL
from tongban.lib.actors import Clerk
from tongban.lib.workdays import Calendar
from tongban.places import queries as places
from tongban.places.rules import Directory

TABS = ("incoming", "in-hand", "review", "waiting", "sent", "closed")
PAGE = 25
MANY = 100

_FINAL = [str(state) for state in FINAL]

Standing = tuple[dict[str, int], int, Calendar, Directory]
"""The counts of the lists and of open urgings, and what names and days come from."""


class Line(NamedTuple):
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


def cursor(after: str) -> tuple[date, UUID] | None:
    """Return the day and the key after which a page begins; None for anything that isn't one."""
    day, _, key = after.partition(".")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None


def read(by: Clerk, tab: str, after: tuple[date, UUID] | None) -> tuple[Standing, list[Line]]:
    """Return the counts and a page's lines, and one line more if there is another page.

    The lists at which all sit all day are read in one statement.
    """
    if by.practice:
        parts = Part.objects.filter(practice=True, case__post=by.post).order_by("-id")
        return standing(by), plain((parts.filter(id__lt=after[1]) if after else parts)[: PAGE + 1], by)
    if tab in _TAB_SQL:
        return _by_body(by, tab, after)
    return standing(by), plain(_elsewhere(by, tab, after), by)


_URGED = (
    "(SELECT min(u.due_on) FROM cases_urging u WHERE u.part_id = cases_part.id AND u.answered_at IS NULL"
    " AND u.body_id = ANY(%s))"
)


def plain(parts: QuerySet[Part], by: Clerk) -> list[Line]:
    """Return the lines of any parts, in their order."""
    urged = RawSQL(_URGED, [sorted(by.bodies)], DateField())
    return [Line._make(values) for values in parts.annotate(urged_until=urged).values_list(*_COLUMNS)]


_TAB_SQL = {
    "incoming": ("offered_to_id", "offered_to_id IS NOT NULL"),
    "in-hand": ("holder_id", "state NOT IN ('closed','withdrawn','lapsed')"),
    "waiting": (
        "holder_id",
        "state NOT IN ('closed','withdrawn','lapsed') AND state IN ('supplementing','paused')",
    ),
    "review": ("holder_id", "state NOT IN ('closed','withdrawn','lapsed') AND state = 'accepted'"),
}


_OF_PART = (
    "p.id, p.case_id, p.state, p.due_on, p.due_kind, p.provisional, p.received_on, p.holder_id, p.decider_id,"
    " p.offered_to_id, p.offer_id, p.practice, p.version, p.rank_on, p.closed_on"
)
_SHOWN = (
    "p.id, p.case_id, c.reference, c.revision_id, c.applicant, c.body_id, p.state, p.due_on, p.due_kind,"
    " p.provisional, p.received_on, p.holder_id, p.decider_id, p.offered_to_id, p.practice, p.version, p.rank_on,"
    " p.closed_on, o.reminded_on, o.escalated_on,"
    " (SELECT min(u.due_on) FROM cases_urging u"
    " WHERE u.part_id = p.id AND u.answered_at IS NULL AND u.body_id = ANY(%(bodies)s))"
)
_APPLICANT: Any = Case._meta.get_field("applicant")


def _by_body(by: Clerk, tab: str, after: tuple[date, UUID] | None) -> tuple[Standing, list[Line]]:
    """Return the counts, and the first rows of each body's list, read in the order of its index, of these the first."""
    column, condition = _TAB_SQL[tab]
    past = "AND (p.rank_on, p.id) > (%(day)s, %(key)s)" if after else ""
    bodies = sorted(by.bodies)
    values = {f"body{index}": body for index, body in enumerate(bodies)} | {"bodies": bodies}
    # Each body is a branch of its own: of an array the planner couldn't know the length, and would plan at every call.
    # A branch reads the rows themselves: to find them again by their keys would cost more, and more with their number.
    lists = " UNION ALL ".join(
        f"(SELECT {_OF_PART} FROM cases_part p WHERE p.{column} = %(body{index})s AND NOT p.practice"  # noqa: S608
        f" AND {condition} {past} ORDER BY p.rank_on, p.id LIMIT {PAGE + 1})"
        for index in range(len(bodies))
    )
    sql = (
        f"SELECT n.*, r.* FROM (SELECT {_STANDING}) n LEFT JOIN (SELECT {_SHOWN}"  # noqa: S608
        f" FROM (SELECT * FROM ({lists}) f ORDER BY rank_on, id LIMIT {PAGE + 1}) p"
        " JOIN cases_case c ON c.id = p.case_id"
        " LEFT JOIN cases_transfer o ON o.id = p.offer_id) r ON true ORDER BY r.rank_on, r.id"
    )
    with connection.cursor() as found:
        found.execute(sql, values | (dict(zip(("day", "key"), after, strict=True)) if after else {}))
        rows = found.fetchall()
    split = len(rows[0]) - len(Line._fields)
    lines = [Line._make(row[split:]) for row in rows if row[split] is not None]
    return (
        _stands(rows[0][:split]),
        [line._replace(applicant=_APPLICANT.from_db_value(line.applicant)) for line in lines],
    )


def _elsewhere(by: Clerk, tab: str, after: tuple[date, UUID] | None) -> QuerySet[Part]:
    """Return what this place received and another holds, or what was closed lately."""
    parts = Part.objects.filter(practice=False)
    if tab == "sent":
        parts = parts.filter(case__body__in=by.bodies).exclude(holder__in=by.bodies).exclude(state__in=_FINAL)
        if after:
            parts = parts.filter(Q(rank_on__gt=after[0]) | Q(rank_on=after[0], id__gt=after[1]))
        return parts.order_by("rank_on", "id")[: PAGE + 1]
    parts = parts.filter(holder__in=by.bodies, closed_on__isnull=False)
    if after:
        parts = parts.filter(Q(closed_on__lt=after[0]) | Q(closed_on=after[0], id__lt=after[1]))
    return parts.order_by("-closed_on", "-id")[: PAGE + 1]


_COUNTED = ", ".join(
    f"(SELECT count(*) FROM (SELECT 1 FROM cases_part p WHERE p.{column} = ANY(%(bodies)s) AND NOT p.practice"  # noqa: S608
    f" AND {condition} LIMIT {MANY}) x)"
    for column, condition in _TAB_SQL.values()
)
_STANDING = (
    f"{_COUNTED}, (SELECT count(*) FROM (SELECT 1 FROM cases_urging u WHERE u.body_id = ANY(%(bodies)s)"  # noqa: S608 — constants
    f" AND u.answered_at IS NULL LIMIT {MANY}) x),"
    f" {places.calendar_version_sql}, {places.directory_version_sql}"
)
"""The counts of the lists and of open urgings, and both versions of what names and days come from."""


def standing(by: Clerk) -> Standing:
    """Return how many rows each list has, and what names and days come from."""
    # Who practises sees nothing of what really waits.
    bodies = [] if by.practice else sorted(by.bodies)
    with connection.cursor() as found:
        found.execute(f"SELECT {_STANDING}", {"bodies": bodies})
        return _stands(found.fetchone())


def _stands(values: Any) -> Standing:
    *counts, urged, calendar, directory = values
    return (
        dict(zip(_TAB_SQL, counts, strict=True)),
        urged,
        places.calendar(calendar),
        places.directory(directory),
    )

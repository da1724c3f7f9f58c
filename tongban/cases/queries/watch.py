"""What a supervisor keeps an eye on: what is late in the bodies of their region, the worst first, page by page.

Each list is read body by body in the order of an index that holds open things only, so that nothing here grows with
what was closed. A list's place is kept by key: a day or time, and an id.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from tongban.cases.models import Obstacle, Part, Transfer, Urging
from tongban.lib.actors import Clerk

GROUPS = ("urged", "overdue", "offers", "obstacles", "deemed")
PAGE, FEW, MANY = 25, 5, 100
LATELY = timedelta(days=30)
"""For how long an acceptance by silence is shown; our own choice."""


@dataclass(frozen=True, slots=True)
class _List:
    """How one list is read: each of its columns names a body, and each condition goes with an index.

    :param order: the columns of the key, and whether the list runs backwards
    """

    table: str
    bodies: tuple[str, ...]
    condition: str
    key: str
    backwards: bool = False


_LIVE = "NOT t.practice AND t.state NOT IN ('closed','withdrawn','lapsed')"
_LISTS = {
    "urged": _List("cases_urging", ("body_id",), "t.answered_at IS NULL", "due_on"),
    "overdue": _List(
        "cases_part", ("holder_id", "offered_to_id"), f"{_LIVE} AND t.rank_on < %(today)s", "rank_on"
    ),
    "offers": _List(
        "cases_transfer",
        ("giver_id", "taker_id"),
        "t.state = 'open' AND t.reminded_on IS NOT NULL",
        "offered_at",
    ),
    "obstacles": _List(
        "cases_obstacle",
        ("owner_id", "body_id"),
        "t.answered_at IS NULL AND NOT t.practice AND t.due_on < %(today)s",
        "due_on",
    ),
    "deemed": _List(
        "cases_part",
        ("decider_id",),
        "NOT t.practice AND t.deemed AND t.accepted_on >= %(lately)s",
        "accepted_on",
        backwards=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and where the next page begins; nothing where this is the last."""

    group: str
    ids: list[UUID]
    after: str
    earlier: bool


@dataclass(frozen=True, slots=True)
class Watch:
    """How much each list holds (at most 100 are counted), and the pages that are shown."""

    counts: dict[str, int]
    pages: list[Page]
    today: date


def watch(bodies: Collection[str], *, at: datetime, group: str = "", after: str = "") -> Watch:
    """Return the beginning of every list for these bodies or, if one is named, a page of it.

    :param after: where the page before ended, as its `after` said; anything else begins at the top
    """
    today = timezone.localdate(at)
    given = {"bodies": sorted(bodies), "today": today, "lately": today - LATELY}
    if group in _LISTS:
        pages = [_page(group, given, _cursor(after), PAGE)]
    else:
        pages = [_page(each, given, None, FEW) for each in GROUPS]
    return Watch(_counts(given), pages, today)


def _found(wanted: _List, past: str, limit: int) -> str:
    """Return the statement that reads the first of a list, body by body."""
    way = " DESC" if wanted.backwards else ""
    order = f"t.{wanted.key}{way}, t.id{way}"
    each = (
        f"SELECT x.* FROM unnest(%(bodies)s::text[]) AS b(code), LATERAL (SELECT t.id, t.{wanted.key} AS key"  # noqa: S608 — constants
        f" FROM {wanted.table} t WHERE t.{column} = b.code AND {wanted.condition} {past}"
        f" ORDER BY {order} LIMIT {limit}) x"
        for column in wanted.bodies
    )
    return " UNION ".join(each)


def _page(group: str, given: dict[str, Any], cursor: tuple[str, UUID] | None, size: int) -> Page:
    wanted = _LISTS[group]
    sign, way = ("<", " DESC") if wanted.backwards else (">", "")
    past = f"AND (t.{wanted.key}, t.id) {sign} (%(key)s, %(id)s)" if cursor else ""
    sql = f"{_found(wanted, past, size + 1)} ORDER BY key{way}, id{way} LIMIT {size + 1}"
    with connection.cursor() as held:
        held.execute(sql, {**given, **(dict(zip(("key", "id"), cursor, strict=True)) if cursor else {})})
        rows = held.fetchall()
    last = rows[size - 1] if len(rows) > size else None
    after = f"{last[1].isoformat()}~{last[0]}" if last else ""
    return Page(group, [row[0] for row in rows[:size]], after, earlier=bool(cursor))


def _counts(given: dict[str, Any]) -> dict[str, int]:
    counted = ", ".join(
        f"(SELECT count(*) FROM (SELECT 1 FROM ({_found(_LISTS[group], '', MANY)}) y LIMIT {MANY}) z)"  # noqa: S608
        for group in GROUPS
    )
    with connection.cursor() as held:
        held.execute(f"SELECT {counted}", given)
        row = held.fetchone() or ()
    return dict(zip(GROUPS, row, strict=True))


def _cursor(after: str) -> tuple[str, UUID] | None:
    day, _, key = after.partition("~")
    try:
        # A day is a time, too: what neither reads begins at the top.
        return datetime.fromisoformat(day).isoformat(), UUID(key)
    except ValueError:
        return None


def parts(ids: Collection[UUID]) -> dict[UUID, Part]:
    """Return these parts with their cases, for a list of them."""
    return {row.id: row for row in Part.objects.select_related("case").filter(pk__in=ids)}


def offers(ids: Collection[UUID]) -> dict[UUID, Transfer]:
    """Return these offers with their parts and cases."""
    return {row.id: row for row in Transfer.objects.select_related("part__case").filter(pk__in=ids)}


def obstacles(ids: Collection[UUID]) -> dict[UUID, Obstacle]:
    """Return these records of what could not be done, with their cases."""
    return {row.id: row for row in Obstacle.objects.select_related("case").filter(pk__in=ids)}


def urgings(ids: Collection[UUID]) -> dict[UUID, Urging]:
    """Return these urgings with what they are about."""
    rows = Urging.objects.select_related("part__case", "obstacle", "case").filter(pk__in=ids)
    return {row.id: row for row in rows}


def urged(parts: Collection[UUID] = (), obstacles: Collection[UUID] = ()) -> dict[UUID, date]:
    """Return by when an answer is due for those of the parts and records that a body was urged about."""
    rows = Urging.objects.filter(answered_at__isnull=True)
    found = dict(rows.filter(part__in=parts).order_by("-due_on").values_list("part", "due_on"))
    return found | dict(rows.filter(obstacle__in=obstacles).values_list("obstacle", "due_on"))


def urgings_of(case: UUID) -> list[Urging]:
    """Return everything that was urged about a case, oldest first."""
    return list(Urging.objects.filter(case=case).order_by("at", "id"))


def urgings_about(obstacle: UUID) -> list[Urging]:
    """Return everything that was urged about something that could not be done, oldest first."""
    return list(Urging.objects.filter(obstacle=obstacle).order_by("at", "id"))


def may_urge(by: Clerk, bodies: Collection[str | None]) -> list[str]:
    """Return which of the bodies the clerk can urge, in their order."""
    return [] if by.practice else [body for body in dict.fromkeys(bodies) if body and body in by.watches]

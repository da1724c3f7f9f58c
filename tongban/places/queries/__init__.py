"""Reads of places; the directory and the calendar are kept in the process, each under its version."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from tongban.lib import reads
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Missing
from tongban.lib.workdays import Calendar, SpecialDay
from tongban.places import rules
from tongban.places.models import Body, CalendarLoad, Hall, Post, Region, Window, WorkDay
from tongban.places.rules import Counter, Directory, Level, Office, Place, Role

_POST = "post:"

calendar_version_sql = "(SELECT coalesce(max(id), 0) FROM places_calendarload)"
"""A scalar subselect for a statement that needs the calendar's version along with its own rows."""

directory_version_sql = "(SELECT coalesce(max(id), 0) FROM places_placeload)"
"""The same for the version of regions and bodies."""


def calendar_version() -> int:
    """Return the version of the calendar in force; 0 if none was ever loaded."""
    return _number(calendar_version_sql)


def directory_version() -> int:
    """Return the version of the regions and bodies in force; 0 if none were ever loaded."""
    return _number(directory_version_sql)


def _number(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


@lru_cache(maxsize=16)
def calendar(version: int) -> Calendar:
    """Return the calendar as it stood at a version: of each year the last load up to then."""
    known = CalendarLoad.objects.filter(id__lte=version)
    newest = list(known.order_by("year", "-id").distinct("year"))
    days = WorkDay.objects.filter(load__in=newest).order_by("load__year")
    # The notice for a year may also move days of the December before: its word is the later one.
    said = {day.day: SpecialDay(day.day, day.kind == rules.DayKind.WORK, day.name) for day in days}
    settled = rules.settled_until(load.year for load in newest if load.final)
    return Calendar(f"cn:{version}", frozenset(said.values()), settled)


def calendar_now() -> Calendar:
    """Return the calendar in force."""
    return calendar(calendar_version())


@lru_cache(maxsize=4)
def directory(version: int) -> Directory:
    """Return all regions and bodies of a version, to be asked without the database."""
    del version  # it is the key of the cache: rows are read as they stand when it is new
    places = [_place(region) for region in Region.objects.all()]
    counters = [_counter(window) for window in Window.objects.select_related("hall")]
    return Directory.of(places, [_office(body) for body in Body.objects.all()], counters)


def directory_now() -> Directory:
    """Return all regions and bodies in force, at the price of one cheap statement."""
    return directory(directory_version())


def _place(region: Region) -> Place:
    return Place(
        code=region.code,
        name=region.name,
        pinyin=region.pinyin,
        initials=region.initials,
        level=Level(region.level),
        kind=rules.Kind(region.kind),
        parent=region.parent_id or "",
        successor=region.successor_id or "",
        ended=region.valid_to is not None or region.successor_id is not None,
        verified=region.verified,
        since=region.valid_from,
        until=region.valid_to,
    )


def _office(body: Body) -> Office:
    return Office(
        code=body.code,
        name=body.name,
        region=body.region_id,
        function=body.function,
        level=Level(body.level),
        parent=body.parent_id or "",
        phone=body.phone,
        illustrative=body.illustrative,
    )


def _counter(window: Window) -> Counter:
    return Counter(window.code, window.number, window.name, window.hall.name, window.hall.body_id)


def region(code: str) -> Place:
    """Return the region.

    :raises Missing: if there is none
    """
    return directory_now().region(code)


def body(code: str) -> Office:
    """Return the body.

    :raises Missing: if there is none
    """
    return directory_now().body(code)


def regions_search(text: str, limit: int = 10) -> list[Place]:
    """Return the regions that the text names, best first: by name or part of it, pinyin, initials or code."""
    return directory_now().search(text, limit)


def ancestor(region_code: str, level: str) -> str:
    """Return the code of the region at this level to which the region belongs, itself included.

    :raises Missing: if there is none
    """
    return directory_now().ancestor(region_code, level)


def city_or_itself(region_code: str) -> str:
    """Return the code of the region's city; the region's own where it belongs to none or isn't known."""
    try:
        return directory_now().ancestor(region_code, Level.CITY) if region_code else ""
    except Missing:
        return region_code


def body_for(function: str, level: str, region_code: str) -> Office | None:
    """Return the body that has this function for the region at this level, if there is one."""
    return directory_now().body_for(function, level, region_code)


def bodies_below(body_code: str) -> frozenset[str]:
    """Return the codes of the body and of the sections below it."""
    return directory_now().below(body_code)


def hall(code: str) -> Hall:
    """Return the hall with its region and the body that runs it.

    :raises Missing: if there is none
    """
    found = Hall.objects.select_related("region", "body").filter(code=code).first()
    if found is None:
        raise Missing
    return found


def halls_in(region_code: str) -> list[Hall]:
    """Return the halls of the region, by code."""
    return list(Hall.objects.filter(region=region_code).order_by("code"))


def halls() -> dict[str, list[Hall]]:
    """Return all halls by the code of their region, in one statement."""
    found: dict[str, list[Hall]] = {}
    for each in Hall.objects.order_by("region", "code"):
        found.setdefault(each.region_id, []).append(each)
    return found


def windows_of(hall_code: str) -> list[Window]:
    """Return the open windows of the hall, special ones first."""
    return list(Window.objects.filter(hall=hall_code, active=True).order_by("-special", "number"))


@dataclass(frozen=True, slots=True)
class AtWork:
    """Somebody at work at one post: the actor, and what pages show beside it.

    `epoch` is that of the account: a session begun under a lower one has been ended.
    """

    clerk: Clerk
    epoch: int
    username: str
    name: str
    title: str
    body: Office
    place: Place
    window: Window | None = None


def post(post_id: UUID, on: date) -> AtWork:
    """Return who works at the post on this day, in one statement.

    :raises Missing: if there is no such post, it isn't held on that day, or its account is closed
    """
    found = _at_work("p.id", post_id, on)
    if not found:
        raise Missing
    return found[0]


def posts_of(account_id: UUID, on: date) -> list[AtWork]:
    """Return the posts that the account holds on this day, the oldest first."""
    return _at_work("p.account_id", account_id, on)


# Asked at every request of the staff: a statement of our own, since the ORM would put its own together each time.
# The directory's version comes along, so that looking up the body takes no second one.
_AT_WORK = (
    f"SELECT {reads.columns(Post, 'p')}, {reads.columns(Window, 'w')}, {reads.columns(Hall, 'h')},"  # noqa: S608
    f" a.username, a.name, a.epoch, {directory_version_sql}"
    " FROM places_post p JOIN people_account a ON a.id = p.account_id AND a.is_active"
    " LEFT JOIN places_window w ON w.code = p.window_id LEFT JOIN places_hall h ON h.code = w.hall_id"
    " WHERE p.valid_from <= %s AND (p.valid_until IS NULL OR p.valid_until >= %s)"
)


def _at_work(column: str, key: UUID, on: date) -> list[AtWork]:
    sql = f"{_AT_WORK} AND {column} = %s ORDER BY p.valid_from, p.id"
    return [_shown(*found) for found in reads.rows(sql, [on, on, key], Post, Window, Hall)]


def _shown(post: Post, window: Window | None, hall: Hall | None, *staff: Any) -> AtWork:
    username, name, epoch, version = staff
    known = directory(version)
    office = known.body(post.body_id)
    if window and hall:
        window.hall = hall
    clerk = Clerk(
        account=post.account_id,
        post=post.id,
        body=office.code,
        bodies=known.below(office.code),
        region=office.region,
        window=post.window_id or "",
        roles=frozenset(post.roles),
        name=name,
        watches=known.within(office.region) if Role.SUPERVISE in post.roles else frozenset(),
    )
    place = known.region(office.region)
    return AtWork(clerk, epoch, username, name, post.title, office, place, window)


@lru_cache(maxsize=4096)
def _window(code: str, version: int) -> Window | None:
    del version  # the key of the cache: halls change by a load only
    return Window.objects.select_related("hall").filter(code=code).first()


def window(code: str) -> Window:
    """Return the window with its hall, kept in the process.

    :raises Missing: if there is none
    """
    found = _window(code, directory_version())
    if found is None:
        raise Missing
    return found


def who(actors: Collection[str]) -> dict[str, str]:
    """Return who stands behind actors as they are recorded (`post:…`), for staff to see: name and title.

    Also of posts that have ended since; what isn't a post, such as `applicant`, has no name here.
    """
    ids = [actor.removeprefix(_POST) for actor in actors if actor.startswith(_POST)]
    rows = Post.objects.filter(pk__in=ids).values_list("id", "account__name", "title")
    return {f"{_POST}{post}": f"{name} · {title}" if title else name for post, name, title in rows}

"""The calendar of working days, loaded year by year."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from django.db import connection, transaction

from tongban.lib.actors import Actor
from tongban.lib.refusals import Refused
from tongban.places.actions import tables
from tongban.places.models import CalendarLoad, WorkDay
from tongban.places.rules import CalendarLoaded, DayKind
from tongban.trail import actions as trail

_COLUMNS = ("day", "kind", "name_zh", "name_en")


@transaction.atomic
def load_calendar(
    path: Path, *, by: Actor, at: datetime, final: bool = True, dry_run: bool = False
) -> CalendarLoaded:
    """Load the years of a file, each whole: a year that reads as it stands already is left alone.

    A file that isn't `final` is a forecast: its days are used, but limits that need them are provisional.

    :param path: a CSV of day, kind (off or work), name_zh, name_en and, if given, source and the year whose
        notice fixes the day (the notice for a year also moves days of the December before)
    :param dry_run: tell what would change, and change nothing
    :raises Invalid: if a row is wrong; says which, and which column
    :raises Refused: if a forecast would replace a year that is settled
    """
    days = _read(path)
    with connection.cursor() as cursor:
        # One after the other, so that versions are committed in the order of their numbers.
        cursor.execute("LOCK TABLE places_calendarload IN SHARE ROW EXCLUSIVE MODE")
    loaded = CalendarLoaded()
    for year, group in groupby(sorted(days, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        loaded += _load_year(year, [day for _, day in group], by=by, at=at, final=final, dry_run=dry_run)
    if loaded.years and not dry_run:
        years = ",".join(str(year) for year in loaded.years)
        entry = trail.entry(
            "places.calendar.load",
            f"calendar:{loaded.version}",
            actor=str(by),
            at=at,
            years=years,
            final=final,
        )
        trail.record([entry])
    return loaded


def _load_year(
    year: int, days: list[WorkDay], *, by: Actor, at: datetime, final: bool, dry_run: bool
) -> CalendarLoaded:
    newest = CalendarLoad.objects.filter(year=year).order_by("-id").first()
    if newest and newest.final and not final:
        raise Refused("calendar.year-settled", year=year)
    before = {day.day: _says(day) for day in WorkDay.objects.filter(load=newest)} if newest else {}
    after = {day.day: _says(day) for day in days}
    changes = CalendarLoaded.of(year, before, after, again=newest is None or newest.final is not final)
    if changes.years and not dry_run:
        load = CalendarLoad.objects.create(year=year, final=final, loaded_at=at, by=str(by))
        changes = changes.under(_save(load, days))
    return changes


def _save(load: CalendarLoad, days: list[WorkDay]) -> int:
    for day in days:
        day.load = load
    WorkDay.objects.bulk_create(days)
    return load.id


def _says(day: WorkDay) -> tuple[str, str, str, str]:
    return day.kind, day.name_zh, day.name_en, day.source


def _read(path: Path) -> list[tuple[int, WorkDay]]:
    """Return the days of the file, each with the year whose notice fixes it."""
    seen: dict[date, int] = {}
    days = []
    for row in tables.read(path, _COLUMNS):
        pair = _day(row)
        first = seen.setdefault(pair[1].day, row.number)
        if first != row.number:
            raise row.wrong("calendar.day-twice", "day", first=first)
        days.append(pair)
    return days


def _day(row: tables.Row) -> tuple[int, WorkDay]:
    row.needed("day")
    day = row.day("day") or date.min
    kind = row.word("kind", [str(kind) for kind in DayKind])
    if kind == DayKind.WORK and day.weekday() < 5:
        raise row.wrong("calendar.make-up-on-weekday", "day")
    names = {"name_zh": row.needed("name_zh", 120), "name_en": row.text("name_en", 160)}
    return _year(row, day), WorkDay(day=day, kind=kind, source=row.text("source"), **names)


def _year(row: tables.Row, day: date) -> int:
    written = row.text("year") or str(day.year)
    if written not in {str(day.year), str(day.year + 1)} or (written != str(day.year) and day.month < 12):
        raise row.wrong("calendar.year-wrong", "year", day=day.isoformat())
    return int(written)

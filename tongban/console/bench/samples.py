"""Cases made by the real actions, and their rows as text: what the limit and the bulk rows are copies of."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.utils import timezone
from PIL import Image

from tongban.cases import actions
from tongban.cases.rules.enclosures import Defect
from tongban.console.bench.stage import Scene
from tongban.files import actions as files
from tongban.lib.actors import System
from tongban.places import queries as places
from tongban.trail import queries as trails

Row = dict[str, str | None]

TABLES: Mapping[str, str] = {
    "cases_case": "id = %s",
    "cases_part": "case_id = %s",
    "cases_transfer": "part_id IN (SELECT id FROM cases_part WHERE case_id = %s)",
    "cases_enclosure": "case_id = %s",
    "cases_page": "enclosure_id IN (SELECT id FROM cases_enclosure WHERE case_id = %s)",
    "cases_act": "case_id = %s",
    "cases_delivery": "part_id IN (SELECT id FROM cases_part WHERE case_id = %s)",
    "papers_paper": "subject = %s",
    "trail_entry": '"case" = %s',
}
"""Every table into which a case's steps write, with how its rows are found by the case."""


@dataclass(frozen=True, slots=True)
class Life:
    """How far a case has come, how many working days ago it was received, and how many of a hundred are so."""

    name: str
    steps: tuple[str, ...]
    youngest: int
    oldest: int
    share: int


_DECIDED = ("take_over", "accept", "grant")
LIVES = (
    Life("offered", (), 0, 3, 8),
    Life("held", ("take_over",), 1, 4, 6),
    Life("supplementing", ("take_over", "ask"), 3, 9, 3),
    Life("accepted", ("take_over", "accept"), 2, 14, 11),
    Life("granted", _DECIDED, 4, 14, 4),
    Life("sent", (*_DECIDED, "make", "send"), 6, 14, 4),
    Life("closed", (*_DECIDED, "make", "send", "close"), 8, 30, 64),
)
BY_NAME = {life.name: life for life in LIVES}


@dataclass(frozen=True, slots=True)
class Sample:
    """One case with all its rows as PostgreSQL writes them, and its trail entries as the sealer hashes them."""

    scene: Scene
    life: Life
    tables: Mapping[str, Sequence[Row]]
    sealed: Sequence[bytes]


def page(at: datetime, number: int) -> str:
    """Return the hash of a stored page, plainly made up."""
    out = io.BytesIO()
    Image.new("RGB", (620, 877), (250, 250, 245 - number)).save(out, "JPEG")
    out.seek(0)
    name = "sample.jpg"
    return files.store(out, declared_name=name, declared_type="image/jpeg", by=System("bench"), at=at).sha256


def make(scenes: Sequence[Scene], now: datetime, lives: Sequence[Life] = LIVES) -> Iterator[Sample]:
    """Yield a case of each life for each scene, taken there by the real actions on days on which it could be."""
    days = _working_days(now)
    dice = random.Random(2260)  # noqa: S311  # the same cases every time
    for scene in scenes:
        for life in lives:
            yield read(scene, life, live(scene, life, days, dice.randint(life.youngest, life.oldest)))


def live(scene: Scene, life: Life, days: Sequence[datetime], age: int) -> UUID:
    """Return a case received so many working days ago that took a life's steps, one a day."""
    case = actions.file(
        scene.application,
        edition=scene.edition,
        decider=scene.officer.body,
        calendar=places.calendar_now(),
        directory=places.directory_now(),
        by=scene.window,
        at=days[age],
    ).case
    part = part_of(case)
    for nth, step in enumerate(life.steps):
        _STEPS[step](part, scene, days[max(age - 1 - nth, 0)])
    return case


def _ask(part: UUID, scene: Scene, at: datetime) -> None:
    material = scene.application.enclosed[0].material
    actions.ask(part, [Defect(material, "illegible")], by=scene.officer, at=at)


_STEPS: Mapping[str, Callable[[UUID, Scene, datetime], object]] = {
    "take_over": lambda part, scene, at: actions.take_over(part, by=scene.officer, at=at),
    "ask": _ask,
    "accept": lambda part, scene, at: actions.accept(part, by=scene.officer, at=at),
    "grant": lambda part, scene, at: actions.grant(part, by=scene.officer, at=at),
    "make": lambda part, scene, at: actions.make(part, "示范1号", by=scene.officer, at=at),
    "send": lambda part, scene, at: actions.send(
        part, "post", by=scene.officer, at=at, carrier="EMS", waybill="E1"
    ),
    "close": lambda part, scene, at: actions.close(part, "本人签收", by=scene.officer, at=at),
}


def part_of(case: UUID) -> UUID:
    """Return the one part of a case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_part WHERE case_id = %s", [case])
        row = cursor.fetchone()
    assert row
    return UUID(str(row[0]))


def read(scene: Scene, life: Life, case: UUID) -> Sample:
    """Return a case's rows as text, a table's in the order in which they were written."""
    entries = trails.of_case(case)
    return Sample(
        scene, life, {table: rows(table, case) for table in TABLES}, [entry.sealed() for entry in entries]
    )


def rows(table: str, case: UUID) -> list[Row]:
    """Return the case's rows of a table; the number that the sealer gives an entry isn't the step's to write."""
    names = list(columns(table))
    wanted = ", ".join(f'"{name}"::text' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {wanted} FROM "{table}" WHERE {TABLES[table]} ORDER BY id', [case])  # noqa: S608
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@lru_cache
def columns(table: str) -> Mapping[str, str]:
    """Return the columns of a table that a step writes, each with its type."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            [table],
        )
        return {name: kind for name, kind in cursor.fetchall() if (table, name) != ("trail_entry", "number")}


def _working_days(now: datetime) -> list[datetime]:
    """Return times on working days counted back from today, which is the first whether it works or not."""
    calendar, today = places.calendar_now(), timezone.localdate(now)
    earlier = (today - timedelta(days=back) for back in range(1, 90))
    worked: list[date] = [day for day in earlier if calendar.works(day)]
    zone = timezone.get_current_timezone()
    return [now, *(datetime.combine(day, time(10), zone) for day in worked)]

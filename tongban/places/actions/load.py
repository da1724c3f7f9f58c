"""Regions, bodies, halls and windows, loaded from a folder of files; loading again changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection, models, transaction

from tongban.lib.actors import Actor
from tongban.lib.refusals import Invalid
from tongban.places.actions import tables
from tongban.places.models import Body, Hall, PlaceLoad, Region, Window
from tongban.places.rules import Kind, Level, Loaded
from tongban.trail import actions as trail

AnyModel = TypeVar("AnyModel", bound=models.Model)
_LEVELS = [str(level) for level in Level]
_KINDS = [str(kind) for kind in Kind]


@transaction.atomic
def load_places(folder: Path, *, by: Actor, at: datetime) -> dict[str, Loaded]:
    """Load regions.csv, functions.json, bodies.csv, halls.csv and windows.csv, and return what each changed.

    Rows that a file no longer has stay: cases point at them. A place ends by its day, not by vanishing.

    :raises Invalid: if a row is wrong; says which, and which column
    """
    return {
        "regions": load_regions(folder / "regions.csv", by=by, at=at),
        "bodies": load_bodies(folder / "functions.json", folder / "bodies.csv", by=by, at=at),
        "halls": load_halls(folder / "halls.csv", folder / "windows.csv", by=by, at=at),
    }


@transaction.atomic
def load_regions(path: Path, *, by: Actor, at: datetime) -> Loaded:
    """Load regions; a parent or successor may stand anywhere in the file.

    :raises Invalid: if a row is wrong, or names a region that is nowhere
    """
    _one_at_a_time()
    rows = tables.read(path, ["code", "name_zh", "name_en", "parent", "level"])
    known = set(Region.objects.values_list("code", flat=True)) | {row.text("code") for row in rows}
    return _stored(Region, [_region(row, known) for row in _once(rows, "code")], by, at)


def _region(row: tables.Row, known: set[str]) -> Region:
    region = Region(
        code=row.needed("code", 12),
        pinyin=row.text("pinyin", 120),
        initials=row.text("initials", 30),
        parent_id=_pointer(row, "parent", known),
        level=row.word("level", _LEVELS),
        kind=row.word("kind", _KINDS) if row.text("kind") else str(Kind.GB),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        successor_id=_pointer(row, "successor", known),
        verified=row.yes("verified"),
        source=row.text("source"),
        note=row.text("note"),
        **_names(row),
    )
    if region.valid_from and region.valid_to and region.valid_to < region.valid_from:
        raise row.wrong("load.ends-before-it-begins", "valid_to")
    return region


@transaction.atomic
def load_bodies(functions: Path, bodies: Path | None = None, *, by: Actor, at: datetime) -> Loaded:
    """Load the bodies that functions make for every region in force, then those that a file names.

    A body whose name was made by pattern is illustrative until the file gives its own, under the same code.

    :raises Invalid: if a file is wrong
    """
    _one_at_a_time()
    regions = {region.code: region for region in Region.objects.all()}
    made = {body.code: body for body in _patterned(functions, regions.values())}
    rows = tables.read(bodies, ["code", "name_zh", "region", "function", "level"]) if bodies else []
    known = (
        made.keys() | set(Body.objects.values_list("code", flat=True)) | {row.text("code") for row in rows}
    )
    for row in _once(rows, "code"):
        made[row.needed("code")] = _body(row, set(regions), known)
    return _stored(Body, list(made.values()), by, at)


def _body(row: tables.Row, regions: set[str], known: set[str]) -> Body:
    return Body(
        code=row.needed("code", 60),
        region_id=_known(row, "region", regions),
        function=row.needed("function", 40),
        level=row.word("level", _LEVELS),
        parent_id=_pointer(row, "parent", known),
        phone=row.text("phone", 40),
        contact=row.text("contact", 120),
        illustrative=row.yes("illustrative"),
        **_names(row),
    )


def _patterned(path: Path, regions: Iterable[Region]) -> Iterator[Body]:
    """Yield the body of each function for each region in force; a zone has only what `zone` names."""
    functions = _functions(path)
    for region in regions:
        if region.valid_to or region.successor_id:
            continue
        level = "zone" if region.kind == Kind.ZONE else region.level
        for function in functions:
            if pattern := function["bodies"].get(level):
                yield _made(region, function["code"], pattern)


def _made(region: Region, function: str, pattern: Mapping[str, str]) -> Body:
    return Body(
        code=f"{region.code}-{function}",
        name_zh=pattern["zh"].format(zh=region.name_zh),
        name_en=pattern["en"].format(en=region.name_en),
        region=region,
        function=function,
        level=region.level,
        illustrative=True,
    )


def _functions(path: Path) -> list[dict[str, Any]]:
    try:
        functions = json.loads(path.read_text(encoding="utf-8"))["functions"]
    except (OSError, ValueError, KeyError) as error:
        raise Invalid("load.file-unreadable", file=path.name) from error
    return list(functions)


@transaction.atomic
def load_halls(halls: Path, windows: Path, *, by: Actor, at: datetime) -> Loaded:
    """Load halls and their windows.

    :raises Invalid: if a row is wrong, or names a region, body or hall that is nowhere
    """
    _one_at_a_time()
    regions, bodies = _codes(Region), _codes(Body)
    rows = tables.read(halls, ["code", "region", "body", "name_zh"])
    loaded = _stored(Hall, [_hall(row, regions, bodies) for row in _once(rows, "code")], by, at)
    known, rows = _codes(Hall), tables.read(windows, ["code", "hall", "number", "name_zh"])
    return loaded + _stored(Window, [_window(row, known) for row in _once(rows, "code")], by, at)


def _hall(row: tables.Row, regions: set[str], bodies: set[str]) -> Hall:
    return Hall(
        code=row.needed("code", 60),
        region_id=_known(row, "region", regions),
        body_id=_known(row, "body", bodies),
        address=row.text("address", 200),
        hours=row.text("hours", 120),
        illustrative=row.yes("illustrative"),
        **_names(row),
    )


def _window(row: tables.Row, halls: set[str]) -> Window:
    return Window(
        code=row.needed("code", 70),
        hall_id=_known(row, "hall", halls),
        number=row.needed("number", 10),
        special=row.yes("special"),
        active=not row.yes("closed"),
        **_names(row),
    )


def _names(row: tables.Row) -> dict[str, str]:
    return {"name_zh": row.needed("name_zh", 120), "name_en": row.text("name_en", 160)}


def _pointer(row: tables.Row, column: str, known: set[str]) -> str | None:
    """Return the code in the cell, None for an empty one.

    :raises Invalid: if nothing has that code
    """
    return _known(row, column, known) if row.text(column) else None


def _known(row: tables.Row, column: str, known: set[str]) -> str:
    code = row.needed(column)
    if code not in known:
        raise row.wrong("load.code-unknown", column)
    return code


def _once(rows: Sequence[tables.Row], column: str) -> Sequence[tables.Row]:
    """Return the rows.

    :raises Invalid: if two have the same code
    """
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.needed(column), row.number)
        if first != row.number:
            raise row.wrong("load.code-twice", column, first=first)
    return rows


def _codes(model: type[Region] | type[Body] | type[Hall]) -> set[str]:
    return set(model._default_manager.values_list("code", flat=True))


def _one_at_a_time() -> None:
    """Make loads wait for each other, so that versions are committed in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE places_placeload IN SHARE ROW EXCLUSIVE MODE")


def _stored(model: type[AnyModel], rows: Sequence[AnyModel], by: Actor, at: datetime) -> Loaded:
    """Write the rows that are new or other than before, under a new version if there are any."""
    fields = [field.attname for field in model._meta.concrete_fields]
    before = {values[fields.index("code")]: values for values in model._default_manager.values_list(*fields)}
    after = [(row, tuple(getattr(row, name) for name in fields)) for row in rows]
    moved = [row for row, values in after if before.get(row.pk) != values]
    created = sum(row.pk not in before for row in moved)
    if moved:
        columns = [name for name in fields if name != "code"]
        model._default_manager.bulk_create(
            moved, update_conflicts=True, unique_fields=["code"], update_fields=columns
        )
        _tell(model, created, len(moved) - created, by, at)
    return Loaded(created, len(moved) - created, len(rows) - len(moved))


def _tell(model: type[models.Model], created: int, changed: int, by: Actor, at: datetime) -> None:
    load = PlaceLoad.objects.create(loaded_at=at, by=str(by))
    event = f"places.{model._meta.model_name}.load"
    entry = trail.entry(event, f"places:{load.id}", actor=str(by), at=at, created=created, changed=changed)
    trail.record([entry])

"""Loading lists, batches, entries and scopes from data: idempotent, and never changing what stands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import models, transaction

from tongban.lib import writes
from tongban.lib.actors import Actor
from tongban.lib.texts import Text
from tongban.lists.models import Batch, Entry, LifeEvent, List, Policy, Standing
from tongban.lists.rules.says import Says
from tongban.lists.rules.words import Direction, Mode, Scope
from tongban.places.actions import tables
from tongban.trail import actions as trail

_LONG = 500
_BATCH = ("code", "list", "name_zh", "listed_from")
_ENTRY = ("list", "item", "batch", "unit_zh", "modes", "direction")
_POLICY = ("code", "scope", "level", "name_zh", "basis", "valid_from")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did; entries that stood already are left as they are."""

    lists: int
    batches: int
    entries: int
    scopes: int


@transaction.atomic
def load(folder: Path, *, by: Actor, at: datetime) -> Loaded:
    """Load the lists of a folder: what isn't listed yet stands from the day on which its batch was listed.

    :raises Invalid: if a row is wrong; says which, and which column
    """
    lists = _lists(folder / "lists.json")
    rows = tables.read(folder / "batches.csv", _BATCH)
    since = {row.needed("code"): row.day("listed_from") or date.min for row in rows}
    batches = [_batch(row) for row in rows]
    _upsert(Batch, batches)
    policies = [_policy(row) for row in tables.read(folder / "scopes.csv", _POLICY)]
    _upsert(Policy, policies)
    _upsert(LifeEvent, _events(folder.parent / "catalogue" / "life_events.json"))
    entries = [row for each in lists for row in tables.read(folder / f"{each}.csv", _ENTRY)]
    made = _stand(entries, since, by, at)
    return Loaded(len(lists), len(batches), made, len(policies))


def _lists(path: Path) -> list[str]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    rows = [
        List(
            code=each["code"],
            name=each["name"],
            says={"zone": each["zone"], "says": each["says"]},
            reach=each["reach"],
            within_id=each["within"],
            position=position,
        )
        for position, each in enumerate(found)
    ]
    _upsert(List, rows)
    return [row.code for row in rows]


def _events(path: Path) -> list[LifeEvent]:
    if not path.exists():
        return []
    columns = ("code", "subject", "name", "line", "items", "source", "illustrative")
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return [
        LifeEvent(position=position, **{name: each[name] for name in columns})
        for position, each in enumerate(found)
    ]


def _upsert(model: type[models.Model], rows: list[Any]) -> None:
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=names
    )


def _name(row: tables.Row) -> dict[str, str]:
    return {"zh": row.needed("name_zh"), "en": row.text("name_en")}


def _batch(row: tables.Row) -> Batch:
    announced = row.text("announced")
    return Batch(
        code=row.needed("code", 40),
        list_id=row.needed("list", 40),
        name=_name(row),
        deadline=row.day("deadline"),
        announced=int(announced) if announced.isdecimal() else None,
        basis=row.text("basis", 120),
        evidence=row.text("evidence", 20),
        source=row.text("source", _LONG),
        trust=row.text("trust", 1),
        note=row.text("note"),
    )


def _policy(row: tables.Row) -> Policy:
    return Policy(
        code=row.needed("code", 40),
        scope=row.word("scope", [str(scope) for scope in Scope]),
        level=row.text("level", 10),
        procedure=row.text("procedure", 40),
        name=_name(row),
        basis=row.needed("basis"),
        source=row.text("source", _LONG),
        trust=row.text("trust", 1),
        illustrative=row.yes("illustrative"),
        valid_from=row.day("valid_from") or date.min,
        valid_until=row.day("valid_until"),
    )


def _says(row: tables.Row) -> Says:
    modes = tuple(filter(None, row.needed("modes").split("|")))
    for mode in modes:
        if mode not in set(Mode):
            raise row.wrong("load.word-unknown", "modes", words=", ".join(Mode))
    return Says(
        batch=row.needed("batch"),
        unit=Text(row.needed("unit_zh"), row.text("unit_en")),
        modes=modes,
        direction=row.word("direction", [str(each) for each in Direction]),
        deadline=row.day("deadline"),
        note=Text(row.text("note")),
        evidence=row.text("evidence"),
        mode_evidence=row.text("mode_evidence"),
        source=row.text("source", _LONG),
        trust=row.text("trust"),
    )


def _stand(rows: Iterable[tables.Row], since: dict[str, date], by: Actor, at: datetime) -> int:
    """Let stand what never stood; what was listed before, or is proposed, is for people to change."""
    known = set(Entry.objects.values_list("list", "item"))
    entries, standings, told = [], [], []
    for row in rows:
        said, key = _says(row), (row.needed("list"), row.needed("item"))
        if key in known:
            continue
        day = _day(row, said, since)
        entry = Entry(list_id=key[0], item_id=key[1])
        entries.append(entry)
        standings.append(_first(entry, said, day))
        told.append(_told(entry, day, by, at))
    if entries:
        trail.record(told, writes.Insert(entries), writes.Insert(standings))
    return len(entries)


def _told(entry: Entry, day: date, by: Actor, at: datetime) -> trail.Entry:
    return trail.entry(
        "lists.entry.load",
        f"entry:{entry.id}",
        actor=str(by),
        at=at,
        list=entry.list_id,
        item=entry.item_id,
        since=day.isoformat(),
    )


def _day(row: tables.Row, said: Says, since: dict[str, date]) -> date:
    if said.batch not in since:
        raise row.wrong("load.code-unknown", "batch")
    return since[said.batch]


def _first(entry: Entry, said: Says, day: date) -> Standing:
    return Standing(
        entry=entry,
        list_id=entry.list_id,
        item_id=entry.item_id,
        number=1,
        batch_id=said.batch,
        deadline=said.deadline,
        says=said.stored(),
        valid_from=day,
    )

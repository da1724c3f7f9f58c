"""Holding a list against the base: what is wrong with which cell, and what an import would do."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction

from tongban.catalogue.models import Finding, Implementation, ImportedList
from tongban.catalogue.queries import implementations as queries
from tongban.catalogue.rules import codes
from tongban.catalogue.rules.conformance import Checked, Checker, lines
from tongban.catalogue.rules.conformance_words import Severity
from tongban.catalogue.rules.mapping import FACTS, REPORTED, vocabulary
from tongban.files.rules.tables import Table, letters
from tongban.lib import writes

CHUNK = 5_000
Tell = Callable[[int, int], None]
Key = tuple[str, str]
Known = tuple[Any, str, Any]
"""Id, digest and day of an implementation that is there already."""


def check(row: ImportedList, table: Table, at: datetime, tell: Tell | None) -> None:
    """Check every row, keep what was found and what an import would do; nothing else changes."""
    checked = list(examine(row, table, at, tell))
    report(row, checked)


def report(row: ImportedList, checked: Sequence[Checked]) -> None:
    """Keep what was found of a list, in place of what was found before."""
    with transaction.atomic():
        row.findings.all().delete()
        for some in _chunks(list(_findings(row, checked))):
            writes.run(writes.Insert(some))
        row.state, row.counts, row.claimed_at = "checked", _counts(row, checked), None
        row.done = row.total
        row.save()


def examine(row: ImportedList, table: Table, at: datetime, tell: Tell | None) -> Iterator[Checked]:
    """Yield every row of a list with its deviations, counting where others can see it."""
    words = vocabulary()
    profile = codes.profiles(words)[row.profile]
    checker = Checker(queries.base(at.date()), profile, words, row.columns)
    marks = {(mark.row, mark.column): mark.what for mark in table.marks}
    for line in lines(table.rows, row.head, row.columns, marks):
        if line.row % 1_000 == 0:
            _count(row, line.row - row.head, tell)
        yield checker.check(line)
    _count(row, row.total, tell)


def _count(row: ImportedList, done: int, tell: Tell | None) -> None:
    if tell:
        tell(done, row.total)
    elif row.claimed_at is not None:
        ImportedList.objects.filter(pk=row.pk).update(done=done)


def _findings(row: ImportedList, checked: Sequence[Checked]) -> Iterator[Finding]:
    for each in checked:
        for found in each.deviations:
            column = row.columns.get(found.field)
            yield writes.fresh(
                Finding,
                list_id=row.id,
                row=each.line.row,
                column=letters(column) if column else "",
                field=found.field,
                code=found.code,
                severity=int(found.severity),
                found=found.found,
                base=found.base,
            )


def _counts(row: ImportedList, checked: Sequence[Checked]) -> dict[str, int]:
    """Return what an import would do, by numbers of rows."""
    worst = Counter(each.worst for each in checked)
    plan = Counter(
        "created" if there is None else "skipped" if there[1] == values["digest"] else "changed"
        for _, values, there in _compared(row, [each for each in checked if each.worst < Severity.ERROR])
    )
    return {
        "rows": len(checked),
        "errors": worst[Severity.ERROR],
        "major": worst[Severity.MAJOR],
        "minor": worst[Severity.MINOR],
        "created": plan["created"],
        "changed": plan["changed"],
        "skipped": plan["skipped"],
    }


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import does: rows to write anew, rows to change, and how many stay as they are."""

    created: Sequence[Implementation]
    changed: Sequence[Implementation]
    skipped: int


def sort(row: ImportedList, good: Sequence[Checked]) -> Plan:
    """Return what has to be written so that the source's implementations are those of the list."""
    created: list[Implementation] = []
    changed: list[Implementation] = []
    skipped = 0
    for each, values, there in _compared(row, good):
        if there and there[1] == values["digest"]:
            skipped += 1
        else:
            (changed if there else created).append(_made(row, each, values, there))
    return Plan(created, changed, skipped)


def _compared(
    row: ImportedList, good: Sequence[Checked]
) -> Iterator[tuple[Checked, dict[str, Any], Known | None]]:
    """Yield for each row what it says, with its digest, and what is known of the implementation already."""
    known = _known(row)
    for each in good:
        values = _values(each)
        values["digest"] = hashlib.sha256(orjson.dumps(values, option=orjson.OPT_SORT_KEYS)).hexdigest()
        yield each, values, known.get((values["code"], values["handling"]))


def _known(row: ImportedList) -> dict[Key, Known]:
    rows = Implementation.objects.filter(origin=row.origin_id)
    listed = rows.values_list("code", "handling", "id", "digest", "valid_from")
    return {(code, handling): (key, digest, day) for code, handling, key, digest, day in listed}


def _made(row: ImportedList, each: Checked, values: dict[str, Any], there: Known | None) -> Implementation:
    day = each.valid_from or (there[2] if there else row.valid_from)
    more = {"id": there[0]} if there else {}
    whole = {**values, **more, "valid_from": day}
    return writes.fresh(Implementation, origin_id=row.origin_id, list_id=row.id, row=each.line.row, **whole)


def _values(each: Checked) -> dict[str, Any]:
    """Return what a row says of an implementation; what belongs to the base is only reported."""
    said = each.line.values
    own = ("code", "handling", "handling_name", "body_code", "body", "region", "unit")
    return {
        **{name: said.get(name, "") for name in own},
        "item_id": each.item,
        "level": each.level,
        "facts": {name: said[name] for name in FACTS if said.get(name)},
        "reported": {name: said[name] for name in REPORTED if said.get(name)},
        "deviations": [
            {"code": found.code, "field": found.field, "found": found.found, "base": found.base}
            for found in each.deviations
        ],
        "deviates": sorted({found.code for found in each.deviations}),
        "worst": int(each.worst),
        "valid_from": each.valid_from,
    }


def _chunks(rows: list[Finding]) -> Iterator[list[Finding]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]

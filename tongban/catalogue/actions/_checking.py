"""Holding a list against the base: what is wrong with which cell, and what an import would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tongban.catalogue.models import Finding, Implementation, ImportedList
from tongban.catalogue.queries import base as bases
from tongban.catalogue.rules import codes
from tongban.catalogue.rules.conformance import Checked, Checker
from tongban.catalogue.rules.conformance_lines import lines
from tongban.catalogue.rules.conformance_words import Severity
from tongban.catalogue.rules.mapping import vocabulary
from tongban.files.rules.tables import Table, letters
from tongban.lib import copies

Tell = Callable[[int, int], None]
Key = tuple[str, str]
Known = tuple[Any, str, date]
"""Id, digest and day of an implementation that is there already."""
_FINDING = ("list", "row", "column", "field", "code", "severity", "found", "base")


@dataclass(frozen=True, slots=True)
class Examined:
    """A list that was held against the base: its rows, and the marks of the base by item."""

    rows: Sequence[Checked]
    marks: dict[str, str]
    mark: str

    @property
    def good(self) -> list[Checked]:
        """The rows without errors."""
        return [each for each in self.rows if each.worst < Severity.ERROR]


def check(row: ImportedList, table: Table, at: datetime, tell: Tell | None) -> None:
    """Check every row, keep what was found and what an import would do; nothing else changes."""
    report(row, examine(row, table, at, tell))


def report(row: ImportedList, found: Examined) -> None:
    """Keep what was found of a list, in place of what was found before."""
    with transaction.atomic():
        row.findings.all().delete()
        copies.insert(Finding, _FINDING, _findings(row, found.rows))
        row.state, row.counts, row.claimed_at = "checked", _counts(row, found), None
        row.done, row.base = row.total, found.mark
        row.save()


def examine(row: ImportedList, table: Table, at: datetime, tell: Tell | None) -> Examined:
    """Return every row of a list with its deviations, counting where others can see it."""
    words, base = vocabulary(), bases.base(timezone.localdate(at))
    checker = Checker(base, codes.profiles(words)[row.profile], words, row.columns)
    marks = {(mark.row, mark.column): mark.what for mark in table.marks}
    found: list[Checked] = []
    for line in lines(table.rows, row.head, row.columns, marks, table.numbers):
        if line.row % 1_000 == 0:
            _count(row, line.row - row.head, tell)
        found.append(checker.check(line))
    _count(row, row.total, tell)
    return Examined(found, base.marks, base.mark)


def _count(row: ImportedList, done: int, tell: Tell | None) -> None:
    if tell:
        tell(done, row.total)
    elif row.claimed_at is not None:
        ImportedList.objects.filter(pk=row.pk).update(done=done)


def _findings(row: ImportedList, checked: Sequence[Checked]) -> Iterator[tuple[str | int, ...]]:
    columns = {name: letters(column) for name, column in row.columns.items()}
    for each in checked:
        for found in each.deviations:
            place = (str(row.id), each.line.row, columns.get(found.field, ""), found.field)
            yield (*place, found.code, int(found.severity), found.found, found.base)


def _counts(row: ImportedList, found: Examined) -> dict[str, int]:
    """Return what an import would do, by numbers of rows."""
    worst = Counter(each.worst for each in found.rows)
    plan = Counter(what for what, *_ in compared(row, found.good))
    return {
        "rows": len(found.rows),
        "errors": worst[Severity.ERROR],
        "major": worst[Severity.MAJOR],
        "minor": worst[Severity.MINOR],
        "created": plan["created"],
        "changed": plan["changed"],
        "skipped": plan["skipped"],
    }


def compared(row: ImportedList, good: Sequence[Checked]) -> Iterator[tuple[str, Checked, str, Known | None]]:
    """Yield for each row what an import does with it, its digest, and what is known of the implementation already."""
    known = _known(row)
    for each in good:
        digest, said = each.digest(), each.line.values
        there = known.get((said["code"], said.get("handling", ""))) if known else None
        what = "created" if there is None else "skipped" if there[1] == digest else "changed"
        yield what, each, digest, there


def _known(row: ImportedList) -> dict[Key, Known]:
    rows = Implementation.objects.filter(origin=row.origin_id)
    listed = rows.values_list("code", "handling", "id", "digest", "valid_from")
    return {(code, handling): (key, digest, day) for code, handling, key, digest, day in listed.iterator()}

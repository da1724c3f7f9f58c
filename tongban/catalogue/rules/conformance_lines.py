"""The rows of a list as a check sees them: what their fields say, and what is wrong with single cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import NamedTuple

from tongban.catalogue.rules.conformance_words import SEVERITY, Severity

CODES = ("code", "base_code", "handling", "body_code")
"""Fields whose digits count one by one: a number has no leading zeros, and no more than fifteen digits."""
_CUT = 300
# A workbook counts days from one of two beginnings (ECMA-376 part 1, 18.17.4.1); which one, a bare number doesn't tell.
_COUNTED_FROM = (date(1899, 12, 30), date(1904, 1, 1))
_FIRST_YEAR, _LAST_YEAR = 1949, 2199
_SHORTENED = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE]\+[0-9]+|[+-]?[0-9]+\.[0-9]+[eE][0-9]+")
_WITH_POINT = re.compile(r"[0-9]{5,}\.0*")


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing in which a row differs: in which field, what was found, and what the base says."""

    code: str
    field: str
    found: str = ""
    base: str = ""

    @property
    def severity(self) -> Severity:
        """How much it weighs; an error keeps the row out."""
        return SEVERITY[self.code]


class Line(NamedTuple):
    """A row of a list: its number in the file, what its fields say, and what is wrong with single cells.

    `cells` names for a field what a cell of it is (`formula`, `merged` …); `width` is set if the row has another
    number of cells than the head.
    """

    row: int
    values: Mapping[str, str]
    cells: Mapping[str, str] = {}
    width: int | None = None


def lines(
    rows: Sequence[Sequence[str]],
    head: int,
    columns: Mapping[str, int],
    marks: Mapping[tuple[int, int], str],
    numbers: Mapping[int, Collection[int]],
) -> Iterator[Line]:
    """Yield the rows below the head that hold anything.

    :param head: the number of the row with the heads, from 1
    :param columns: which column (from 1) holds which field
    :param marks: what is wrong with single cells, by row and column
    :param numbers: the rows in which a column holds a number or a day, not a text
    """
    width, names = len(rows[head - 1]), tuple(columns)
    pick = itemgetter(*(column - 1 for column in columns.values()))
    odd = _odd_cells(columns, marks, numbers)
    for number, row in enumerate(rows[head:], start=head + 1):
        if not any(row):
            continue
        if len(row) == width:
            yield Line(number, dict(zip(names, pick(row), strict=True)), odd.get(number, {}))
            continue
        values = {name: row[column - 1] if column <= len(row) else "" for name, column in columns.items()}
        yield Line(number, values, odd.get(number, {}), len(row))


def _odd_cells(
    columns: Mapping[str, int], marks: Mapping[tuple[int, int], str], numbers: Mapping[int, Collection[int]]
) -> dict[int, dict[str, str]]:
    """Return by row which fields aren't what they seem; of numbers only those that stand for codes."""
    odd: dict[int, dict[str, str]] = {}
    for name in CODES:
        for row in numbers.get(columns.get(name, 0), ()):
            odd.setdefault(row, {})[name] = "number"
    fields = {column: name for name, column in columns.items()}
    for (row, column), what in marks.items():
        if column in fields:
            odd.setdefault(row, {})[fields[column]] = what
    return odd


def is_number(text: str) -> bool:
    """Return whether a code was turned into a number on the way: 1.23E+17, or 123456789012.0."""
    return bool(_SHORTENED.fullmatch(text) or _WITH_POINT.fullmatch(text))


def day_of(text: str) -> date | None:
    """Return the day that a cell means, written 2026-01-31, 2026/1/31 or 20260131; nothing if it's no day.

    A bare number of days isn't one: two systems of counting lie four years apart.
    """
    plain = text.replace("/", "-").replace(".", "-").strip()
    try:
        if plain.isdigit() and len(plain) == 8:
            plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
        year, month, day = (int(part) for part in plain.split("-"))
        return date(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None


def days_counted(text: str) -> tuple[date, ...]:
    """Return the days that a number can mean as workbooks count them: from 1900, and from 1904; none if it's none."""
    plain = text.removesuffix(".0")
    if not (plain.isascii() and plain.isdigit() and len(plain) == 5):
        return ()
    return tuple(first + timedelta(int(plain)) for first in _COUNTED_FROM)


def cut(text: str) -> str:
    """Return a text no longer than a report shows it."""
    return text if len(text) <= _CUT else f"{text[:_CUT]}…"

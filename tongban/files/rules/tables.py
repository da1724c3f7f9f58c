"""A table that somebody hands in, read as what it shows: rows of text, and marks where a cell isn't what it seems.

Runs in the sandbox's child. Values of formulas aren't trusted, hidden sheets aren't read unasked, numbers keep no
more digits than the workbook kept: each is marked, so that a check can name row and column.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from tongban.files.rules import tables_text, tables_zip
from tongban.files.rules.limits import Limits, refuse

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 200_000, 256, 32_767
_EXACT = 10**15
"""From here on a workbook's number may have lost digits: a code that was kept as a number isn't a code any more."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; a CSV file has one without a name."""

    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell that isn't what it seems: `formula`, `merged`, `rounded`, `error` or `control`; row and column from 1."""

    row: int
    column: int
    what: str


@dataclass(frozen=True, slots=True)
class Table:
    """What stands in one sheet: `rows` from the first line of the file on, as text.

    `numbers` names by column (from 1) the rows in which a workbook keeps a number, a day or a truth value.
    """

    media: str
    sheets: Sequence[Sheet]
    sheet: str
    rows: Sequence[Sequence[str]]
    marks: Sequence[Mark] = field(default=())
    hidden_rows: int = 0
    encoding: str = ""
    numbers: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def packed(self) -> bytes:
        """Return the table as bytes, for the way out of the sandbox."""
        plain = {name: getattr(self, name) for name in ("media", "sheet", "rows", "hidden_rows", "encoding")}
        lists = {"sheets": list(map(asdict, self.sheets)), "marks": list(map(asdict, self.marks))}
        # The rows as they are: `asdict` would copy every cell first.
        return orjson.dumps({**plain, **lists, "numbers": list(self.numbers.items())})

    @classmethod
    def unpacked(cls, content: bytes) -> Table:
        """Return the table that was packed."""
        found = orjson.loads(content)
        found["sheets"] = [Sheet(**each) for each in found["sheets"]]
        found["marks"] = [Mark(**each) for each in found["marks"]]
        found["numbers"] = dict(found["numbers"])
        return cls(**found)


def read(content: bytes, sheet: str = "", encoding: str = "", separator: str = "") -> Table:
    """Return the table in a CSV file or in one sheet of a workbook; the first that can be seen if none is named.

    :param encoding: of a CSV file, guessed if none is named; so is its separator
    :raises Invalid: for the reasons `table.…` in `limits.CODES`
    """
    if tables_zip.is_zip(content) or tables_zip.is_old(content):
        return _workbook(content, sheet)
    encoding, rows, marks = tables_text.read(content, encoding, separator)
    _measure(rows)
    found = [Mark(row, column, what) for row, column, what in marks]
    return Table(CSV, [Sheet("")], "", rows, found, encoding=encoding)


def _workbook(content: bytes, wanted: str) -> Table:
    parts = tables_zip.examine(content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [
        Sheet(each.name, each.visible != SheetVisibleEnum.Visible)
        for each in book.sheets_metadata
        if each.typ == SheetTypeEnum.WorkSheet
    ]
    chosen = _chosen(sheets, wanted)
    about = tables_zip.about_sheet(parts, chosen.name, MAX_ROWS, MAX_COLUMNS)
    rows, marks, numbers = _rows(book.get_sheet_by_name(chosen.name))
    _measure(rows)
    marks += [Mark(row, column, "error") for row, column in about.errors]
    marks += [Mark(row, column, "formula") for row, column in about.formulas]
    marks += [Mark(row, column, "merged") for row, column in about.merged(len(rows), MAX_COLUMNS)]
    return Table(XLSX, sheets, chosen.name, rows, marks, about.hidden_rows, numbers=numbers)


def _chosen(sheets: Sequence[Sheet], wanted: str) -> Sheet:
    found = next((each for each in sheets if each.name == wanted or (not wanted and not each.hidden)), None)
    if found is None:
        raise refuse("table.no-sheet", sheet=wanted)
    if found.hidden:
        raise refuse("table.sheet-hidden", sheet=found.name)
    return found


def _rows(sheet: CalamineSheet) -> tuple[list[list[str]], list[Mark], dict[int, list[int]]]:
    rows: list[list[str]] = []
    marks: list[Mark] = []
    numbers: dict[int, list[int]] = {}
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        rows.append(_plain_row(values) or _odd_row(number, values, marks, numbers))
    while rows and not any(rows[-1]):
        rows.pop()
    return rows, marks, numbers


def _plain_row(values: Sequence[Any]) -> list[str] | None:
    """Return a row of nothing but plain text, which most are."""
    try:
        whole = "\n".join(values)
    except TypeError:
        return None
    if not tables_text.clean(whole):
        return None
    return [value.strip() for value in values]


def _odd_row(
    number: int, values: Sequence[Any], marks: list[Mark], numbers: dict[int, list[int]]
) -> list[str]:
    texts = []
    for column, value in enumerate(values, start=1):
        if not isinstance(value, str):
            numbers.setdefault(column, []).append(number)
        text, what = _text(value)
        texts.append(text)
        if what:
            marks.append(Mark(number, column, what))
    return texts


Cell = str | int | float | bool | date | datetime | time | timedelta


def _text(value: Cell) -> tuple[str, str]:
    """Return what a cell shows, and what is wrong with it."""
    if isinstance(value, str):
        return tables_text.plain(value)
    if isinstance(value, bool):
        return str(value).upper(), ""
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return value.isoformat() if isinstance(value, date | time) else str(value), ""


def _number(value: float) -> tuple[str, str]:
    if not math.isfinite(value):
        return str(value), "error"
    return (str(int(value)) if value == int(value) else repr(value)), "rounded" if abs(
        value
    ) >= _EXACT else ""


def _measure(rows: Sequence[Sequence[str]]) -> None:
    """Refuse a table that nobody can have meant, naming where it goes over.

    :raises Invalid: if there is nothing in it, or too much
    """
    if not any(any(row) for row in rows):
        raise refuse("table.empty")
    if len(rows) > MAX_ROWS:
        raise refuse("table.too-many-rows", limit=MAX_ROWS)
    for number, row in enumerate(rows, start=1):
        if len(row) > MAX_COLUMNS:
            raise refuse("table.too-many-columns", row=number, columns=len(row), limit=MAX_COLUMNS)
        if max(map(len, row), default=0) > MAX_CELL:
            column = next(place for place, cell in enumerate(row) if len(cell) > MAX_CELL)
            raise refuse("table.cell-too-long", row=number, column=letters(column + 1), limit=MAX_CELL)


def letters(column: int) -> str:
    """Return a column as spreadsheets name it: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


LIMITS = Limits(max_bytes=50 * 1024 * 1024, memory=1536 * 1024 * 1024, seconds=60)
"""What reading a table may take."""

"""CSV files as people make them, read strictly: what is wrong is named with its row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tongban.lib.refusals import Invalid

_YES, _NO = {"yes", "1", "true", "是"}, {"no", "0", "false", "否", ""}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file; `number` is the line on which a person finds it."""

    number: int
    cells: dict[str, str]

    def wrong(self, code: str, column: str, **params: object) -> Invalid:
        """Return the refusal of what this row says in a column."""
        return Invalid(code, field=column, row=self.number, value=self.cells.get(column, ""), **params)

    def text(self, column: str, limit: int = 300) -> str:
        """Return the cell without outer blanks; empty if the column isn't there.

        :raises Invalid: if it's longer than `limit`
        """
        cell = self.cells.get(column, "")
        if len(cell) > limit:
            raise self.wrong("load.cell-long", column, limit=limit)
        return cell

    def needed(self, column: str, limit: int = 300) -> str:
        """Return the cell.

        :raises Invalid: if it's empty or longer than `limit`
        """
        cell = self.text(column, limit)
        if not cell:
            raise self.wrong("load.cell-empty", column)
        return cell

    def word(self, column: str, words: Collection[str]) -> str:
        """Return the cell, which must be one of the words.

        :raises Invalid: if it's another
        """
        cell = self.needed(column)
        if cell not in words:
            raise self.wrong("load.word-unknown", column, words=", ".join(sorted(words)))
        return cell

    def day(self, column: str) -> date | None:
        """Return the cell as a day; None if it's empty.

        :raises Invalid: if it isn't written as 2026-05-01
        """
        cell = self.text(column)
        try:
            return date.fromisoformat(cell) if cell else None
        except ValueError as error:
            raise self.wrong("load.day-malformed", column) from error

    def yes(self, column: str) -> bool:
        """Return the cell as yes or no; no if it's empty.

        :raises Invalid: if it's neither
        """
        cell = self.text(column).casefold()
        if cell not in _YES | _NO:
            raise self.wrong("load.word-unknown", column, words="yes, no")
        return cell in _YES


def read(path: Path, columns: Sequence[str]) -> list[Row]:
    """Return the rows of a CSV file in UTF-8 (with or without a mark) or GB 18030.

    :raises Invalid: if the file can't be read, a column is missing or a row has more cells than columns
    """
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        head = [name.strip() for name in next(reader, [])]
        _require_columns(path, head, columns)
        return [_row(reader.line_num, head, cells) for cells in reader if any(cells)]
    except csv.Error as error:
        raise Invalid("load.csv-malformed", file=path.name, row=reader.line_num) from error


def _row(number: int, head: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) > len(head):
        raise Invalid("load.cells-too-many", row=number, columns=len(head), cells=len(cells))
    return Row(number, {name: cell.strip() for name, cell in zip(head, cells, strict=False)})


def _require_columns(path: Path, head: Sequence[str], columns: Sequence[str]) -> None:
    for column in columns:
        if column not in head:
            raise Invalid("load.column-missing", field=column, file=path.name, row=1)
    for column in head:
        if head.count(column) > 1:
            raise Invalid("load.column-twice", field=column, file=path.name, row=1)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Invalid("load.file-unreadable", file=path.name) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("load.encoding-unknown", file=path.name)

"""Tables as they are published: CSV and XLSX in which nothing can be executed, and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import orjson
import xlsxwriter
from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tongban.papers import queries as papers
from tongban.portal.public import language

Row = Mapping[str, Any]
_EXECUTED = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60
_NEVER = date(2000, 1, 1)
"""A workbook has to bear some day, and the same content should give the same bytes."""
TABLE = settings.BASE_DIR / "data" / "publications" / "table.typ"


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table that is published: its columns with what they hold, and the day since which it says so.

    :param shown: the columns that a page and a printed list show
    """

    code: str
    name: str | Promise
    says: str | Promise
    columns: Mapping[str, str | Promise]
    shown: Sequence[str]
    rows: Sequence[Row]
    modified: date | None
    illustrative: bool = False

    def seen(self) -> list[str]:
        """Return the columns that a page in this language shows."""
        other = "_zh" if language() == "en" else "_en"
        return [name for name in self.shown if not name.endswith(other)]


def safe(value: Any) -> Any:
    """Return a value as a cell: text that a spreadsheet would execute begins with an apostrophe instead."""
    if isinstance(value, str) and value.startswith(_EXECUTED):
        return "'" + value
    return value.isoformat() if isinstance(value, date) else value


def as_csv(table: Dataset) -> bytes:
    """Return the table as CSV, UTF-8 with a mark, so that every office reads it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([safe(row.get(name, "")) for name in table.columns] for row in table.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(table: Dataset) -> bytes:
    """Return the table as a workbook with a second sheet that explains the columns: the same bytes every time."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        made = datetime.combine(table.modified or _NEVER, time())
        book.set_properties({"created": made, "title": str(table.name)})
        bold = book.add_format({"bold": True})
        _sheet(book.add_worksheet(table.code), list(table.columns), _cells(table), bold)
        explained = [[name, str(says)] for name, says in table.columns.items()]
        _sheet(book.add_worksheet("columns"), ["column", "what"], explained, bold)
    return out.getvalue()


def _cells(table: Dataset) -> list[list[Any]]:
    return [[safe(row.get(name, "")) for name in table.columns] for row in table.rows]


def _sheet(sheet: Any, head: Sequence[str], rows: Sequence[Sequence[Any]], bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(head):
        sheet.write_string(0, column, name, bold)
        longest = max((len(str(row[column])) for row in rows), default=0)
        sheet.set_column(column, column, min(max(longest, len(name)) * 1.3 + 2, _WIDEST))
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, str(value))


def as_json(table: Dataset) -> bytes:
    """Return the table as JSON."""
    content = {
        "dataset": table.code,
        "name": str(table.name),
        "modified": table.modified,
        "illustrative": table.illustrative,
        "columns": {name: str(says) for name, says in table.columns.items()},
        "rows": table.rows,
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2)


def as_pdf(table: Dataset) -> bytes:
    """Return the shown columns of a table as a printed list."""
    today = timezone.localdate()
    shown = table.seen()
    rows = [[str(row.get(column, "")) for column in shown] for row in table.rows]
    wide = [max([len(row[index]) for row in rows] or [1]) for index in range(len(shown))]
    content = {
        "language": language(),
        "name": str(table.name),
        "says": str(table.says),
        "note": _("Partly illustrative: see the column or the page.") if table.illustrative else "",
        "author": _("Tongban"),
        "on": today.isoformat(),
        "foot": _("as of %(day)s") % {"day": today.isoformat()},
        "head": [str(table.columns[column]) for column in shown],
        "widths": [min(max(each, 8), 40) for each in wide],
        "rows": rows,
    }
    return papers.printed(TABLE, content, today)[0]

"""Tables on their way out: CSV and XLSX in which nothing is ever taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

_ACTING = ("=", "+", "-", "@", "\t", "\r")
CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def inert(text: str) -> str:
    """Return a text that no program takes for a formula: one that begins like one gets an apostrophe."""
    return f"'{text}" if text.startswith(_ACTING) else text


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV file with a mark, as offices open it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([inert(each) for each in head])
    writer.writerows([inert(str(cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a workbook with one sheet, in which every cell is text."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True})
        for column, text in enumerate(head):
            sheet.write_string(0, column, text, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, inert(str(cell))[:32_767])
        sheet.freeze_panes(1, 0)
    return out.getvalue()

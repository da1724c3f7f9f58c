"""Lists as places hand them in, and the steps by which they come in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

from tongban.catalogue.actions import importing
from tongban.catalogue.models import ImportedList
from tongban.catalogue.rules import mapping
from tongban.files import queries as files
from tongban.lib.actors import Actor, System

AT, DAY = datetime(2026, 6, 1, 2, tzinfo=UTC), date(2026, 6, 1)
BY = System("test")
CREDIT, OTHER = "11100000000013338W", "11430000006122244L"
HEAD = [
    "事项名称",
    "基本编码",
    "实施编码",
    "事项类型",
    "设定依据",
    "行使层级",
    "实施主体",
    "统一社会信用代码",
    "行政区划",
]
LAW = "《中华人民共和国居民身份证法》第八条、第十条、第十一条、第十二条、第二十一条"


def row(**changes: str) -> list[str]:
    """Return a row about renewing an identity card in which nothing is wrong, but for what is given."""
    right = {
        "name": "居民身份证换领",
        "base_code": "PB0000000001",
        "code": f"{CREDIT}4PB0000000001",
        "type": "行政确认",
        "basis": LAW,
        "level": "县级",
        "body": "（示例）甲县公安局",
        "body_code": CREDIT,
        "region": "360702",
    }
    return list({**right, **changes}.values())


def as_csv(*rows: Sequence[object], head: Sequence[str] = HEAD, encoding: str = "utf-8") -> bytes:
    """Return the rows as a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(*rows: Sequence[Any], head: Sequence[str] = HEAD, spoil: Any = None) -> bytes:
    """Return the rows as a workbook; `spoil` gets the book and its sheet before they're saved."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("清单")
        for number, values in enumerate([head, *rows]):
            for column, value in enumerate(values):
                sheet.write(number, column, value)
        if spoil:
            spoil(book, sheet)
    return out.getvalue()


def uploaded(content: bytes, name: str = "list.csv", by: Actor = BY) -> ImportedList:
    """Return the list as it was uploaded."""
    return importing.upload(io.BytesIO(content), name, by=by, at=AT)


def checked(
    content: bytes, *, origin: str = "甲县", profile: str = "gb39554", by: Actor = BY, **more: Any
) -> ImportedList:
    """Return the list with its columns mapped as guessed, and checked."""
    listed = uploaded(content, by=by)
    head = files.table(listed.file, listed.sheet).rows[listed.head - 1]
    columns = mapping.guess(head, mapping.vocabulary())
    return importing.map_columns(
        listed.id, columns=columns, origin=origin, profile=profile, valid_from=DAY, by=by, at=AT, **more
    )


def imported(content: bytes, *, by: Actor = BY, **more: Any) -> ImportedList:
    """Return the list, imported."""
    return importing.confirm(checked(content, by=by, **more).id, by=by, at=AT)


def wrong(listed: ImportedList) -> list[tuple[int, str, str]]:
    """Return what was found in a list: row, column and code."""
    return list(listed.findings.order_by("row", "id").values_list("row", "column", "code"))

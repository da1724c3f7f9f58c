"""A workbook before anybody opens it: how large it would become, whether it acts or reaches out, what is a formula."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from xml.etree import ElementTree

from tongban.files.rules.limits import refuse

MAX_PARTS, MAX_UNPACKED, MAX_RATIO, MAX_XML = 2_000, 400 * 1024 * 1024, 250, 300 * 1024 * 1024
MAX_MARKED = 20_000
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ACTIVE = (
    ("vbaproject.bin", "table.macros"),
    ("xl/macrosheets/", "table.macros"),
    ("xl/activex/", "table.macros"),
    ("xl/externallinks/", "table.external"),
    ("xl/connections.xml", "table.external"),
    ("xl/embeddings/", "table.external"),
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*>\s*<(?:\w+:)?f[\s/>]')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_ERROR = re.compile(rb'<(?:\w+:)?c\b(?=[^<>]*\bt="e")[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_F, _E = re.compile(rb"<(?:\w+:)?f[\s/>]"), re.compile(rb"<(?:\w+:)?c\b[^<>]*\bt=[\"']e[\"']")
_M = re.compile(rb"<(?:\w+:)?mergeCell\s")
_PLACE = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^<>]*\bhidden="(?:1|true)"')
_FILLED = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>/]*>')
_FAR = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="(?:([A-Z]{3})|[J-Z][A-Z]|I[W-Z])[0-9]+"[^<>/]*>')
_DEEP = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="[A-Z]+(?:[2-9][0-9]{5}|[0-9]{7})"[^<>/]*>')

Cells = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class About:
    """What the XML of a sheet says beside its values."""

    formulas: Cells
    errors: Cells
    ranges: list[tuple[int, int, int, int]]
    hidden_rows: int

    def merged(self, rows: int, columns: int) -> Iterator[tuple[int, int]]:
        """Return the cells that merging left empty, within the table."""
        cells = (
            (row, column)
            for top, left, bottom, right in self.ranges
            for row in range(top, min(bottom, rows) + 1)
            for column in range(left, min(right, columns) + 1)
            if (row, column) != (top, left)
        )
        return islice(cells, MAX_MARKED)


def is_zip(content: bytes) -> bool:
    """Return whether it begins as a zip does."""
    return content.startswith(b"PK")


def is_old(content: bytes) -> bool:
    """Return whether it's the container of old Office files, and of encrypted new ones."""
    return content.startswith(_OLD)


def examine(content: bytes) -> Mapping[str, bytes]:
    """Return the XML parts of a workbook that may be opened.

    :raises Invalid: if it's old, encrypted, damaged, no workbook, a bomb, or acts or reaches out by itself
    """
    if is_old(content):
        raise refuse("table.encrypted" if _ENCRYPTED in content else "table.old")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _weigh(archive, len(content))
            _identify(archive)
            return {each.filename: _part(archive, each) for each in archive.infolist() if not each.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise refuse("table.damaged") from error


def _weigh(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse a bomb by what the directory says, before anything is unpacked."""
    parts = archive.infolist()
    unpacked = sum(each.file_size for each in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(size, 4096):
        raise refuse("table.bomb")
    if any(each.file_size > MAX_XML for each in parts):
        raise refuse("table.bomb")
    if any(each.flag_bits & 1 for each in parts):
        raise refuse("table.encrypted")


def _identify(archive: zipfile.ZipFile) -> None:
    names = [each.filename.lower() for each in archive.infolist()]
    for inside, code in _ACTIVE:
        if any(inside in name for name in names):
            raise refuse(code)
    if "xl/workbook.xml" not in names:
        raise refuse("table.kind")


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return one part, its checksum checked, no longer than it says."""
    content = archive.read(entry)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content[:4096]:
        raise refuse("table.damaged")
    return content if entry.filename.endswith((".xml", ".rels")) else b""


def about_sheet(parts: Mapping[str, bytes], name: str, rows: int, columns: int) -> About:
    """Return what the XML of the sheet with this name says beside its values.

    :raises Invalid: if a value stands further right or down than a table may reach
    """
    xml = parts.get(_path(parts, name), b"")
    if far := _FAR.search(xml):
        raise refuse("table.too-many-columns", row=_row(far), columns=_column(far), limit=columns)
    if _DEEP.search(xml):
        raise refuse("table.too-many-rows", limit=rows)
    formulas = _FORMULA.findall(xml) if _F.search(xml) else []
    errors = _ERROR.findall(xml) if _E.search(xml) else []
    ranges = _MERGED.findall(xml) if b"mergeCell" in xml else []
    hidden = len(_HIDDEN_ROW.findall(xml)) if b"hidden=" in xml else 0
    seen = len(formulas), len(errors), len(ranges)
    if seen != tuple(len(each.findall(xml)) for each in (_F, _E, _M)):
        return _walked(xml, hidden)
    return About(
        [(int(row), number(column)) for column, row in formulas[:MAX_MARKED]],
        [(int(row), number(column)) for column, row in errors[:MAX_MARKED]],
        [(int(top), number(left), int(bottom), number(right)) for left, top, right, bottom in ranges],
        hidden,
    )


def _walked(xml: bytes, hidden_rows: int) -> About:
    """Return the same of XML that is written in another way than usual: cells without a place, other quotation marks.

    Slower by far. A cell without a place stands right of the one before it, as programs that read workbooks take it.
    """
    about = About([], [], [], hidden_rows)
    try:
        for tag, row, column, each in _placed(xml):
            if tag == "f":
                about.formulas.append((row, column))
            elif tag == "c" and each.get("t") == "e":
                about.errors.append((row, column))
            elif tag == "mergeCell":
                about.ranges.append(_range(each.get("ref", "")))
    except (ElementTree.ParseError, ValueError) as error:
        raise refuse("table.damaged") from error
    return About(about.formulas[:MAX_MARKED], about.errors[:MAX_MARKED], about.ranges, hidden_rows)


def _placed(xml: bytes) -> Iterator[tuple[str, int, int, ElementTree.Element]]:
    """Yield what begins in a sheet: its tag, and the row and the column of the cell in which it stands."""
    row = column = 0
    for event, each in ElementTree.iterparse(io.BytesIO(xml), ("start", "end")):  # noqa: S314  # no DTD is let through
        tag = each.tag.rpartition("}")[2]
        if event == "end":
            if tag == "row":
                each.clear()
            continue
        if tag == "row":
            row, column = int(each.get("r") or row + 1), 0
        elif tag == "c":
            place = _PLACE.fullmatch(each.get("r", "").upper())
            column = number(place.group(1).encode()) if place else column + 1
        yield tag, row, column, each


def _range(text: str) -> tuple[int, int, int, int]:
    """Return top, left, bottom and right of a range.

    :raises ValueError: if it's none
    """
    first, last = (_PLACE.fullmatch(each.upper()) for each in text.split(":"))
    if not first or not last:
        raise ValueError(text)
    left, right = (number(each.group(1).encode()) for each in (first, last))
    return int(first.group(2)), left, int(last.group(2)), right


def _row(found: re.Match[bytes]) -> int:
    cell = _FILLED.match(found.group())
    return int(cell.group(2)) if cell else 0


def _column(found: re.Match[bytes]) -> int:
    cell = _FILLED.match(found.group())
    return number(cell.group(1)) if cell else 0


def number(letters: bytes) -> int:
    """Return which column these letters name, from 1."""
    found = 0
    for letter in letters:
        found = found * 26 + letter - 64
    return found


def _path(parts: Mapping[str, bytes], name: str) -> str:
    """Return where in the zip the sheet with this name lies."""
    try:
        book = ElementTree.fromstring(parts["xl/workbook.xml"])  # noqa: S314  # no DTD is let through, so nothing expands
        links = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314  # the same
    except (KeyError, ElementTree.ParseError) as error:
        raise refuse("table.damaged") from error
    wanted = next((each.get(_ID) for each in book.iter(f"{_MAIN}sheet") if each.get("name") == name), "")
    target = next((each.get("Target", "") for each in links if each.get("Id") == wanted), "")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")

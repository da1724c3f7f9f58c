"""How much a file may ask of whoever opens it, and each way of refusing one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tongban.lib.refusals import Invalid

MEDIA = Literal[
    "image/jpeg",
    "image/png",
    "application/pdf",
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
]

# Every code with which this room refuses; the doors word them.
CODES = {
    "file.empty": "there is nothing in it",
    "file.too-large": "more bytes (`size`) than `limit`; both are counted in bytes",
    "file.kind-not-allowed": "its content is of a kind (`found`) that isn't taken in",
    "file.not-what-it-says": "its name or declared type says `said`, its content is `found`",
    "file.damaged": "it is cut short or can't be read without guessing",
    "file.too-many-pixels": "`width` × `height` is more than `limit` pixels, or a side longer than `side`",
    "file.pdf-active": "the PDF acts by itself: `found` names what",
    "file.pdf-attachment": "the PDF carries a file that isn't mere data: `found` names its kind",
    "file.attachment-too-large": "data attached to the PDF has more bytes (`size`) than `limit`",
    "file.pdf-encrypted": "the PDF is encrypted or asks for a password",
    "file.bomb": "small as it is, opening it takes too much memory or time",
    "file.too-many-pages": "the PDF has more pages (`pages`) than `limit`",
    "table.empty": "there is no cell with anything in it",
    "table.too-large": "more than `limit` megabytes",
    "table.kind": "it's neither CSV nor a workbook of the kind XLSX",
    "table.old": "it's a workbook of the old kind (.xls), whatever its name says",
    "table.encrypted": "the workbook is encrypted or asks for a password",
    "table.macros": "the workbook contains macros",
    "table.external": "the workbook draws on other files or carries them",
    "table.damaged": "the workbook is cut short, altered or not what it says",
    "table.bomb": "unpacking it would take far more than it may",
    "table.encoding": "its text is neither UTF-8, UTF-16 nor GB 18030",
    "table.nul": "the line `row` holds NUL bytes",
    "table.csv-broken": "the record `row` has a quotation mark that isn't closed, or text after one",
    "table.no-sheet": "there is no sheet `sheet` that can be seen",
    "table.sheet-hidden": "the sheet `sheet` is hidden",
    "table.too-many-rows": "it has more than `limit` rows",
    "table.too-many-columns": "row `row` reaches to column `columns`, over `limit`",
    "table.cell-too-long": "the cell in row `row`, column `column` has more than `limit` characters",
    "storage.full": "the disk is full; nothing was kept",
    "storage.failed": "the disk could not be written; nothing was kept",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be, on disk and unpacked."""

    max_bytes: int = 20 * 1024 * 1024
    # A4 at 600 dpi is 35 million; the largest phone pictures are 50 million.
    max_pixels: int = 60_000_000
    max_side: int = 20_000
    max_pages: int = 300
    # A PDF: all its objects, one of its streams unpacked, all of them together.
    max_objects: int = 200_000
    max_stream: int = 256 * 1024 * 1024
    max_unpacked: int = 1024 * 1024 * 1024
    # Data attached to it: an invoice's is some kilobytes.
    max_attachments: int = 20
    max_attachment: int = 2 * 1024 * 1024
    # The process that opens it.
    memory: int = 1280 * 1024 * 1024
    seconds: int = 10


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found in a file: an image has a width and a height, a PDF has pages, a table has sheets as pages."""

    media: MEDIA
    width: int | None = None
    height: int | None = None
    pages: int | None = None


def refuse(code: str, **params: object) -> Invalid:
    """Return the refusal with this code, for the field of the form that a file comes in."""
    assert code in CODES, code
    return Invalid(code, field="file", **params)

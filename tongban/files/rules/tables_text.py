"""CSV of any origin: which encoding, which separator, and the records as they are quoted."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Sequence

from tongban.files.rules.limits import refuse

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = "\t;,|"
_TURNING = dict.fromkeys(
    [0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
"""Marks that can't be seen and change how a line reads: removed, since two names that look alike must be alike."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")
_ODD = re.compile(
    f"[{''.join(map(chr, _TURNING))}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]"
)

Marked = tuple[int, int, str]


ENCODINGS = ("utf-8", "gb18030", "big5")
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
"""What a person may choose where the guess was wrong."""


def doubtful(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a table looks as if it were read in a wrong encoding: too much of it is no everyday Chinese."""
    strange = [mark for row in rows for cell in row for mark in cell if not mark.isascii()]
    odd = sum(not _everyday(mark) for mark in strange)
    return odd > 5 and odd > len(strange) / 5


def _everyday(mark: str) -> bool:
    try:
        return bool(mark.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def read(content: bytes, wanted: str = "", separator: str = "") -> tuple[str, list[list[str]], list[Marked]]:
    """Return the encoding, the records, and the cells that held control characters.

    :param wanted: one of `ENCODINGS`, guessed if none is named
    :param separator: one of `SEPARATORS`, guessed if none is named
    :raises Invalid: if the encoding can't be told, a quote is never closed, or it's no text at all
    """
    encoding, text = (wanted, _strictly(content, wanted)) if wanted in ENCODINGS else _decoded(content)
    parts = SEPARATORS.get(separator) or _separator(text)
    csv.field_size_limit(1_000_000)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=parts, strict=True)
    rows: list[list[str]] = []
    marks: list[Marked] = []
    tidy = clean(text)
    try:
        for row in lines:
            rows.append([cell.strip() for cell in row] if tidy else _record(row, len(rows) + 1, marks))
    except csv.Error as error:
        raise refuse("table.csv-broken", row=len(rows) + 1) from error
    while rows and not any(rows[-1]):
        rows.pop()
    return encoding, rows, marks


def clean(text: str) -> bool:
    """Return whether nothing in it needs a second look: asked of a row or a file at once, since most are clean."""
    return not _ODD.search(text) and unicodedata.is_normalized("NFC", text)


def plain(text: str) -> tuple[str, str]:
    """Return the text in NFC without marks that turn it around, and `control` if it holds what no page can show."""
    shown = unicodedata.normalize("NFC", text.translate(_TURNING)).replace("\r\n", "\n")
    kept = _CONTROL.sub("\ufffd", shown)
    return kept.strip(), "control" if "\ufffd" in kept else ""


def _record(cells: list[str], row: int, marks: list[Marked]) -> list[str]:
    found = [plain(cell) for cell in cells]
    marks += [(row, column, what) for column, (_, what) in enumerate(found, start=1) if what]
    return [text for text, _ in found]


def _decoded(content: bytes) -> tuple[str, str]:
    if not content.strip():
        raise refuse("table.empty")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, _strictly(content, encoding)
    if b"\0" in content:
        return _without_mark(content)
    for encoding in ("utf-8", "gb18030"):
        try:
            return encoding, content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refuse("table.encoding")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise refuse("table.encoding") from error


def _without_mark(content: bytes) -> tuple[str, str]:
    """Return UTF-16 that says nothing of itself; other text with NUL bytes is no text.

    :raises Invalid: naming the line of the first NUL
    """
    half = len(content) // 2
    for encoding, zeros in (("utf-16-le", content[1::2].count(0)), ("utf-16-be", content[::2].count(0))):
        # Commas, digits and line ends have a zero each, and there are many of them in any table.
        if len(content) % 2 == 0 and zeros > half / 20 and zeros == content.count(0):
            text = _strictly(content, encoding)
            if "\n" in text and any(each in text for each in (*_SEPARATORS, ",")):
                return encoding, text
    raise refuse("table.nul", row=content[: content.index(0)].count(b"\n") + 1)


def _separator(text: str) -> str:
    """Return what parts the cells of the first line that has several."""
    for line in text.splitlines()[:30]:
        bare = "".join(line.split('"')[::2])
        if best := max(_SEPARATORS, key=bare.count) if any(each in bare for each in _SEPARATORS) else "":
            return best
    return ","

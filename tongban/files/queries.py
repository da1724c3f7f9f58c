"""What is known of a file, its bytes, and copies to be shown. Who may see it, its owner decides."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tongban.files.models import File, HandIn, store
from tongban.files.rules import Limits, marks, sandbox, sniff, tables
from tongban.files.rules.tables import Table
from tongban.lib.actors import Actor
from tongban.lib.personal import Unreadable
from tongban.lib.refusals import Missing


@dataclass(frozen=True, slots=True)
class Rendered:
    """A copy ready to be sent."""

    content: bytes
    media: str


def file(sha256: str) -> File:
    """Return what is known of one file.

    :raises Missing: if there is no such file
    """
    found = File.objects.filter(sha256=sha256).first()
    if found is None:
        raise Missing
    return found


def files(hashes: Iterable[str]) -> dict[str, File]:
    """Return what is known of these files, by hash; those that aren't there are left out."""
    return File.objects.in_bulk(list(hashes))


def handed_in(hashes: Iterable[str], by: Actor) -> set[str]:
    """Return those of the hashes whose bytes the actor handed in."""
    wanted = list(hashes)
    return set(HandIn.objects.filter(by=str(by), file__in=wanted).values_list("file_id", flat=True))


def content(sha256: str) -> bytes:
    """Return the bytes as they are stored: for evidence and for other systems; people are shown a `copy`.

    :raises Missing: if there is no such file
    :raises Unreadable: if the bytes on disk were altered
    """
    return store().get(sha256)


def table(sha256: str, sheet: str = "", encoding: str = "", separator: str = "") -> Table:
    """Return what stands in a stored table, or in one sheet of a stored workbook.

    :param encoding: of a CSV file, guessed if none is named; so is its separator
    :raises Missing: if there is no such file
    :raises Invalid: if there is no such sheet, or it can't be taken in
    """
    return Table.unpacked(sandbox.table(content(sha256), tables.LIMITS, sheet, encoding, separator)[1])


def verify(sha256: str) -> bool:
    """Return whether the bytes on disk are there and are still those that the hash names."""
    try:
        return hashlib.sha256(content(sha256)).hexdigest() == sha256
    except (Missing, Unreadable):
        return False


def copy(
    sha256: str, *, purpose: str, note: str = "", page: int | None = None, width: int | None = None
) -> Rendered:
    """Return a copy with a watermark that says what it is for: a JPEG of an image, a PDF of a PDF.

    :param purpose: the first line of the watermark, such as the item for which alone the copy may be used
    :param note: the lines below it: who made the copy, and on which day
    :param page: of a PDF only this page, counted from 1
    :param width: of an image a copy no wider than this, in pixels
    :raises Missing: if there is no such file or page
    """
    key = sha256, marks.lines(purpose, note), page, width
    if (kept := _copies.get(key)) is not None:
        return kept
    made = _render(content(sha256), key[1], page, width)
    _copies.put(key, made)
    return made


def _render(stored: bytes, lines: tuple[str, ...], page: int | None, width: int | None) -> Rendered:
    if sniff(stored).family == "image":
        return Rendered(marks.marked_image(stored, lines, width), "image/jpeg")
    return Rendered(sandbox.mark(stored, Limits(), lines, page), "application/pdf")


_Key = tuple[str, tuple[str, ...], int | None, int | None]


@dataclass
class _Copies:
    """The copies made last, in memory only: they show personal data."""

    most: int
    _size: int = 0
    _kept: OrderedDict[_Key, Rendered] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: _Key) -> Rendered | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: _Key, made: Rendered) -> None:
        with self._lock:
            self._size += len(made.content) - len(self._kept.pop(key, Rendered(b"", "")).content)
            self._kept[key] = made
            while self._size > self.most:
                self._size -= len(self._kept.popitem(last=False)[1].content)


_copies = _Copies(most=64 * 1024 * 1024)

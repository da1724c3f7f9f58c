"""What a file is, told from its first bytes and never from its name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

import filetype

Family = Literal["image", "pdf", "other"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: a stable name, and whether the gate takes it in."""

    name: str
    family: Family = "other"

    @property
    def allowed(self) -> bool:
        """Whether files of this kind are taken in."""
        return self.family != "other"


JPEG, PNG, WEBP = Kind("jpeg", "image"), Kind("png", "image"), Kind("webp", "image")
PDF = Kind("pdf", "pdf")
EMPTY, UNKNOWN, TEXT = Kind("empty"), Kind("unknown"), Kind("text")

# How many bytes `sniff` wants to see.
HEAD = 4096

_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"%PDF-", PDF),
    (b"MZ", Kind("executable")),
    (b"\x7fELF", Kind("executable")),
    (b"\xca\xfe\xba\xbe", Kind("executable")),
    (b"\xcf\xfa\xed\xfe", Kind("executable")),
    (b"\xce\xfa\xed\xfe", Kind("executable")),
    (b"\x00asm", Kind("executable")),
    (b"#!", Kind("script")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind("office")),
    (b"{\\rtf", Kind("office")),
    (b"GIF8", Kind("gif")),
    (b"BM", Kind("bmp")),
    (b"II*\x00", Kind("tiff")),
    (b"MM\x00*", Kind("tiff")),
    (b"\x1f\x8b", Kind("archive")),
    (b"7z\xbc\xaf\x27\x1c", Kind("archive")),
    (b"Rar!", Kind("archive")),
    (b"BZh", Kind("archive")),
    (b"\xfd7zXZ\x00", Kind("archive")),
)

# In a ZIP, the name of its first members says what it is.
_ZIPS: tuple[tuple[bytes, Kind], ...] = (
    (b"vbaProject.bin", Kind("office-macro")),
    (b"[Content_Types].xml", Kind("office")),
    (b"OFD.xml", Kind("ofd")),
    (b"mimetypeapplication/vnd.oasis", Kind("office")),
    (b"META-INF/MANIFEST.MF", Kind("executable")),
)

# A page or a drawing that runs scripts can begin with blanks, a comment or a byte order mark.
_MARKUP: tuple[tuple[bytes, Kind], ...] = (
    (b"<svg", Kind("svg")),
    (b"<!doctype html", Kind("html")),
    (b"<html", Kind("html")),
    (b"<script", Kind("html")),
    (b"<body", Kind("html")),
    (b"<?php", Kind("script")),
    (b"<?xml", Kind("xml")),
)

_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")

_SAID = {
    "jpg": JPEG, "jpeg": JPEG, "jfif": JPEG, "jpe": JPEG, "png": PNG, "webp": WEBP, "pdf": PDF,
    "image/jpeg": JPEG, "image/png": PNG, "image/webp": WEBP, "application/pdf": PDF,
    "heic": Kind("heic"), "heif": Kind("heic"), "svg": Kind("svg"), "html": Kind("html"), "htm": Kind("html"),
    "gif": Kind("gif"), "tif": Kind("tiff"), "tiff": Kind("tiff"), "zip": Kind("zip"), "ofd": Kind("ofd"),
    "exe": Kind("executable"), "dll": Kind("executable"), "js": Kind("script"), "sh": Kind("script"),
    "doc": Kind("office"), "docx": Kind("office"), "xls": Kind("office"), "xlsx": Kind("office"),
    "image/heic": Kind("heic"), "image/svg+xml": Kind("svg"), "text/html": Kind("html"),
    "application/zip": Kind("zip"),
}  # fmt: skip


def sniff(head: bytes) -> Kind:
    """Return the kind of file that begins with these bytes (`HEAD` of them are enough)."""
    if not head:
        return EMPTY
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    return _container(head) or _markup(head) or _other(head)


def claimed(name: str, media: str) -> list[Kind]:
    """Return the kinds that a file's name and declared type claim; words that say nothing claim nothing."""
    words = PurePath(name).suffix.removeprefix(".").lower(), media.partition(";")[0].strip().lower()
    return [_SAID[word] for word in words if word in _SAID]


def _container(head: bytes) -> Kind | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return Kind("heic" if head[8:12] in _HEIF_BRANDS else "video")
    if head[:2] == b"PK" and head[2:4] in {b"\x03\x04", b"\x05\x06", b"\x07\x08"}:
        return next((kind for part, kind in _ZIPS if part in head), Kind("zip"))
    return None


def _markup(head: bytes) -> Kind | None:
    text = head.replace(b"\x00", b"").lower()  # UTF-16 without its zeros reads like ASCII
    if not text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return None
    return next((kind for part, kind in _MARKUP if part in text), None)


def _other(head: bytes) -> Kind:
    guessed = filetype.guess(head)
    if guessed is not None:
        return Kind(str(guessed.extension))
    return TEXT if _reads_as_text(head) else UNKNOWN


def _reads_as_text(head: bytes) -> bool:
    return not any(byte < 9 or 13 < byte < 32 for byte in head)

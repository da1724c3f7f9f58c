"""The gate: the only way in for a file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings

from tongban.files import models, rules
from tongban.files.models import File, HandIn
from tongban.files.rules import Facts, Limits, refuse, sandbox, tables
from tongban.files.rules.kinds import EMPTY, HEAD
from tongban.files.rules.tables import Table
from tongban.lib.actors import Actor
from tongban.lib.refusals import Invalid

_CHUNK = 256 * 1024


class Readable(Protocol):
    """What bytes can be read from: an upload, an open file."""

    def read(self, size: int, /) -> bytes:
        """Return at most this many bytes, none at the end."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is kept: `sha256` names the bytes kept, `original_sha256` those that were handed in."""

    sha256: str
    size: int
    media: str
    width: int | None
    height: int | None
    pages: int | None
    original_sha256: str


def store(stream: Readable, *, declared_name: str, declared_type: str, by: Actor, at: datetime) -> Stored:
    """Check what is handed in and keep it: an image as its safe copy, a PDF as it is. Safe to run twice.

    The bytes are on disk when this returns; the rows are written in the caller's transaction.

    :param by: who hands it in, and may enclose it from now on
    :raises Invalid: for the reasons in `rules.CODES`; then nothing is kept
    """
    limits = Limits(max_bytes=settings.FILES_MAX_BYTES)
    handed_in = _read(stream, limits.max_bytes)
    facts, kept = _safe(handed_in, declared_name, declared_type, limits)
    stored = _describe(facts, kept, handed_in)
    models.store().put(stored.sha256, kept)
    _enter(stored, by, at)
    return stored


def store_table(stream: Readable, *, by: Actor, at: datetime) -> tuple[Stored, Table]:
    """Check a CSV file or workbook that is handed in, keep it as it is, and return what stands in it.

    Its name and declared type aren't asked: browsers and offices call CSV all sorts of things.

    :param by: who hands it in
    :raises Invalid: for the reasons `table.…` in `rules.CODES`; then nothing is kept
    """
    most = min(tables.LIMITS.max_bytes, settings.FILES_MAX_BYTES)
    try:
        handed_in = _read(stream, most)
    except Invalid as refused:
        raise refuse("table.too-large", limit=most // 1_048_576) from refused
    if not handed_in:
        raise refuse("table.empty")
    facts, packed = sandbox.table(handed_in, tables.LIMITS)
    stored = _describe(facts, handed_in, handed_in)
    models.store().put(stored.sha256, handed_in)
    _enter(stored, by, at)
    return stored, Table.unpacked(packed)


def sweep(at: datetime) -> int:
    """Remove what was begun more than a day ago and never finished; return how many files that were."""
    return models.store().sweep(at - timedelta(days=1))


def _read(stream: Readable, most: int) -> bytes:
    """Return everything, and no more than may be: in memory, so that nothing lies on disk unencrypted."""
    read = bytearray()
    while len(read) <= most and (chunk := stream.read(_CHUNK)):
        read += chunk
    if len(read) > most:
        raise refuse("file.too-large", limit=most, size=getattr(stream, "size", None) or len(read))
    return bytes(read)


def _safe(handed_in: bytes, name: str, media: str, limits: Limits) -> tuple[Facts, bytes]:
    kind = rules.sniff(handed_in[:HEAD])
    if kind == EMPTY:
        raise refuse("file.empty")
    if not kind.allowed:
        raise refuse("file.kind-not-allowed", found=kind.name)
    for said in rules.claimed(name, media):
        # A picture that names itself another kind of picture is written anew anyway.
        if said.family != kind.family:
            raise refuse("file.not-what-it-says", said=said.name, found=kind.name)
    if kind.family == "image":
        return sandbox.image(handed_in, limits)
    return sandbox.pdf(handed_in, limits), handed_in


def _describe(facts: Facts, kept: bytes, handed_in: bytes) -> Stored:
    return Stored(
        sha256=hashlib.sha256(kept).hexdigest(),
        size=len(kept),
        media=facts.media,
        width=facts.width,
        height=facts.height,
        pages=facts.pages,
        original_sha256=hashlib.sha256(handed_in).hexdigest(),
    )


def _enter(stored: Stored, by: Actor, at: datetime) -> None:
    row = File(
        sha256=stored.sha256,
        size=stored.size,
        media=stored.media,
        width=stored.width,
        height=stored.height,
        pages=stored.pages,
        original_sha256=stored.original_sha256,
        stored_at=at,
    )
    File.objects.bulk_create([row], ignore_conflicts=True)
    HandIn.objects.bulk_create([HandIn(file=row, by=str(by), at=at)], ignore_conflicts=True)

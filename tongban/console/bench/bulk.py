"""Bulk rows by COPY: ever new cases like samples that the real actions made, with every constraint in force.

Each copy has ids, a reference, serials and search hashes of its own; days, bodies and what is encrypted are its
sample's. Entries come in with the number that the sealer would give them, under the tree that it would build.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import psycopg
from django.db import connections
from django.utils import timezone

from tongban.cases.rules.reference import new_reference
from tongban.console.bench.limit import SERIAL
from tongban.console.bench.samples import Row, Sample, columns
from tongban.lib.ids import new_id
from tongban.trail import queries as trails
from tongban.trail import rules as tree

_CHUNK = 1000
_FORK = multiprocessing.get_context("fork")
_HASHES = ("found_by", "code", "proof")
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})


class Mould:
    """A sample's rows with holes where each copy differs."""

    def __init__(self, sample: Sample) -> None:
        self.region = sample.scene.window.region
        self.ids = sorted({str(row["id"]) for rows in sample.tables.values() for row in rows})
        case = sample.tables["cases_case"][0]
        self.reference = str(case["reference"])
        self.hashes = [str(case[name])[2:] for name in _HASHES]
        self.series = [row for row in sample.tables["papers_paper"] if row["number"] != self.reference]
        self.entries = len(sample.sealed)
        numbers = [f"#{nth}#" for nth in range(self.entries)]
        self.holes = [*self.ids, self.reference, *self.hashes, *(str(row["number"]) for row in self.series)]
        self.holes += numbers
        self._cut = re.compile(f"({'|'.join(map(re.escape, self.holes))})")
        texts = {table: _lines(columns(table), rows) for table, rows in sample.tables.items() if rows}
        numbered = zip(texts["trail_entry"], numbers, strict=True)
        texts["trail_entry"] = [f"{line}\t{number}" for line, number in numbered]
        self.tables = {table: self._cut.split("\n".join(lines) + "\n") for table, lines in texts.items()}
        self.leaves = [self._cut.split(sealed.decode()) for sealed in sample.sealed]

    def values(self, number: int, serials: Counter[str]) -> dict[str, str]:
        """Return what fills the holes of the next copy, whose first entry has this number."""
        first = new_id().int  # one draw for all ids of a case: they follow each other
        new = {each: str(UUID(int=first + nth)) for nth, each in enumerate(self.ids)}
        new[self.reference] = new_reference(self.region, timezone.localdate())
        new |= {each: secrets.token_hex(32) for each in self.hashes}
        for row in self.series:
            text = str(row["number"])
            serials[series(row)] += 1
            new[text] = SERIAL.sub(f"{serials[series(row)]:05d}", text)
        return new | {f"#{nth}#": str(number + nth) for nth in range(self.entries)}


def _lines(kinds: Mapping[str, str], rows: Sequence[Row]) -> list[str]:
    """Return rows as COPY reads them."""
    return ["\t".join(_field(row[name]) for name in kinds) for row in rows]


def _field(text: str | None) -> str:
    return "\\N" if text is None else text.translate(_ESCAPES)


def _filled(template: list[str], new: Mapping[str, str]) -> str:
    parts = template[:]
    parts[1::2] = [new[hole] for hole in template[1::2]]
    return "".join(parts)


def series(row: Row) -> str:
    """Return a document's series, as its number shows it: the number without its serial."""
    return SERIAL.sub("", str(row["number"]))


@dataclass(frozen=True, slots=True)
class Chunk:
    """Copies written in one transaction: of which moulds, from which entry number and serials on."""

    moulds: Sequence[int]
    number: int
    serials: Counter[str]


def load(samples: Sequence[Sample], count: int, url: str, processes: int = 0) -> None:
    """Write so many copies of the samples, by the shares of their lives; everything recorded must be sealed."""
    moulds = [Mould(sample) for sample in samples]
    dice = random.Random(count)  # noqa: S311  # the same cases every time
    chosen = dice.choices(range(len(moulds)), [sample.life.share for sample in samples], k=count)
    size = trails.size()
    with psycopg.connect(url) as link:
        serials = _serials(link, samples)
    chunks = list(_chunks(moulds, chosen, size, serials))
    connections.close_all()  # a connection can't be shared with a child
    with _FORK.Pool(processes or os.cpu_count(), _open, (url, moulds)) as pool:
        leaves = [leaf for some in pool.imap(_write, chunks) for leaf in some]
    with psycopg.connect(url) as link:
        _grow(link, size, leaves)
        _count_on(link, samples, serials)
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("VACUUM (ANALYZE)")


def _chunks(
    moulds: Sequence[Mould], chosen: Sequence[int], size: int, serials: Counter[str]
) -> Iterator[Chunk]:
    """Yield the chunks; `serials` is taken on to what they use."""
    for start in range(0, len(chosen), _CHUNK):
        some = chosen[start : start + _CHUNK]
        yield Chunk(some, size + 1, serials.copy())
        size += sum(moulds[each].entries for each in some)
        serials.update(series(row) for each in some for row in moulds[each].series)


_tools: list[tuple[psycopg.Connection[tuple[object, ...]], Sequence[Mould]]] = []


def _open(url: str, moulds: Sequence[Mould]) -> None:
    _tools.append((psycopg.connect(url), moulds))


def _write(chunk: Chunk) -> list[bytes]:
    """Write a chunk, and return the leaves of its entries."""
    link, moulds = _tools[0]
    tables: dict[str, list[str]] = {}
    leaves, number = [], chunk.number
    for each in chunk.moulds:
        mould = moulds[each]
        new = mould.values(number, chunk.serials)
        for table, template in mould.tables.items():
            tables.setdefault(table, []).append(_filled(template, new))
        leaves += [tree.leaf(_filled(leaf, new).encode()) for leaf in mould.leaves]
        number += mould.entries
    with link.transaction(), link.cursor() as cursor:
        for table, texts in tables.items():
            names = [*columns(table), *(["number"] if table == "trail_entry" else [])]
            wanted = ", ".join(f'"{name}"' for name in names)
            with cursor.copy(f'COPY "{table}" ({wanted}) FROM STDIN') as copy:
                copy.write("".join(texts))
    return leaves


def _grow(link: psycopg.Connection[tuple[object, ...]], size: int, leaves: Sequence[bytes]) -> None:
    """Build the tree over the new leaves by the sealer's own rules."""
    tiles = trails.tiles_of(set(tree.open_tiles(size)))
    after = tree.append(tiles, size, leaves)
    with link.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO trail_tile (level, index, hashes) VALUES (%s, %s, %s)"
            " ON CONFLICT (level, index) DO UPDATE SET hashes = EXCLUDED.hashes",
            [(*place, hashes) for place, hashes in tiles.items()],
        )
        cursor.execute(
            "INSERT INTO trail_checkpoint (size, root, at) VALUES (%s, %s, now())",
            (after, tree.root(tiles, after)),
        )


def _counters(samples: Sequence[Sample]) -> dict[str, tuple[str | None, str | None]]:
    """Return body and kind of each series that the samples' documents stand in."""
    papers = (row for sample in samples for row in sample.tables["papers_paper"])
    return {series(row): (row["body"], row["kind"]) for row in papers if row["kind"] != "receipt"}


def _serials(link: psycopg.Connection[tuple[object, ...]], samples: Sequence[Sample]) -> Counter[str]:
    """Return the last serial given in each series; all of them are this year's."""
    rows = link.execute("SELECT body, kind, last FROM papers_counter WHERE NOT practice").fetchall()
    last = {(body, kind): serial for body, kind, serial in rows}
    return Counter({name: last[key] for name, key in _counters(samples).items()})


def _count_on(
    link: psycopg.Connection[tuple[object, ...]], samples: Sequence[Sample], serials: Counter[str]
) -> None:
    """Let the next document of each series have the serial after the last one used."""
    known = _counters(samples)
    with link.cursor() as cursor:
        cursor.executemany(
            "UPDATE papers_counter SET last = %s WHERE (body, kind) = (%s, %s) AND NOT practice",
            [(serials[name], *key) for name, key in known.items()],
        )

"""A made-up catalogue as large as a province's, to measure the search with; nothing of it is ever stored."""

from __future__ import annotations

import random
import sys
import time
import tracemalloc
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tongban.catalogue.queries import MOST_LOCAL
from tongban.lists.queries.indexing import Built, built
from tongban.lists.rules.search import Doc, Index, Unusable, build, rank, understand, why

SEED = 20260601
WARM = 20
RENAMED = 0.3
"""Of the implementations, how many bear a name of the place's own, each another one."""


@dataclass(frozen=True)
class Implementations:
    """Where each item is implemented: its places in order, so that one is found without going through all."""

    places: tuple[tuple[str, ...], ...]

    def here(self, at: int, region: str) -> bool:
        """Return whether an item is implemented at a place."""
        known = self.places[at]
        found = bisect_left(known, region)
        return found < len(known) and known[found] == region


@dataclass(frozen=True, slots=True)
class Measured:
    """What an index of a size costs.

    :param bytes: memory that the index and the places hold, by Python's own count
    """

    implementations: int
    items: int
    bytes: int
    build: float
    times: tuple[float, ...]


def measure(count: int, queries: Sequence[str], day: date) -> Measured:
    """Return what a search over `count` implementations costs; items are searched, implementations then looked up.

    :raises Unusable: if there is no index to start from
    """
    have = built(day)
    if have.index is None:
        raise Unusable("the index can't be built")
    docs, where = _docs(have, count)
    tracemalloc.start()
    began = time.perf_counter()
    index = build(docs, have.index.words)
    kept = Implementations(tuple(tuple(sorted(map(sys.intern, each))) for each in where))
    seconds = time.perf_counter() - began
    size, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    times = tuple(_timed(query, index, kept, have) for query in (*queries[:WARM], *queries))[
        len(queries[:WARM]) :
    ]
    return Measured(sum(map(len, where)), len(docs), size, seconds, times)


def _docs(have: Built, count: int) -> tuple[list[Doc], list[list[str]]]:
    """Return items made of the real ones, each implemented at many places under names of their own."""
    chance = random.Random(SEED)  # noqa: S311  # names, not secrets
    called = {code: name for name, code in have.places.han.items()}
    codes = sorted(called)
    docs: list[Doc] = []
    where: list[list[str]] = []
    while sum(map(len, where)) < count:
        real = have.docs[len(docs) % len(have.docs)]
        number = len(docs) // len(have.docs)
        here = codes[: count - sum(map(len, where))]
        said = (real.theme.zh, real.department.zh, *real.aliases, *real.texts)[:6]
        names = [
            f"{called[code]}{real.name.zh}{chance.choice(said)}" for code in here if chance.random() < RENAMED
        ][:MOST_LOCAL]
        docs.append(replace(real, codes=(f"{real.code}-{number}",), local=tuple(names)) if number else real)
        where.append(list(here))
    return docs, where


def _timed(query: str, index: Index, kept: Implementations, have: Built) -> float:
    began = time.perf_counter()
    asked = understand(query, index.words, have.places)
    found = rank(query=asked, index=index)[:20]
    for each in found:
        why(asked, each, index)
        if asked.places:
            kept.here(each.at, asked.places[0])
    return time.perf_counter() - began

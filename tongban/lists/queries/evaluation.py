"""How well the search finds what judged queries expect, beside what plainer searches find in the same texts.

A query is judged by the first place at which one of its expected items stands. All searches are given the same items
with the same texts; the plain ones are given each query as typed and as understood, and the better of both counts.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from tongban.lists.queries.indexing import Built, built
from tongban.lists.rules.search import Index, Query, Unusable, rank, understand

DEEP = 50
"""Places that are looked at for the reciprocal rank; what stands below counts as not found."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged query."""

    number: str
    query: str
    expected: frozenset[str]
    frozen: bool
    shares: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What one search reaches with one set of queries."""

    count: int
    first: float
    five: float
    mrr: float

    @classmethod
    def of(cls, places: list[int]) -> Result:
        """Return what these places amount to; 0 is not found."""
        count = len(places) or 1
        return cls(
            count=len(places),
            first=sum(place == 1 for place in places) / count,
            five=sum(0 < place <= 5 for place in places) / count,
            mrr=sum(1 / place for place in places if place) / count,
        )


@dataclass(frozen=True, slots=True)
class Ranked:
    """The place of each query's first expected item, by the name of the search."""

    judged: tuple[Judged, ...]
    places: dict[str, list[int]]

    def result(self, search: str, wanted: Callable[[Judged], bool]) -> Result:
        """Return what a search reaches with the queries wanted."""
        pairs = zip(self.judged, self.places[search], strict=True)
        return Result.of([place for each, place in pairs if wanted(each)])


def read(path: Path) -> tuple[Judged, ...]:
    """Return the judged queries of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Judged(
                row["id"],
                row["query"],
                frozenset(row["expected"].split("|")),
                row["set"] == "frozen",
                row["shares"] == "1",
            )
            for row in csv.DictReader(file)
        )


def evaluate(judged: tuple[Judged, ...], day: date) -> Ranked:
    """Return how each search does with the queries, over the catalogue as it is.

    :raises Unusable: if there is no index to evaluate
    """
    have = built(day)
    if have.index is None:
        raise Unusable("the index can't be built")
    index = have.index
    expected = [_codes(each, index) for each in judged]
    asked = [understand(each.query, index.words, have.places) for each in judged]
    places = {
        "tongban": [_place(_ours(query, index), codes) for query, codes in zip(asked, expected, strict=True)]
    }
    typed: list[tuple[str, ...]] = [(each.query,) for each in judged]
    meant: list[tuple[str, ...]] = [(" ".join(query.runs),) for query in asked]
    wide = [tuple(_expanded(query, index)) for query in asked]
    for name, queries in (("as typed", typed), ("as understood", meant)):
        found = (_substring(texts, have, index) for texts in queries)
        places[f"substring, {name}"] = [
            _place(hits, codes) for hits, codes in zip(found, expected, strict=True)
        ]
    with _trigrams(index) as search:
        for name, queries in (("as typed", typed), ("as understood", meant), ("expanded", wide)):
            found = (search(texts) for texts in queries)
            places[f"pg_trgm, {name}"] = [
                _place(hits, codes) for hits, codes in zip(found, expected, strict=True)
            ]
    return Ranked(judged, places)


def _codes(each: Judged, index: Index) -> frozenset[str]:
    """Return the codes under which the expected items are shown now: one that was completed has another since."""
    known = (index.by_code.get(code.casefold()) for code in each.expected)
    return each.expected | {index.docs[at].code for at in known if at is not None}


def _place(found: Iterable[str], expected: frozenset[str]) -> int:
    return next((place for place, code in enumerate(found, 1) if code in expected and place <= DEEP), 0)


def _ours(query: Query, index: Index) -> Iterator[str]:
    return (index.docs[each.at].code for each in rank(query, index))


def _expanded(query: Query, index: Index) -> Iterator[str]:
    """Yield the query, and the query with each word that people say replaced by what it means."""
    text = " ".join(query.runs)
    yield text
    for group in index.words.groups:
        for said in group.said:
            if said in text:
                yield from (text.replace(said, means) for means in group.means)


def _texts(at: int, index: Index) -> list[str]:
    return list(dict.fromkeys(saying.text for saying in index.sayings[at]))


def _substring(queries: tuple[str, ...], have: Built, index: Index) -> list[str]:
    """Return the items whose texts, synonyms included, contain every word, as the search before did."""
    words = queries[0].casefold().split()
    hits = []
    for at, doc in enumerate(index.docs):
        texts = "\n".join((*_texts(at, index), *doc.codes)).casefold()
        if words and all(word in texts for word in words):
            hits.append((not doc.complete, len(doc.name.zh), at))
    return [index.docs[at].code for _, _, at in sorted(hits)]


class _trigrams:  # noqa: N801  # it's used as a function is
    """PostgreSQL's trigram search over the same texts, in tables of a transaction that is undone."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.transaction = transaction.atomic()

    def __enter__(self) -> Callable[[tuple[str, ...]], list[str]]:
        self.transaction.__enter__()
        rows = [(doc.code, text) for at, doc in enumerate(self.index.docs) for text in _texts(at, self.index)]
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("CREATE TEMPORARY TABLE said (code text, words text) ON COMMIT DROP")
            cursor.executemany("INSERT INTO said VALUES (%s, %s)", rows)
        return self.search

    def search(self, queries: tuple[str, ...]) -> list[str]:
        """Return the items by the text that is most similar to any of the queries."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT code FROM (SELECT code, max(greatest(similarity(words, q), word_similarity(q, words),"
                " word_similarity(words, q) * 0.9)) AS alike"
                " FROM said, unnest(%s::text[]) AS q GROUP BY code) AS ranked"
                " WHERE alike > 0 ORDER BY alike DESC, code LIMIT %s",
                [[query.replace("\x00", "") for query in queries], DEEP],
            )
            return [row[0] for row in cursor.fetchall()]

    def __exit__(self, *error: object) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

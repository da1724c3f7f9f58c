"""Which items answer a query, best first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import fsum

from tongban.lists.rules.search.index import Index, Saying
from tongban.lists.rules.search.parts import Part, parts
from tongban.lists.rules.search.query import Query
from tongban.lists.rules.search.text import is_han, pairs, stem

COVERED, LIKE = 0.62, 0.38
COMPLETE, HERE, WANTED, WHOSE = 0.02, 0.03, 0.03, 0.06
FAINT, BELOW, SURE = 0.12, 0.42, 0.36
"""How well the best must answer to be shown at all, and how far below the best the others may be."""
_COMPARED = 60
_UNKNOWN = 0.6
_UNKNOWN_PAIR = 0.35


@dataclass(frozen=True, slots=True)
class Scored:
    """An item with how well it answers, and the parts of the query that it has.

    :param sure: whether it answers most of what was asked, so that nobody need say "perhaps"
    """

    at: int
    score: float
    sure: bool
    parts: tuple[Part, ...]
    saying: Saying | None


@dataclass(frozen=True)
class Standing:
    """What else decides between equally good items: where they can be handled, how much they are asked for."""

    here: Collection[str] = ()
    demand: Mapping[str, float] | None = None


def rank(query: Query, index: Index, standing: Standing | None = None) -> list[Scored]:
    """Return the items that answer a query, best first; always the same for the same."""
    found = parts(query, index) if query.runs else []
    covered = _covered(found)
    if not covered or _only_letters(query, found):
        return []
    whole = sum(part.weight for part in found)
    first = sorted(covered, key=lambda at: (-covered[at], at))[:_COMPARED]
    wanted = _wanted(query)
    scored = []
    for at in first:
        like, saying = _like(wanted, query, at, index)
        score = COVERED * covered[at] / whole + LIKE * like
        scored.append((score + _beside(query, at, index, standing or Standing()), score, at, saying))
    scored.sort(key=lambda each: (-each[0], each[2]))
    best = scored[0][1]
    unknown = _unknown(wanted, index)
    if best * whole / (whole + _UNKNOWN_PAIR * unknown) < FAINT:
        return []
    known = whole / (whole + unknown)
    return [
        Scored(at, total, score * known >= SURE, tuple(part for part in found if at in part.posting), saying)
        for total, score, at, saying in scored
        if score >= BELOW * best
    ]


def _only_letters(query: Query, found: list[Part]) -> bool:
    """Return whether nothing of a word of several characters was met but characters by themselves."""
    words = max(map(len, query.runs), default=0) > 1
    return words and all(part.kind == "words" and len(part.said) == 1 for part in found)


def _covered(found: list[Part]) -> dict[int, float]:
    covered: dict[int, float] = {}
    for part in found:
        for at, strength in part.posting.items():
            covered[at] = covered.get(at, 0.0) + part.weight * strength
    return covered


def _wanted(query: Query) -> frozenset[str]:
    """Return what a query is compared by with whole texts: pairs of characters, or English words."""
    han = [pair for run in query.runs if is_han(run) for pair in pairs(run)]
    return frozenset(han) or frozenset(stem(run) for run in query.runs if not is_han(run))


def _like(wanted: frozenset[str], query: Query, at: int, index: Index) -> tuple[float, Saying | None]:
    """Return how much the query is like the item's text that is most like it."""
    asked = "".join(query.runs) if any(map(is_han, query.runs)) else " ".join(query.runs)
    best: tuple[float, Saying | None] = (0.0, None)
    whole = _sum(wanted, index)
    for saying in index.sayings[at]:
        if saying.text == asked:
            return 1.2, saying
        both = wanted & saying.pairs
        if both:
            share = 2 * _sum(both, index) / (whole + _sum(saying.pairs, index))
            if share > best[0]:
                best = (share, saying)
    return best


def _sum(features: Collection[str], index: Index) -> float:
    # Exact whatever the order: sets have another in every process, and the last digit would decide between equals.
    return fsum(
        index.weight(f"c{each}" if is_han(each) else f"w{each}") or _UNKNOWN * index.rarity({0: 1.0})
        for each in features
    )


def _unknown(wanted: Collection[str], index: Index) -> float:
    """Return the weight of what no item has: the more of it there is, the less a faint likeness says."""
    known = index.postings
    missing = sum(f"c{each}" not in known if is_han(each) else f"w{each}" not in known for each in wanted)
    return missing * index.rarity({0: 1.0})


def _beside(query: Query, at: int, index: Index, standing: Standing) -> float:
    """Return what tips the scales: it never outweighs what was asked for."""
    doc = index.docs[at]
    found = COMPLETE * doc.complete + HERE * (doc.code in standing.here)
    if query.subject:
        found += WHOSE if query.subject in doc.subjects else -WHOSE
    return found + WANTED * (standing.demand or {}).get(doc.code, 0.0)

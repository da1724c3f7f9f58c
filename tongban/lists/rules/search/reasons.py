"""Why an item was found, in the searcher's own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tongban.lists.rules.search import sound
from tongban.lists.rules.search.index import Index, Saying
from tongban.lists.rules.search.parts import Part
from tongban.lists.rules.search.query import Query
from tongban.lists.rules.search.ranking import Scored
from tongban.lists.rules.search.text import is_han, normal, runs
from tongban.lists.rules.search.words import KINDS

MOST = 2
_TELLING = 3
"""Characters that a part of what people say must have to tell anything by itself."""


class Because(StrEnum):
    """Kinds of reasons."""

    CODE = "code"
    WORDS = "words"
    MEANS = "means"
    SOUNDS = "sounds"
    ALIAS = "alias"
    LIKE = "like"
    SAYS = "says"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: what was said, and what it means; `means` is empty where it's the item itself."""

    because: Because
    said: str
    means: str = ""


def why(query: Query, found: Scored, index: Index) -> tuple[Reason, ...]:
    """Return at least one reason for which an item was found, the best first."""
    reasons: dict[str, Reason] = {}
    for each in _reasons(query, found, index):
        # That the same words also stand for a part of the name tells nobody more.
        reasons.setdefault(each.said, each)
    return tuple(reasons.values())[:MOST] or (Reason(Because.SAYS, query.plain),)


def _reasons(query: Query, found: Scored, index: Index) -> Iterator[Reason]:
    name = normal(index.docs[found.at].name.zh, index.words.simplified)
    code = next((part.said for part in found.parts if part.kind == "code"), "")
    if code:
        yield Reason(Because.CODE, code.upper())
        return
    yield from _whole(query, found, name, index)
    yield from _sounds(found, index)
    yield from _named(query, name, index.docs[found.at].name.en)
    yield from _groups(found, name, index)


def _whole(query: Query, found: Scored, name: str, index: Index) -> Iterator[Reason]:
    """Yield that what was said is what people say for the item."""
    saying = found.saying
    if saying is None or saying.kind == "name":
        return
    said = _bare(_shared(query, saying), index)
    if saying.text in query.plain:
        said = saying.text
    elif len(said) >= _TELLING and 2 * len(said) >= len(saying.text) and said not in name:
        yield Reason(Because.LIKE, said, saying.text)
        return
    else:
        return
    if said not in name:
        yield Reason(Because.MEANS if saying.kind in KINDS else Because.ALIAS, said)


def _bare(said: str, index: Index) -> str:
    """Return the stretch without the little words at its ends."""
    little = "".join(each for each in index.words.fillers if len(each) == 1)
    return said.strip(little + " ")


def _shared(query: Query, saying: Saying) -> str:
    """Return the longest stretch of the query that a text has as well: its words, if it's in English."""
    found = max((_common(run, saying.text) for run in query.runs if is_han(run)), key=len, default="")
    if len(found) > 1:
        return found
    words = set(runs(saying.text))
    return " ".join(run for run in query.runs if not is_han(run) and run in words)


def _common(one: str, other: str) -> str:
    best = ""
    for start in range(len(one)):
        end = start + len(best) + 1
        while end <= len(one) and one[start:end] in other:
            best, end = one[start:end], end + 1
    return best


def _sounds(found: Scored, index: Index) -> Iterator[Reason]:
    for part in found.parts:
        if part.kind in {"initials", "sound"} and not part.said.count(" "):
            meant = _spoken(part.said, index.sayings[found.at])
            if meant:
                yield Reason(Because.SOUNDS, part.said, meant)


def _spoken(said: str, sayings: tuple[Saying, ...]) -> str:
    """Return the characters of a text that sound like this, or begin like this."""
    for saying in sayings:
        han = "".join(run for run in runs(saying.text) if is_han(run))
        at = saying.initials.find(said)
        if at >= 0:
            return han[at : at + len(said)]
        at = saying.joined.find(said)
        if at >= 0 and at in saying.starts:
            first = sorted(saying.starts).index(at)
            return han[first : first + max(len(sound.spelt(said)), 1)]
    return ""


def _named(query: Query, name: str, english: str) -> Iterator[Reason]:
    words = [common for run in query.runs if is_han(run) and len(common := _common(run, name)) > 1]
    spoken = set(runs(normal(english)))
    words += [run for run in query.runs if not is_han(run) and run in spoken]
    if words:
        yield Reason(Because.WORDS, " ".join(words))


def _groups(found: Scored, name: str, index: Index) -> Iterator[Reason]:
    for part in sorted(found.parts, key=lambda part: -part.weight):
        if part.kind == "meaning" and part.said not in name:
            meant = _meant(part, name, index)
            if meant:
                yield Reason(Because.MEANS, part.said, meant)


def _meant(part: Part, name: str, index: Index) -> str:
    means = index.words.groups[int(part.means[1:])].means
    return next((each for each in means if each in name and each != part.said), "")

"""The index: for each feature of a text the items that have it, and how strongly they have it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tongban.lists.rules.search import sound
from tongban.lists.rules.search.docs import Doc, Field, fields, spoken
from tongban.lists.rules.search.text import is_han, normal, pairs, runs, shortened, stem
from tongban.lists.rules.search.words import Words

Posting = dict[int, float]
SOUNDED = 0.9
"""The weakest text of which the sound is kept: nobody spells out the condition of an item."""
_MISSPELT = 5
"""Letters an English word must have before a slip in it is forgiven."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A text of an item, plain, with what it takes to compare a whole query with it."""

    text: str
    kind: str
    pairs: frozenset[str]
    joined: str
    starts: frozenset[int]
    initials: str


@dataclass(frozen=True)
class Index:
    """Everything that a search asks; never changed once built, so that threads can share it."""

    docs: tuple[Doc, ...]
    words: Words
    postings: Mapping[str, Posting]
    sayings: tuple[tuple[Saying, ...], ...]
    by_code: Mapping[str, int]
    slips: Mapping[str, frozenset[str]]
    groups: Mapping[str, tuple[str, ...]]
    longest: int
    _weights: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    def weight(self, feature: str) -> float:
        """Return how much a feature tells: the fewer items have it, the more."""
        found = self._weights.get(feature)
        if found is None:
            found = self._weights[feature] = self.rarity(self.postings.get(feature, {}))
        return found

    def has(self, pair: str) -> bool:
        """Return whether these two characters stand side by side in some item."""
        return f"c{pair}" in self.postings

    def rarity(self, posting: Posting) -> float:
        """Return the weight of a feature with this posting."""
        count = sum(posting.values())
        return math.log(1 + len(self.docs) / (count + 0.5)) if count else 0.0


def build(docs: Sequence[Doc], words: Words) -> Index:
    """Return the index of these items."""
    phrases = spoken(words)
    postings: defaultdict[str, Posting] = defaultdict(dict)
    sayings, texts = [], []
    for at, doc in enumerate(docs):
        plain = [
            Field(text, each.strength, each.kind)
            for each in fields(doc, words, phrases)
            if (text := normal(each.text, words.simplified))
        ]
        for each in plain:
            for feature, share in _features(each):
                _add(postings[feature], at, each.strength * share)
        sayings.append(tuple(_saying(each) for each in plain if each.strength >= SOUNDED))
        texts.append(plain)
    groups = _group(words, texts, postings)
    return Index(
        docs=tuple(docs),
        words=words,
        postings=dict(postings),
        sayings=tuple(sayings),
        by_code={normal(code): at for at, doc in enumerate(docs) for code in doc.codes},
        slips=_slips(postings),
        groups=groups,
        longest=max(map(len, groups), default=0),
    )


def _add(posting: Posting, at: int, strength: float) -> None:
    if posting.get(at, 0.0) < strength:
        posting[at] = strength


def _features(text: Field) -> Iterable[tuple[str, float]]:
    """Yield the features of a text: c two characters, u one, s two syllables, v one, w an English word."""
    for run in runs(text.text):
        if not is_han(run):
            yield f"w{stem(run)}", 1.0
            continue
        yield from ((f"c{pair}", 1.0) for pair in pairs(run))
        yield from ((f"u{one}", 1.0) for one in run)
        if text.strength >= SOUNDED:
            heard = sound.keys(run)
            yield from ((f"s{one} {other}", 1.0) for one, other in pairwise(heard))
            yield from ((f"v{one}", 1.0) for one in heard)


def _saying(text: Field) -> Saying:
    han = "".join(run for run in runs(text.text) if is_han(run))
    heard, starts, at = sound.syllables(han), [], 0
    for syllable in heard:
        starts.append(at)
        at += len(syllable)
    return Saying(
        text=text.text,
        kind=text.kind,
        pairs=frozenset(pairs(han)) or frozenset(map(stem, runs(text.text))),
        joined="".join(heard),
        starts=frozenset(starts),
        initials=sound.initials(han),
    )


def _group(
    words: Words, texts: list[list[Field]], postings: defaultdict[str, Posting]
) -> dict[str, tuple[str, ...]]:
    """Give each group a posting of its own, and return the features that a word of a group stands for."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for number, group in enumerate(words.groups):
        feature = f"g{number}"
        for at, plain in enumerate(texts):
            strength = max((_has(each, group.means) for each in plain), default=0.0)
            if strength:
                _add(postings[feature], at, strength)
        for said in (*group.means, *group.said):
            if feature in postings:
                found[said].append(feature)
    return {said: tuple(dict.fromkeys(features)) for said, features in found.items()}


def _has(text: Field, means: tuple[str, ...]) -> float:
    return text.strength if any(each in text.text for each in means) else 0.0


def _slips(postings: Mapping[str, Posting]) -> dict[str, frozenset[str]]:
    """Return the English words of the index by what they become without one letter."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for feature in postings:
        if feature[0] == "w" and len(feature) > _MISSPELT and feature[1:].isalpha():
            for each in shortened(feature[1:]):
                found[each].add(feature)
    return {each: frozenset(features) for each, features in found.items()}

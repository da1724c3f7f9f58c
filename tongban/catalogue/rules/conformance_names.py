"""Whether two names mean one item: the same, written otherwise, nearly the same, or not."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from tongban.catalogue.rules.mapping import Vocabulary

NEAR = 0.7
"""From this share of common pairs of characters on (Dice), two names are held to be nearly the same."""


def spelled(name: str) -> str:
    """Return a name without what only writing makes different: width, case, punctuation, brackets, blanks."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(each for each in folded if each.isalnum())


def meant(name: str, words: Vocabulary) -> str:
    """Return a name with words that mean the same made one, and without those that mean nothing."""
    text = spelled(name)
    for word in words.silent:
        text = text.replace(word, "")
    return _pattern(words).sub(lambda found: words.same[found.group()], text)


_patterns: dict[int, re.Pattern[str]] = {}


def _pattern(words: Vocabulary) -> re.Pattern[str]:
    """Return what finds the words with another one of the same meaning, the longest first."""
    if id(words) not in _patterns:
        longest = sorted(words.same, key=len, reverse=True)
        _patterns[id(words)] = re.compile("|".join(map(re.escape, longest)))
    return _patterns[id(words)]


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters."""
    return frozenset(text[place : place + 2] for place in range(len(text) - 1)) or frozenset({text})


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much two sets of pairs have in common, from 0 to 1 (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other))


class Names:
    """All names of the base, found by their text, their meaning, or how near they are.

    Only names that share a rare pair of characters are compared, so that a long list stays quick.
    """

    def __init__(self, names: Mapping[str, str], words: Vocabulary) -> None:
        self._words = words
        self._exact: dict[str, str] = {}
        self._spelled: dict[str, str] = {}
        self._meant: dict[str, str] = {}
        self._pairs = {code: pairs(meant(name, words)) for code, name in names.items()}
        for code, name in names.items():
            self._exact.setdefault(name, code)
            self._spelled.setdefault(spelled(name), code)
            self._meant.setdefault(meant(name, words), code)
        self._with: dict[str, list[str]] = defaultdict(list)
        for code, found in self._pairs.items():
            for pair in found:
                self._with[pair].append(code)
        self._common = max(50, len(names) // 20)
        self._near: dict[str, tuple[str, float]] = {}

    def exactly(self, name: str) -> str:
        """Return the item with this very name."""
        return self._exact.get(name, "")

    def same(self, name: str) -> str:
        """Return the item whose name means the same, however it's written."""
        return self._spelled.get(spelled(name)) or self._meant.get(meant(name, self._words), "")

    def near(self, name: str) -> str:
        """Return the item whose name is nearest, if it's near."""
        if name not in self._near:
            self._near[name] = self._nearest(pairs(meant(name, self._words)))
        code, share = self._near[name]
        return code if share >= NEAR else ""

    def _nearest(self, wanted: frozenset[str]) -> tuple[str, float]:
        candidates: Counter[str] = Counter()
        for pair in self._telling(wanted):
            candidates.update(self._with[pair])
        scored = ((alike(wanted, self._pairs[code]), code) for code, _ in candidates.most_common(20))
        share, code = max(scored, default=(0.0, ""))
        return code, share

    def _telling(self, wanted: frozenset[str]) -> Sequence[str]:
        """Return the pairs that aren't in half of all names; all of them, if there are no others."""
        known = [pair for pair in sorted(wanted) if pair in self._with]
        return [pair for pair in known if len(self._with[pair]) <= self._common] or known


def how_near(one: str, other: str, words: Vocabulary) -> str:
    """Return how two names of one item differ: not at all, in `spelling`, `near`, or `other`."""
    if one == other:
        return ""
    if spelled(one) == spelled(other):
        return "spelling"
    first, second = meant(one, words), meant(other, words)
    return "near" if first == second or alike(pairs(first), pairs(second)) >= NEAR else "other"

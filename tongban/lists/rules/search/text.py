"""What somebody typed, reduced to what can be compared: small, simplified, without marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from itertools import pairwise

LONGEST = 120
"""Characters of a query that are looked at; nobody says more in a search box."""

_HAN = r"\u3400-\u9fff"
_RUN = re.compile(rf"[{_HAN}]+|[a-z0-9]+(?:-[a-z0-9]+)*")
_MARKS = re.compile(rf"[^{_HAN}a-z0-9-]+")


def normal(text: str, simplified: Mapping[int, int] | None = None) -> str:
    """Return the text in small, simplified characters, with one blank for whatever is neither letter nor figure."""
    plain = unicodedata.normalize("NFKC", text[: LONGEST * 2]).casefold()
    flat = "".join(mark for mark in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(mark))
    joined = flat.replace("'", "").replace("’", "")  # gu'er, parents'
    return _MARKS.sub(" ", joined.translate(simplified or {})).strip()[:LONGEST]


def runs(plain: str) -> list[str]:
    """Return the stretches of Chinese characters and the words in Latin letters, in their order."""
    return _RUN.findall(plain)


def is_han(run: str) -> bool:
    """Return whether a stretch is in Chinese characters."""
    return bool(run) and run[0] >= "\u3400"


def pairs(run: str) -> list[str]:
    """Return every two neighbouring characters."""
    return [first + second for first, second in pairwise(run)]


_ENDINGS = (
    *("isations", "isation", "ization", "ations", "ation", "ising", "ised", "ises", "ise"),
    *(
        "ments",
        "ment",
        "ions",
        "ion",
        "ings",
        "ing",
        "als",
        "al",
        "ers",
        "er",
        "ied",
        "ies",
        "ed",
        "es",
        "s",
        "y",
        "e",
    ),
)
_SHORTEST_STEM = 3


def stem(word: str) -> str:
    """Return an English word without its ending, so that *notarised* meets *notarisation*."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def shortened(word: str) -> set[str]:
    """Return the word and what it becomes without one of its letters: two words one slip apart share one of these."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}

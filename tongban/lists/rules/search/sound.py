"""How words sound: syllables without tones, and keys that forgive what speakers of the south don't keep apart."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

_FORGIVEN = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
_FINALS = (
    *("iang", "iong", "uang", "ang", "eng", "ing", "ong", "ian", "iao", "uai", "uan", "ai", "an", "ao", "ei"),
    *(
        "en",
        "ia",
        "ie",
        "in",
        "iu",
        "ou",
        "ua",
        "ue",
        "ui",
        "un",
        "uo",
        "ve",
        "a",
        "e",
        "i",
        "o",
        "u",
        "v",
    ),
)
_LONGEST_SYLLABLE = 6
_LONGEST = 40
_VOWEL_FIRST = re.compile(r"^[aoe]")


@lru_cache(maxsize=65536)
def syllables(han: str) -> tuple[str, ...]:
    """Return the syllables of Chinese characters, one for each."""
    return tuple(lazy_pinyin(han, style=Style.NORMAL, errors="ignore"))


def key(syllable: str) -> str:
    """Return a syllable as it's compared: zh as z, ang as an."""
    for said, kept in _FORGIVEN:
        if syllable.startswith(said):
            syllable = kept + syllable[len(said) :]
    return syllable[:-1] if syllable.endswith("ng") else syllable


@lru_cache(maxsize=65536)
def keys(han: str) -> tuple[str, ...]:
    """Return the keys of the syllables of Chinese characters."""
    return tuple(key(each) for each in syllables(han))


def initials(han: str) -> str:
    """Return the first letter of each syllable."""
    return "".join(each[:1] for each in syllables(han))


@lru_cache(maxsize=4096)
def spelt(letters: str) -> tuple[str, ...]:
    """Return the syllables that letters spell, as few as possible; none if they spell no Chinese."""
    if len(letters) > _LONGEST:
        return ()
    best: list[tuple[str, ...] | None] = [(), *([None] * len(letters))]
    for end in range(1, len(letters) + 1):
        for start in range(max(end - _LONGEST_SYLLABLE, 0), end):
            before, last = best[start], letters[start:end]
            if before is None or not _is_syllable(last):
                continue
            found = (*before, last)
            shown = best[end]
            if shown is None or _clumsiness(found) < _clumsiness(shown):
                best[end] = found
    return best[-1] or ()


def _clumsiness(found: tuple[str, ...]) -> tuple[int, int]:
    """Fewer syllables are better, and as few as possible that begin with a vowel (*xian* over *xi'an*)."""
    return len(found), sum(bool(_VOWEL_FIRST.match(each)) for each in found[1:])


@lru_cache(maxsize=4096)
def _is_syllable(letters: str) -> bool:
    if letters in {"er", "a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang"}:
        return True
    return any(letters.startswith(each) and letters[len(each) :] in _FINALS for each in _INITIALS)


def within(short: str, long: str) -> bool:
    """Return whether the initials `short` stand in `long` in their order, from its first letter and close together."""
    if not short or not long or short[0] != long[0]:
        return False
    at = 0
    for letter in short:
        at = long.find(letter, at) + 1
        if not at:
            return False
    return at <= 2 * len(short) + 1

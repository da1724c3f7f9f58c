"""What is counted of what people want, and what of their words may be kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from tongban.lists.rules.search.text import is_han, pairs

KEPT_AFTER = 3
"""On so many different days something must have been searched before its words are kept: one person's aren't."""
FORGOTTEN_AFTER = 90
"""Days after which a search that nobody repeated is forgotten altogether."""
LONGEST = 24
"""Characters of a query that are kept; whoever types more tells a story, not a word."""
_LONGEST_NAME = 4

_FIGURES = re.compile(r"\d{3,}|\d[\d -]{4,}|@")


class Kind(StrEnum):
    """What somebody did who wants something."""

    SEARCHED = "searched"
    NOTHING = "nothing"
    OPENED = "opened"
    WISHED = "wished"
    TURNED_AWAY = "turned-away"


WEIGHTS = {
    Kind.TURNED_AWAY: 10,
    Kind.WISHED: 5,
    Kind.NOTHING: 2,
    Kind.OPENED: 1,
    Kind.SEARCHED: 1,
}
"""How much each counts for the next batch: whoever was turned away wanted it more than whoever looked at it."""


def countable(words: str, knows: Callable[[str], bool], surnames: str = "") -> str:
    """Return the words of a query as far as they may be counted; nothing of one that could name a person.

    :param knows: whether a pair of characters stands in some item
    :param surnames: characters with which people's names begin
    """
    plain = " ".join(words.split())
    if not plain or len(plain) > LONGEST or _FIGURES.search(plain):
        return ""
    return "" if any(_may_be_a_name(word, knows, surnames) for word in plain.split(" ")) else plain


def _may_be_a_name(word: str, knows: Callable[[str], bool], surnames: str) -> bool:
    if not is_han(word) or not 1 < len(word) <= _LONGEST_NAME or word[0] not in surnames:
        return False
    return not any(knows(pair) for pair in pairs(word))

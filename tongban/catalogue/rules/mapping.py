"""Words that lists use for what the catalogue knows by codes, and which column of a list holds what."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[3] / "data"
NEEDED = ("name", "code", "body_code")
"""Fields without which a row says nothing."""
LENGTHS = {
    "name": 500,
    "base_code": 36,
    "code": 36,
    "handling": 50,
    "handling_name": 500,
    "type": 60,
    "basis": 8000,
    "level": 40,
    "body_code": 18,
    "body": 160,
    "region": 12,
    "unit": 160,
    "online": 40,
    "visits": 40,
    "statutory": 80,
    "promised": 80,
    "fee": 400,
    "valid_from": 10,
}
FIELDS = tuple(LENGTHS)
FACTS = ("online", "visits", "statutory", "promised", "fee")
"""What a place may say for itself about how it handles an item."""
REPORTED = ("name", "base_code", "type", "basis")
"""What belongs to the base: a list may report it, never decide it."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of `data/implementations/vocabulary.json`, ready to be looked up."""

    fields: Mapping[str, Sequence[str]]
    types: Mapping[str, str]
    type_names: Mapping[str, str]
    levels: Mapping[str, str]
    level_names: Mapping[str, str]
    same: Mapping[str, str]
    silent: Sequence[str]
    raw: Mapping[str, Any]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the words that come with Tongban."""
    raw = json.loads((DATA / "implementations" / "vocabulary.json").read_text(encoding="utf-8"))
    return Vocabulary(
        fields=raw["fields"],
        types={_plain(word): code for code, words in raw["types"].items() for word in (code, *words)},
        type_names={code: words[0] for code, words in raw["types"].items()},
        levels={_plain(word): code for code, words in raw["levels"].items() for word in (code, *words)},
        level_names={code: words[0] for code, words in raw["levels"].items()},
        same={word: words[0] for words in raw["same"] for word in words[1:]},
        silent=raw["silent"],
        raw=raw,
    )


def type_of(text: str, words: Vocabulary) -> str:
    """Return the code of the type that a list names, nothing if it isn't one."""
    return words.types.get(_plain(text), "")


def level_of(text: str, words: Vocabulary) -> str:
    """Return the level that a list names, nothing if it isn't one."""
    return words.levels.get(_plain(text), "")


@lru_cache(maxsize=4_096)
def _plain(text: str) -> str:
    return re.sub(r"[\s()\[\]*:_-]+", "", unicodedata.normalize("NFKC", text)).casefold()


def guess(
    header: Sequence[str], words: Vocabulary, remembered: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Return for each field the column (from 1) that seems to hold it: as last time, else by its words.

    :param remembered: which field a column's head was chosen for when this source's last list came in
    """
    found: dict[str, int] = {}
    heads = [_plain(head) for head in header]
    known = {_plain(head): field for head, field in (remembered or {}).items()}
    for column, head in enumerate(heads, start=1):
        if head in known:
            found.setdefault(known[head], column)
    for field, names in words.fields.items():
        if field not in found and (column := _column(heads, names, set(found.values()))):
            found[field] = column
    return found


def _column(heads: Sequence[str], names: Sequence[str], taken: set[int]) -> int:
    """Return the first column with one of the names, the most telling name first; 0 if there is none."""
    for name in names:
        plain = _plain(name)
        for column, head in enumerate(heads, start=1):
            if column not in taken and head == plain:
                return column
    return 0


def header_row(rows: Sequence[Sequence[str]], words: Vocabulary) -> int:
    """Return which of the first rows (from 1) looks most like the head of a list."""
    best, most = 1, 0
    for number, row in enumerate(rows[:30], start=1):
        known = len(guess(row, words))
        if known > most:
            best, most = number, known
    return best


def twice(header: Sequence[str]) -> list[str]:
    """Return the heads that stand more than once."""
    named = [head for head in header if head]
    return sorted({head for head in named if named.count(head) > 1})

"""Codes of every shape: opaque strings, held against the shape that their source is known for, never taken apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from stdnum.cn import uscc

from tongban.catalogue.rules.mapping import Vocabulary


@dataclass(frozen=True, slots=True)
class Shape:
    """What a code looks like; `says` is its length, for whoever has to mend one."""

    pattern: re.Pattern[str]
    says: str

    @property
    def fixed(self) -> bool:
        """Whether all codes of this shape are equally long."""
        return self.says.isdigit()

    def fits(self, code: str) -> bool:
        """Return whether the code looks so."""
        return bool(self.pattern.fullmatch(code))


@dataclass(frozen=True, slots=True)
class Profile:
    """The shapes of one kind of source."""

    code: str
    zh: str
    en: str
    shapes: Mapping[str, Shape]


def profiles(words: Vocabulary) -> dict[str, Profile]:
    """Return the validators that can be chosen for a source, by code."""
    return {
        code: Profile(
            code,
            raw["zh"],
            raw["en"],
            {field: _shape(raw[field]) for field in ("code", "base_code", "handling")},
        )
        for code, raw in words.raw["profiles"].items()
    }


def _shape(raw: Mapping[str, str]) -> Shape:
    return Shape(re.compile(raw["pattern"]), raw["says"])


@lru_cache(maxsize=20_000)
def is_credit_code(text: str) -> bool:
    """Return whether the text is a unified social credit code whose last character checks the others (GB 32100)."""
    return len(text) == 18 and text.isascii() and bool(uscc.is_valid(text))

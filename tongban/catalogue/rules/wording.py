"""The words of guides: data in two languages, said of one rule."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from tongban.catalogue.rules.elements import Limit, Rule, Step
from tongban.lib.texts import Text

GUIDES = Path(__file__).resolve().parents[3] / "data" / "guides"


class Form(StrEnum):
    """How an item is handled: online, through a window near the applicant, or by several places together."""

    ONLINE = "online"
    WINDOW = "window"
    SEVERAL = "several"


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = json.loads((GUIDES / "words.json").read_text(encoding="utf-8"))
    return words


@lru_cache(maxsize=1)
def _places() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    known = json.loads((GUIDES / "places.json").read_text(encoding="utf-8"))["items"]
    return {str(item): steps for item, steps in known.items()}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says things of one rule in one language."""

    rule: Rule
    language: str

    def __call__(self, *path: str, **values: object) -> str:
        """Return the words at a path of the word list, with values put in."""
        found: Any = _words()
        for key in path:
            found = found[key]
        return str(found[self.language]).format(**values)

    def text(self, said: Text) -> str:
        """Return a text in this language, or in Chinese where there is no other."""
        return said.en if self.language == "en" and said.en else said.zh

    def mark(self, path: str) -> str:
        """Return the numbers of the sources of an element, or that it is illustrative."""
        found = self.rule.cited(path) or self.rule.cited(path.split(".", 1)[0])
        order = list(self.rule.sources)
        return "".join(f"[{order.index(each.code) + 1}]" for each in found) or self("mark")

    def limit(self, value: Limit | None) -> str:
        """Return a limit in plain words, working days also as weeks."""
        if value is None:
            return self("limits", "none")
        if not value.days:
            return self("limits", "once")
        plain = self("limits", value.unit, n=value.days)
        weeks = round(value.days / 5)
        return plain + self("limits", "weeks", n=weeks) if value.unit == "working" and weeks > 1 else plain

    def days(self, step: Step) -> str:
        """Return how long a step takes at most, in words; nothing where the data doesn't say."""
        if step.days is None:
            return ""
        return self("limits", "at_most", n=step.days) if step.days else self("limits", "same_day")

    def place(self, step: Step, form: Form) -> str:
        """Return who takes a step: with several places, which of them."""
        named = _places().get(self.rule.code, {}).get(step.code) if form is Form.SEVERAL else None
        if named:
            return self.text(Text.of(named))
        online = form is Form.ONLINE and step.by == "receiving"
        return self("chart", "online" if online else step.by)

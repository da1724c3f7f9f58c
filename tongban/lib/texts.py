"""Words that are data: said in Chinese and in English, shown in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in both languages; as a string it's in the language of the page."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return self.en if self.en and not (get_language() or "zh").startswith("zh") else self.zh

    def __bool__(self) -> bool:
        return bool(self.zh)

    @classmethod
    def of(cls, value: Mapping[str, str] | None) -> Text:
        """Return the text of a `{"zh": …, "en": …}`; an empty one for nothing."""
        return cls(value["zh"], value.get("en", "")) if value else cls("")

"""Moulds: text rendered once with holes, and filled anew for every reader; for pages opened all day by everybody."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

MOST = 512
"""How many moulds a process keeps; with one more, all are made anew as they're needed."""

# Nobody who writes a text that ends up in a page can know it, so nobody can write a hole.
_MARK = f"hole{secrets.token_hex(12)}"
_HOLE = re.compile(f"{_MARK}-([a-z-]+);")

_moulds: dict[Hashable, Mould] = {}


@dataclass(frozen=True, slots=True)
class Mould:
    """A text in pieces: its words, and between each two of them the name of what goes there."""

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, rendered: str) -> Mould:
        """Return the mould of a text that was rendered with holes.

        :raises ValueError: if something on the way has changed a hole, so that it can't be filled any more
        """
        pieces = _HOLE.split(rendered)
        if any(_MARK in words for words in pieces[::2]):
            raise ValueError("a template changes what is filled in later")
        return cls(tuple(pieces))

    def fill(self, values: Mapping[str, str]) -> SafeString:
        """Return the text with these values, escaped as a template would.

        :raises KeyError: if there is no value for a hole
        """
        filled = list(self.pieces)
        for place in range(1, len(filled), 2):
            filled[place] = conditional_escape(values[filled[place]])
        # The words were rendered by a template, and the values have just been escaped.
        return mark_safe("".join(filled))  # noqa: S308


def hole(name: str) -> str:
    """Return what stands in a rendered text where a value is filled in later; `name` is of a-z and hyphens."""
    return f"{_MARK}-{name};"


def pour(key: Hashable, make: Callable[[], str], values: Mapping[str, str]) -> SafeString:
    """Return the text of this key with these values; it's made, with its holes, when it's asked for the first time.

    :param key: everything on which the words between the holes depend, the language included
    """
    mould = _moulds.get(key)
    if mould is None:
        if len(_moulds) >= MOST:
            _moulds.clear()
        mould = _moulds[key] = Mould.of(make())
    return mould.fill(values)


def forget() -> None:
    """Throw all moulds away."""
    _moulds.clear()

"""The words that people use for what the catalogue calls otherwise: data, read into typed values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tongban.lists.rules.search.text import normal

KINDS = frozenset({"everyday", "old", "short", "misspelling", "english", "pinyin"})
"""What kind of word it is: in daily use, from before, an abbreviation, mistyped, English, or as initials."""


class Unusable(ValueError):
    """The words can't be used; says which and why."""


@dataclass(frozen=True, slots=True)
class Group:
    """What people say (`said`) where items say `means`; any of these stands for all."""

    means: tuple[str, ...]
    said: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """What people say for certain items as a whole, named by code."""

    items: tuple[str, ...]
    said: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Words:
    """Everything that the search knows besides the items' own texts; empty, it still searches."""

    groups: tuple[Group, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    fillers: tuple[str, ...] = ()
    stops: frozenset[str] = frozenset()
    elsewhere: tuple[str, ...] = ()
    no_places: frozenset[str] = frozenset()
    suffixes: tuple[str, ...] = ()
    surnames: str = ""
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    simplified: Mapping[int, int] = field(default_factory=dict)


def read(content: Mapping[str, Any], letters: Mapping[str, str] | None = None) -> Words:
    """Return the words of a `tongban-synonyms/1`, with the traditional characters of a `tongban-traditional/1`.

    :raises Unusable: if something is missing or has the wrong shape
    """
    try:
        simplified = _simplified(letters or {"traditional": "", "simplified": ""})
        return _words(content, simplified)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Unusable(f"{type(error).__name__}: {error}") from error


def _simplified(letters: Mapping[str, str]) -> dict[int, int]:
    return {
        ord(one): ord(other) for one, other in zip(letters["traditional"], letters["simplified"], strict=True)
    }


def _words(content: Mapping[str, Any], simplified: Mapping[int, int]) -> Words:
    def plain(values: Sequence[str]) -> tuple[str, ...]:
        if isinstance(values, str):
            raise TypeError(values)
        return tuple(dict.fromkeys(filter(None, (normal(value, simplified) for value in values))))

    return Words(
        groups=tuple(
            Group(plain(each["means"]), plain(each["said"]), _kind(each["kind"]))
            for each in content["groups"]
        ),
        phrases=tuple(
            Phrase(tuple(each["items"]), plain(each["said"]), _kind(each["kind"]))
            for each in content["phrases"]
        ),
        fillers=tuple(sorted(plain(content["fillers"]), key=len, reverse=True)),
        stops=frozenset(plain(content["stops"])),
        elsewhere=tuple(sorted(plain(content["elsewhere"]), key=len, reverse=True)),
        no_places=frozenset(plain(content["no_places"])),
        suffixes=plain(content["place_suffixes"]),
        surnames=content["surnames"],
        hints={who: plain(said) for who, said in content["hints"].items()},
        simplified=simplified,
    )


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(kind)
    return kind

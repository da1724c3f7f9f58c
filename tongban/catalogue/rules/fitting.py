"""Whether a revision says the right kind of thing in every place: what comes from elsewhere, no form has read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from tongban.catalogue.rules.columns import CHOICE, DAY, MANY, Column
from tongban.catalogue.rules.elements import Rule
from tongban.catalogue.rules.sections import SECTIONS, head_of, rows_of

_MOST = 32_767
_PLAIN: Mapping[Any, Callable[[Any], bool]] = {
    str: lambda value: isinstance(value, str),
    bool: lambda value: isinstance(value, bool),
    int: lambda value: type(value) is int and 0 <= value <= _MOST,
    NoneType: lambda value: value is None,
}


def fits(content: Mapping[str, Any], rule: Rule) -> bool:
    """Return whether every value of a rule is of its kind, and whatever can only be chosen is a choice.

    :param rule: as it was read from the content
    """
    try:
        return _is(rule, Rule) and all(
            _chosen(column, row.get(column.key))
            for section in SECTIONS.values()
            for columns, rows in (
                (section.columns, rows_of(content, section)),
                (section.head, [head_of(content, section)]),
            )
            for row in rows
            for column in columns
        )
    except (TypeError, ValueError, AttributeError, KeyError):
        return False


def _is(value: Any, kind: Any) -> bool:
    if plain := _PLAIN.get(kind):
        return plain(value)
    if _is_record(kind):
        return isinstance(value, kind) and all(_is(getattr(value, name), hint) for name, hint in _hints(kind))
    of = get_args(kind)
    if get_origin(kind) is UnionType:
        return any(_is(value, each) for each in of)
    if get_origin(kind) is tuple:
        return isinstance(value, tuple) and all(_is(each, of[0]) for each in value)
    return isinstance(value, Mapping) and all(
        _is(key, of[0]) and _is(each, of[1]) for key, each in value.items()
    )


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and is_dataclass(kind)


@lru_cache
def _hints(kind: Any) -> tuple[tuple[str, Any], ...]:
    known = get_type_hints(kind)
    return tuple((each.name, known[each.name]) for each in fields(kind))


def _chosen(column: Column, value: Any) -> bool:
    """Return whether a value is one that can be chosen in its column, or nothing where nothing is said."""
    if value is None or value == "":
        return True
    if column.kind == CHOICE:
        return value in column.choices
    if column.kind == MANY:
        return isinstance(value, list) and set(value) <= set(column.choices)
    return column.kind != DAY or bool(date.fromisoformat(value))

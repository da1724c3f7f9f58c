"""Everything that an item's rule has can be edited: whatever no section reaches makes the walk fail."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest

from tongban.catalogue.rules import Broken, Procedure, Rule, read, sections
from tongban.catalogue.rules.columns import Column
from tongban.catalogue.tests import make
from tongban.lib.texts import Text

BASE = {"code", "name", "type", "theme", "department"}
"""What the base catalogue says of an item: no revision can change it, so that it has no section on purpose."""


_WHOLE = (Text, Procedure)
"""Taken as they are: a procedure's parts are chosen together, by its code."""


def _leaves(kind: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield every value of a rule, down to the last: `materials.library`, `copy_sheet.fields.source`."""
    inside = _inside(kind)
    if inside is None:
        yield path
        return
    hints = get_type_hints(inside)
    for each in fields(inside):
        yield from _leaves(hints[each.name], (*path, each.name))


def _inside(kind: Any) -> Any:
    """Return the class of the elements that a type holds, however they are held; none for plain values."""
    if is_dataclass(kind):
        return None if kind in _WHOLE else kind
    return next((found for each in get_args(kind) if (found := _inside(each))), None)


def _flat(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield what a rule says, by the same paths."""
    if isinstance(value, tuple) and any(_inside(type(each)) for each in value):
        for each in value:
            yield from _flat(each, path)
    elif isinstance(value, Mapping) and any(_inside(type(each)) for each in value.values()):
        for each in value.values():
            yield from _flat(each, path)
    elif _inside(type(value)):
        for each in fields(value):
            yield from _flat(getattr(value, each.name), (*path, each.name))
    else:
        yield path, value


def _said(content: Mapping[str, Any]) -> dict[tuple[str, ...], list[Any]]:
    found: dict[tuple[str, ...], list[Any]] = {}
    for path, value in _flat(read(content)):
        found.setdefault(path, []).append(value)
    return found


_OTHERS: dict[str, Callable[[Column, Any], Any]] = {
    "words": lambda _column, value: {"zh": f"{(value or {}).get('zh', '')}（改）", "en": "changed"},
    "flag": lambda _column, value: not value,
    "number": lambda _column, value: (value or 0) + 1,
    "choice": lambda column, value: next(each for each in column.choices if each != value),
    "many": lambda column, value: [each for each in column.choices if each not in (value or ())],
    "options": lambda _column, value: [*(value or ()), {"code": "z", "label": {"zh": "别", "en": "z"}}],
    "when": lambda _column, _value: {"activity": ["z"]},
    "keys": lambda _column, value: [*(value or ()), "z"],
    "procedure": lambda _column, value: "registration" if value == "licensing" else "licensing",
}
_OTHERS["long-words"] = _OTHERS["words"]


def _other(column: Column, value: Any) -> Any:
    """Return something else that could have been typed."""
    return _OTHERS.get(column.kind, lambda _column, value: f"{value or ''}z")(column, value)


def _changed(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the content with each cell of each section changed, one at a time."""
    for section in sections.SECTIONS.values():
        rows, head = sections.rows_of(content, section), sections.head_of(content, section)
        for column in section.head:
            yield sections.put(content, section, rows, {**head, column.key: _other(column, head[column.key])})
        for column in section.columns:
            new = copy.deepcopy(rows)
            new[0][column.key] = _other(column, new[0].get(column.key))
            yield sections.put(content, section, new)


def _full(**limits: Any) -> dict[str, Any]:
    """Return a content that has something of everything, so that there is a cell for each."""
    content = make.content("housing-fund-usage-certificate")
    food = make.content("food-business-licence")
    law = content["basis"][0]
    content["presence"] = {**law, "article": "第一条", "says": {"zh": "到场。", "en": "Come."}}
    for key in ("procedure", "situations", "materials", "fields", "steps", "sources", "cites", "documents"):
        content[key] = content.get(key) or food[key]
    content["limits"] = {**content["limits"], "statutory": {"days": 20, "unit": "working"}, **limits}
    content["postage"] = food["postage"]
    content["fields"][0]["options"] = [{"code": "a", "label": {"zh": "甲", "en": "A"}}]
    content["type"], content["procedure"] = "01", food["procedure"]
    return content


@pytest.fixture(scope="module")
def reached() -> set[tuple[str, ...]]:
    """Return every part of a rule that some section changes."""
    found: set[tuple[str, ...]] = set()
    for content in (_full(), _full(statutory=None)):
        before = _said(content)
        for changed in _changed(content):
            try:
                after = _said(changed)
            except Broken:
                # Handled jointly, it can't have a limit of its own: the second content has none.
                continue
            found |= {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    return found


@pytest.mark.parametrize("path", [path for path in _leaves(Rule) if path[0] not in BASE], ids=".".join)
def test_every_part_of_a_rule_has_a_section(reached, path):
    assert path in reached


def test_what_the_base_catalogue_says_is_changed_by_no_section(reached):
    assert {path for path in reached if path[0] in BASE} == set()

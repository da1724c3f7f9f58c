"""What differs between two revisions, element by element, so that it can be said in words.

Elements that have a code (materials, fields, steps) are met by it, those of a copy sheet by their label, others
(conditions, articles) by what they say.
`apply` turns the one into the other by the differences alone: nothing that changed can go unnamed.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from tongban.lib.texts import Text

Key = str | int
META = frozenset({"revision", "valid_from"})
"""What tells revisions apart by itself, and is no difference in what they say."""


class Kind(StrEnum):
    """What happened to an element; moved is said of a list whose elements stand in another order."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: where, what, and what stands there before and after.

    :param path: codes, and positions where there are none: those before, for what was added those after
    :param name: what the nearest element around it is called
    :param place: where among its neighbours something added stands
    """

    kind: Kind
    path: tuple[Key, ...]
    before: Any
    after: Any
    name: Text
    place: int = 0

    @property
    def section(self) -> str:
        """Return the part of an item that it belongs to."""
        return str(self.path[0])

    @property
    def aspect(self) -> str:
        """Return the last word of the path: which property of the element it is."""
        return str(self.path[-1])


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return all differences between what two revisions say."""
    return tuple(_dicts((), _without_meta(before), _without_meta(after), Text("")))


def _without_meta(content: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key not in META}


def written(value: Any) -> str:
    """Return a value in the one way in which equal values are written: true isn't 1."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _walk(path: tuple[Key, ...], before: Any, after: Any, name: Text) -> Iterator[Difference]:
    if written(before) == written(after):
        return
    if isinstance(before, dict) and isinstance(after, dict) and not (is_text(before) and is_text(after)):
        yield from _dicts(path, before, after, called(after) or name)
    elif _is_keyed(before, after) and (before or after):
        yield from _keyed(path, before, after, name)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _sequence(path, before, after, name)
    else:
        yield Difference(Kind.CHANGED, path, before, after, name)


def is_text(value: Any) -> bool:
    """Return whether a value is something said in two languages."""
    return isinstance(value, Mapping) and bool(value) and value.keys() <= {"zh", "en"}


def called(value: Any) -> Text:
    """Return what an element is called: its name, label, question or title; "" for what has none."""
    if is_text(value):
        return Text.of({"zh": "", **value})
    if not isinstance(value, Mapping):
        return Text("")
    for key in ("name", "label", "ask", "title"):
        if is_text(value.get(key)):
            return Text.of({"zh": "", **value[key]})
        if isinstance(value.get(key), str):
            return Text(" ".join(filter(None, (value[key], value.get("article")))))
    return Text("")


def _dicts(
    path: tuple[Key, ...], before: Mapping[str, Any], after: Mapping[str, Any], name: Text
) -> Iterator[Difference]:
    for key in sorted(before.keys() | after.keys()):
        here = (*path, key)
        if key not in after:
            yield Difference(Kind.REMOVED, here, before[key], None, called(before[key]) or name)
        elif key not in before:
            yield Difference(Kind.ADDED, here, None, after[key], called(after[key]) or name)
        else:
            yield from _walk(here, before[key], after[key], name)


def _is_keyed(*lists: Any) -> bool:
    """Return whether the elements of all these lists are told apart by a code each or, having none, by their label."""
    if not all(isinstance(value, list) and all(isinstance(each, dict) for each in value) for value in lists):
        return False
    if len({"code" in each for value in lists for each in value}) > 1:
        return False
    keys = [[key_of(each) for each in value] for value in lists]
    return all(all(each) and len(set(each)) == len(each) for each in keys)


def key_of(element: Mapping[str, Any]) -> str:
    """Return what tells an element apart from its neighbours; "" where nothing does."""
    label: Any = element.get("label")
    found = element["code"] if "code" in element else label.get("zh") if is_text(label) else ""
    return found if isinstance(found, str) else ""


def _keyed(path: tuple[Key, ...], before: list[Any], after: list[Any], name: Text) -> Iterator[Difference]:
    old, new = ({key_of(each): each for each in value} for value in (before, after))
    for key, value in old.items():
        if key not in new:
            yield Difference(Kind.REMOVED, (*path, key), value, None, called(value) or name)
        else:
            yield from _walk((*path, key), value, new[key], called(new[key]) or name)
    for place, (key, value) in enumerate(new.items()):
        if key not in old:
            yield Difference(Kind.ADDED, (*path, key), None, value, called(value) or name, place)
    was, now = [key for key in old if key in new], [key for key in new if key in old]
    if was != now:
        yield Difference(Kind.MOVED, path, was, now, name)


def _sequence(path: tuple[Key, ...], before: list[Any], after: list[Any], name: Text) -> Iterator[Difference]:
    if sorted(map(written, before)) == sorted(map(written, after)):
        yield Difference(Kind.MOVED, path, before, after, name)
        return
    matcher = SequenceMatcher(None, [*map(written, before)], [*map(written, after)], autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        both = min(a2 - a1, b2 - b1) if tag == "replace" else 0
        for n in range(both):
            old, new = before[a1 + n], after[b1 + n]
            yield Difference(Kind.CHANGED, (*path, a1 + n), old, new, called(new) or name)
        if tag != "equal":
            for n in range(a1 + both, a2):
                yield Difference(Kind.REMOVED, (*path, n), before[n], None, called(before[n]) or name)
            for n in range(b1 + both, b2):
                yield Difference(Kind.ADDED, (*path, n), None, after[n], called(after[n]) or name, n)


def apply(before: Mapping[str, Any], differences: Sequence[Difference]) -> dict[str, Any]:
    """Return what `after` says, made of `before` and its differences alone."""
    made: dict[str, Any] = copy.deepcopy(_without_meta(before))
    # Changes first, by positions as they were; then what goes, from the end; then the order; then what comes.
    order = {Kind.CHANGED: 0, Kind.REMOVED: 1, Kind.MOVED: 2, Kind.ADDED: 3}
    for each in sorted(differences, key=lambda each: (order[each.kind], _turn(each))):
        _apply(made, each)
    return made


def _turn(each: Difference) -> int:
    last = each.path[-1]
    return -last if each.kind is Kind.REMOVED and isinstance(last, int) else each.place


def _apply(made: dict[str, Any], each: Difference) -> None:
    *way, last = each.path
    if each.kind is Kind.MOVED:
        there = _there(made, each.path)
        if _is_keyed(there):
            there[:] = [next(one for one in there if key_of(one) == key) for key in each.after]
        else:
            there[:] = copy.deepcopy(each.after)
        return
    around = _there(made, way)
    if each.kind is Kind.ADDED and isinstance(around, list):
        around.insert(each.place, copy.deepcopy(each.after))
    elif each.kind is Kind.REMOVED:
        del around[_index(around, last)]
    else:
        around[_index(around, last)] = copy.deepcopy(each.after)


def _there(made: Any, path: Sequence[Key]) -> Any:
    for key in path:
        made = made[_index(made, key)]
    return made


def _index(around: Any, key: Key) -> Key:
    """Return under what an element is found: in a list, its code or label is looked for."""
    if isinstance(around, list) and isinstance(key, str):
        return next(place for place, one in enumerate(around) if key_of(one) == key)
    return key

"""Four levels, one standard (四级四同): each row of a local list held against the base, every deviation named.

Pure: the base, the list and the words come in as values. What the base owns (name, code, basis, type) is never taken
from a list; it's kept as reported, and where it differs that is a deviation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import gt
from typing import NamedTuple

from tongban.catalogue.rules import conformance_basis as basis
from tongban.catalogue.rules.codes import Profile, is_credit_code
from tongban.catalogue.rules.conformance_base import Base, BaseItem
from tongban.catalogue.rules.conformance_lines import Deviation, Line, cut, day_of, days_counted, is_number
from tongban.catalogue.rules.conformance_names import how_near
from tongban.catalogue.rules.conformance_words import Severity
from tongban.catalogue.rules.mapping import FIELDS, LENGTHS, NEEDED, Vocabulary, level_of, type_of

SHARED = ("name", "base_code", "type", "basis", "level", "region")
"""What the base is asked about: rows that say the same of it come to the same verdict, which is found once."""
OF_THE_LIST = frozenset({"row.same-item"})
"""What the other rows of a list bring about; the base can't change it."""
_KEPT = 50_000
_EMPTY = ("",) * len(FIELDS)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of all rows that say the same of the base: their item (empty if none), level, and deviations."""

    item: str
    level: str
    deviations: tuple[Deviation, ...]
    worst: Severity


class Checked(NamedTuple):
    """What became of a row: its verdict against the base, its day, and what is wrong with the row itself."""

    line: Line
    verdict: Verdict
    own: tuple[Deviation, ...]
    valid_from: date | None
    worst: Severity

    @property
    def deviations(self) -> tuple[Deviation, ...]:
        """All its deviations, those of the row itself first."""
        return (*self.own, *self.verdict.deviations)

    def digest(self) -> str:
        """Return what tells a row from one that says anything else, whatever the base says of it."""
        said = self.line.values
        bound = (found.code for found in self.own if found.code in OF_THE_LIST)
        whole = "\x1f".join([*map(said.get, FIELDS, _EMPTY), self.verdict.item, *bound])
        return hashlib.sha256(whole.encode()).hexdigest()


class Checker:
    """Checks the rows of one list, in their order: what stands twice is found on the way."""

    def __init__(self, base: Base, profile: Profile, words: Vocabulary, mapped: Iterable[str]) -> None:
        self._base, self._profile, self._words = base, profile, words
        self._mapped = tuple(mapped)
        self._shared = tuple(name for name in SHARED if name in self._mapped)
        self._most = [LENGTHS[name] for name in self._mapped]
        own = [name for name in ("code", "handling") if name in self._mapped and name in profile.shapes]
        self._fits = [(name, profile.shapes[name].pattern.fullmatch) for name in own]
        self._seen: dict[tuple[str, str], int] = {}
        self._named: dict[tuple[str, ...], int] = {}
        self._verdicts: dict[tuple[str, ...], Verdict] = {}
        self._days: dict[str, date | None] = {"": None}

    def check(self, line: Line) -> Checked:
        """Return the row with the base item that it belongs to and all its deviations."""
        values = line.values
        said = tuple([values[name] for name in self._shared])
        verdict = self._verdicts.get(said)
        if verdict is None:
            verdict = self._judged(values)
            if len(self._verdicts) < _KEPT:
                self._verdicts[said] = verdict
        own = [*self._cells(line), *self._shapes(values), *self._twice(line, verdict.item)]
        day = self._day(values["valid_from"], own) if "valid_from" in values else None
        if not own:
            return Checked(line, verdict, (), day, verdict.worst)
        worst = max(verdict.worst, *(each.severity for each in own))
        return Checked(line, verdict, tuple(own), day, worst)

    def again(
        self, item: BaseItem, values: Mapping[str, str], before: Sequence[Deviation]
    ) -> tuple[Deviation, ...]:
        """Return in what a row that came in for an item deviates now, from what it said then.

        :param before: what was found then; what the list itself brought about stays
        """
        code = values.get("base_code", "")
        right = self._base.by_code(code) if code else None
        found = [] if right is not None and right.code == item.code else [_wrong_code(code, item)]
        level = level_of(values.get("level", ""), self._words)
        kept = (each for each in before if each.code in OF_THE_LIST)
        return (
            *kept,
            *found,
            *self._name(values.get("name", ""), item),
            *self._against(values, item, level),
            *self._base.regions.check(values.get("region", ""), level, self._words),
        )

    def _judged(self, values: Mapping[str, str]) -> Verdict:
        item, found = self._item(values)
        level = level_of(values.get("level", ""), self._words)
        deviations = [*self._shape("base_code", values.get("base_code", "")), *found]
        if item is not None:
            deviations += self._against(values, item, level)
        deviations += self._base.regions.check(values.get("region", ""), level, self._words)
        worst = max((each.severity for each in deviations), default=Severity.NONE)
        return Verdict(item.code if item else "", level, tuple(deviations), worst)

    def _cells(self, line: Line) -> Iterator[Deviation]:
        values = line.values
        if line.width is not None:
            yield Deviation("row.ragged", "", str(line.width))
        for name, what in line.cells.items():
            if what != "number" or not self._whole(name, values.get(name, "")):
                yield Deviation(f"cell.{what}", name, cut(values.get(name, "")))
        if not all(map(values.get, NEEDED)):
            yield from (Deviation("field.missing", name) for name in NEEDED if not values.get(name))
        if any(map(gt, map(len, values.values()), self._most)):
            for name, text in values.items():
                if len(text) > LENGTHS[name]:
                    yield Deviation("field.too-long", name, cut(text), str(LENGTHS[name]))

    def _whole(self, name: str, text: str) -> bool:
        """Return whether a number has as many digits as the code must have, so that none can have been lost."""
        shape = self._profile.shapes.get(name)
        return shape is not None and shape.fixed and shape.fits(text)

    def _shapes(self, values: Mapping[str, str]) -> Iterator[Deviation]:
        for name, fits in self._fits:
            text = values[name]
            if (text and not fits(text)) or "." in text or "+" in text:
                yield from self._shape(name, text)
        credit = values.get("body_code", "")
        if credit and not is_credit_code(credit):
            code = "code.number" if is_number(credit) else "credit-code.wrong"
            yield Deviation(code, "body_code", cut(credit))

    def _shape(self, name: str, text: str) -> Iterator[Deviation]:
        shape = self._profile.shapes.get(name)
        if not text or shape is None:
            return
        if is_number(text):
            yield Deviation("code.number", name, cut(text), shape.says)
        elif not shape.fits(text):
            yield Deviation(_SHAPE[name], name, cut(text), shape.says)

    def _day(self, text: str, found: list[Deviation]) -> date | None:
        if text not in self._days:
            self._days[text] = day_of(text)
        day = self._days[text]
        if text and day is None:
            meant = " / ".join(map(str, days_counted(text)))
            found.append(Deviation("day.number" if meant else "day.wrong", "valid_from", cut(text), meant))
        return day

    def _item(self, values: Mapping[str, str]) -> tuple[BaseItem | None, list[Deviation]]:
        """Return the base item: by its code, else by its name; and how code and name disagree."""
        name, code = values.get("name", ""), values.get("base_code", "")
        if code and (item := self._base.by_code(code)):
            return item, list(self._name(name, item))
        named = (
            self._base.get(self._base.names.exactly(name) or self._base.names.same(name)) if name else None
        )
        if named is not None:
            return named, [_wrong_code(code, named), *self._name(name, named)]
        near = self._base.get(self._base.names.near(name)) if name else None
        where, found = ("base_code", code) if code else ("name", name)
        if near is not None:
            return None, [Deviation("item.near", "name", cut(name), near.title)]
        return None, [Deviation("item.unknown", where, cut(found))]

    def _name(self, name: str, item: BaseItem) -> Iterator[Deviation]:
        how = how_near(name, item.name, self._words) if name else ""
        if how == "other" and (others := self._base.names.exactly(name) or self._base.names.same(name)):
            both = f"{item.title}; {self._base.items[others].title}"
            yield Deviation("name.of-another", "name", cut(name), both)
        elif how:
            yield Deviation(f"name.{how}", "name", cut(name), item.name)

    def _against(self, values: Mapping[str, str], item: BaseItem, level: str) -> Iterator[Deviation]:
        yield from _standing(item)
        yield from self._type(values.get("type", ""), item)
        if "basis" in self._mapped:
            for what, says in basis.differences(values.get("basis", ""), item.laws, self._words):
                yield Deviation(f"basis.{what}", "basis", cut(values.get("basis", "")), cut(says))
        names = self._words.level_names
        text = values.get("level", "")
        allowed = ", ".join(names[each] for each in item.levels)
        if not level:
            yield Deviation("level.unknown", "level", cut(text), allowed)
        elif item.levels and level not in item.levels:
            yield Deviation("level.not-allowed", "level", cut(text), allowed)

    def _type(self, text: str, item: BaseItem) -> Iterator[Deviation]:
        if not item.type or "type" not in self._mapped:
            return
        says = f"{item.type} {self._words.type_names.get(item.type, '')}"
        found = type_of(text, self._words)
        if not found:
            yield Deviation("type.unknown", "type", cut(text), says)
        elif found != item.type:
            yield Deviation("type.other", "type", cut(text), says)

    def _twice(self, line: Line, item: str) -> Iterator[Deviation]:
        values, row = line.values, line.row
        code, handling = values.get("code", ""), values.get("handling", "")
        if code and (first := self._seen.setdefault((code, handling), row)) != row:
            yield Deviation("row.twice", "code", code, str(first))
        elif item:
            key = (item, *[values.get(each, "") for each in _SAME_ITEM])
            if (first := self._named.setdefault(key, row)) != row:
                yield Deviation("row.same-item", "code", code, str(first))


_SHAPE = {"code": "code.shape", "base_code": "base-code.shape", "handling": "handling.shape"}
_SAME_ITEM = ("body_code", "region", "level", "handling", "handling_name")


def _wrong_code(code: str, item: BaseItem) -> Deviation:
    return Deviation("code.other" if code else "code.missing", "base_code", code, item.title)


def _standing(item: BaseItem) -> Iterator[Deviation]:
    """Yield that the item has ended or stands still on the day, since when, and what takes its place."""
    since = item.since.isoformat() if item.since else ""
    if item.state == "ended":
        yield Deviation(
            "item.ended", "base_code", "", " → ".join(filter(None, (since, "; ".join(item.successors))))
        )
    elif item.state == "suspended":
        yield Deviation("item.suspended", "base_code", "", f"{since} → {item.until or ''}".strip())

"""Four levels, one standard (四级四同): each row of a local list held against the base, every deviation named.

Pure: the base, the list and the words come in as values. What the base owns (name, code, basis, type) is never taken
from a list; it's kept as reported, and where it differs that is a deviation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tongban.catalogue.rules import conformance_basis as basis
from tongban.catalogue.rules.codes import Profile, is_credit_code
from tongban.catalogue.rules.conformance_names import Names, how_near
from tongban.catalogue.rules.conformance_words import SEVERITY, Severity
from tongban.catalogue.rules.mapping import LENGTHS, NEEDED, Vocabulary, level_of, type_of

_CUT = 300
_EXCEL_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class BaseItem:
    """What the base says of an item; `levels` and `laws` are empty where it says nothing."""

    code: str
    base_code: str
    name: str
    type: str = ""
    levels: tuple[str, ...] = ()
    laws: tuple[basis.Law, ...] = ()


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing in which a row differs: in which field, what was found, and what the base says."""

    code: str
    field: str
    found: str = ""
    base: str = ""

    @property
    def severity(self) -> Severity:
        """How much it weighs; an error keeps the row out."""
        return SEVERITY[self.code]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list: its number in the file, what its fields say, and what is wrong with single cells.

    `cells` names for a field what a cell of it is (`formula`, `merged` …); `width` is set if the row has another
    number of cells than the head.
    """

    row: int
    values: Mapping[str, str]
    cells: Mapping[str, str] = field(default_factory=dict)
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a row: the base item it belongs to (empty if none), its level and day, its deviations."""

    line: Line
    item: str
    level: str
    valid_from: date | None
    deviations: tuple[Deviation, ...]

    @property
    def worst(self) -> Severity:
        """How much its heaviest deviation weighs."""
        return max((each.severity for each in self.deviations), default=Severity.NONE)


class Base:
    """The base catalogue, ready to be asked again and again."""

    def __init__(self, items: Iterable[BaseItem], words: Vocabulary) -> None:
        self.items = {item.code: item for item in items}
        self.names = Names({code: item.name for code, item in self.items.items()}, words)
        self._by_code = {item.code: item.code for item in self.items.values()}
        self._by_code |= {item.base_code: item.code for item in self.items.values() if item.base_code}

    def by_code(self, code: str) -> BaseItem | None:
        """Return the item with this base code, or with this code of the catalogue."""
        return self.items.get(self._by_code.get(code, ""))

    def get(self, code: str) -> BaseItem | None:
        """Return the item with this code of the catalogue."""
        return self.items.get(code)


class Checker:
    """Checks the rows of one list, in their order: what stands twice is found on the way."""

    def __init__(self, base: Base, profile: Profile, words: Vocabulary, mapped: Iterable[str]) -> None:
        self._base, self._profile, self._words = base, profile, words
        self._mapped = frozenset(mapped)
        self._seen: dict[tuple[str, str], int] = {}
        self._named: dict[tuple[str, ...], int] = {}

    def check(self, line: Line) -> Checked:
        """Return the row with the base item that it belongs to and all its deviations."""
        item, found = self._item(line.values)
        deviations = [*self._cells(line), *self._shapes(line.values), *found, *self._twice(line, item)]
        level = level_of(line.values.get("level", ""), self._words)
        day = day_of(line.values.get("valid_from", ""))
        if line.values.get("valid_from") and day is None:
            deviations.append(Deviation("day.wrong", "valid_from", line.values["valid_from"]))
        if item is not None:
            deviations += self._against(line.values, item, level)
        return Checked(line, item.code if item else "", level, day, tuple(deviations))

    def _cells(self, line: Line) -> Iterator[Deviation]:
        if line.width is not None:
            yield Deviation("row.ragged", "", str(line.width))
        for name, what in line.cells.items():
            yield Deviation(f"cell.{what}", name, _cut(line.values.get(name, "")))
        for name, text in line.values.items():
            if not text and name in NEEDED:
                yield Deviation("field.missing", name)
            if len(text) > LENGTHS[name]:
                yield Deviation("field.too-long", name, _cut(text), str(LENGTHS[name]))

    def _shapes(self, values: Mapping[str, str]) -> Iterator[Deviation]:
        for name, shape in self._profile.shapes.items():
            text = values.get(name, "")
            if text and not shape.fits(text):
                yield Deviation(f"{_SHAPE[name]}.shape", name, _cut(text), shape.says)
        credit = values.get("body_code", "")
        if credit and not is_credit_code(credit):
            yield Deviation("credit-code.wrong", "body_code", _cut(credit))

    def _item(self, values: Mapping[str, str]) -> tuple[BaseItem | None, list[Deviation]]:
        """Return the base item: by its code, else by its name; and how code and name disagree."""
        name, code = values.get("name", ""), values.get("base_code", "")
        if code and (item := self._base.by_code(code)):
            return item, list(self._name(name, item))
        named = (
            self._base.get(self._base.names.exactly(name) or self._base.names.same(name)) if name else None
        )
        if named is not None:
            wrong = (
                Deviation("code.other", "base_code", code, _title(named))
                if code
                else Deviation("code.missing", "base_code", "", _title(named))
            )
            return named, [wrong, *self._name(name, named)]
        near = self._base.get(self._base.names.near(name)) if name else None
        where, found = ("base_code", code) if code else ("name", name)
        if near is not None:
            return None, [Deviation("item.near", "name", _cut(name), _title(near))]
        return None, [Deviation("item.unknown", where, _cut(found))]

    def _name(self, name: str, item: BaseItem) -> Iterator[Deviation]:
        how = how_near(name, item.name, self._words) if name else ""
        if how == "other" and (others := self._base.names.exactly(name) or self._base.names.same(name)):
            yield Deviation(
                "name.of-another", "name", _cut(name), f"{_title(item)}; {_title(self._base.items[others])}"
            )
        elif how:
            yield Deviation(f"name.{how}", "name", _cut(name), item.name)

    def _against(self, values: Mapping[str, str], item: BaseItem, level: str) -> Iterator[Deviation]:
        yield from self._type(values.get("type", ""), item)
        if "basis" in self._mapped:
            for what, says in basis.differences(values.get("basis", ""), item.laws, self._words):
                yield Deviation(f"basis.{what}", "basis", _cut(values.get("basis", "")), _cut(says))
        names = self._words.level_names
        text = values.get("level", "")
        allowed = ", ".join(names[each] for each in item.levels)
        if not level:
            yield Deviation("level.unknown", "level", _cut(text), allowed)
        elif item.levels and level not in item.levels:
            yield Deviation("level.not-allowed", "level", _cut(text), allowed)

    def _type(self, text: str, item: BaseItem) -> Iterator[Deviation]:
        if not item.type or "type" not in self._mapped:
            return
        says = f"{item.type} {self._words.type_names.get(item.type, '')}"
        found = type_of(text, self._words)
        if not found:
            yield Deviation("type.unknown", "type", _cut(text), says)
        elif found != item.type:
            yield Deviation("type.other", "type", _cut(text), says)

    def _twice(self, line: Line, item: BaseItem | None) -> Iterator[Deviation]:
        code, handling = line.values.get("code", ""), line.values.get("handling", "")
        if code and (first := self._seen.setdefault((code, handling), line.row)) != line.row:
            yield Deviation("row.twice", "code", code, str(first))
        elif item is not None:
            parts = ("body_code", "region", "level", "handling", "handling_name")
            key = (item.code, *(line.values.get(each, "") for each in parts))
            if (first := self._named.setdefault(key, line.row)) != line.row:
                yield Deviation("row.same-item", "code", code, str(first))


_SHAPE = {"code": "code", "base_code": "base-code", "handling": "handling"}


def lines(
    rows: Sequence[Sequence[str]], head: int, columns: Mapping[str, int], marks: Mapping[tuple[int, int], str]
) -> Iterator[Line]:
    """Yield the rows below the head that hold anything.

    :param head: the number of the row with the heads, from 1
    :param columns: which column (from 1) holds which field
    :param marks: what is wrong with single cells, by row and column
    """
    width = len(rows[head - 1])
    marked = {row for row, _ in marks}
    for number, row in enumerate(rows[head:], start=head + 1):
        if not any(row):
            continue
        values = {name: row[column - 1] if column <= len(row) else "" for name, column in columns.items()}
        cells = {}
        if number in marked:
            cells = {name: marks[number, at] for name, at in columns.items() if (number, at) in marks}
        yield Line(number, values, cells, None if len(row) == width else len(row))


def day_of(text: str) -> date | None:
    """Return the day that a cell means: written 2026-01-31, 2026/1/31 or 20260131, or as a workbook counts days."""
    plain = text.replace("/", "-").replace(".", "-").strip()
    try:
        if plain.isdigit() and len(plain) == 5:
            return _EXCEL_ZERO + timedelta(int(plain))
        if plain.isdigit() and len(plain) == 8:
            return date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
        year, month, day = (int(part) for part in plain.split("-"))
        return date(year, month, day)
    except ValueError:
        return None


def _title(item: BaseItem) -> str:
    return f"{item.base_code or item.code} {item.name}"


def _cut(text: str) -> str:
    return text if len(text) <= _CUT else f"{text[:_CUT]}…"

"""A section's rows as controls of a page: names, labels, values and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongban.catalogue.rules.columns import (
    CHOICE,
    FLAG,
    KEYS,
    KNOWN,
    LONG,
    LONG_WORDS,
    MANY,
    OPTIONS,
    PROCEDURE,
    WHEN,
    WORDS,
    Column,
    Wrong,
)
from tongban.catalogue.rules.sections import HEAD, Section
from tongban.lib.refusals import Refused
from tongban.lib.texts import Text
from tongban.workbench import words as refusals
from tongban.workbench.views.catalogue import words

_KINDS = {
    FLAG: "flag",
    CHOICE: "select",
    LONG_WORDS: "area",
    OPTIONS: "lines",
    WHEN: "ticks",
    MANY: "ticks",
    LONG: "line",
    WORDS: "line",
    KNOWN: "select",
    PROCEDURE: "select",
}


MOST_CHOICES = 60
"""Of more than so many, each row offering all of them makes a page that nobody can load: they're listed once."""


@dataclass(frozen=True, slots=True)
class Control:
    """One control: an input, an area, a list to choose from, or boxes to tick."""

    name: str
    label: str
    kind: str
    value: Any
    choices: Sequence[tuple[str, str, bool]]
    error: str
    lang: str = ""
    needed: bool = False
    listed: str = ""
    """The id of the list that its codes are picked from while typing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the form, the place that it was read from, and its controls."""

    number: int
    was: str
    title: str
    controls: list[Control]


@dataclass(frozen=True, slots=True)
class Around:
    """What cells need to know besides their row: situations to choose from, the library, and what is known.

    :param known: by the key of a column, the codes that can be chosen there with their names
    """

    situations: Sequence[Mapping[str, Any]]
    library: Mapping[str, Mapping[str, Any]]
    known: Mapping[str, Sequence[tuple[str, str]]]

    @property
    def lists(self) -> list[tuple[str, Sequence[tuple[str, str]]]]:
        """Return what is listed once for all rows, with the id of each list."""
        return [(f"known_{key}", known) for key, known in self.known.items() if len(known) > MOST_CHOICES]


def rows(
    section: Section,
    found: Sequence[Mapping[str, Any]],
    was: Sequence[str],
    around: Around,
    wrong: Mapping[str, Wrong],
) -> list[Row]:
    """Return the rows of a section as controls; `was` says from which row each was read."""
    return [
        Row(
            number,
            was[number],
            _title(row),
            [
                control
                for column in section.columns
                for control in _controls(column, number, row, around, wrong)
            ],
        )
        for number, row in enumerate(found)
    ]


def head(
    section: Section, found: Mapping[str, Any], around: Around, wrong: Mapping[str, Wrong]
) -> list[Control]:
    """Return what stands once above the rows, as controls."""
    return [control for column in section.head for control in _controls(column, HEAD, found, around, wrong)]


def _title(row: Mapping[str, Any]) -> str:
    for key in ("name", "label", "ask", "title", ""):
        if said := _said(row.get(key)):
            return said[:60]
    return str(row.get("code") or "")


def _said(value: Any) -> str:
    """Return something said in two languages in that of the page; "" for anything else."""
    return str(Text.of({"zh": "", **value})) if isinstance(value, Mapping) and value.get("zh") else ""


def _controls(
    column: Column, number: int | str, row: Mapping[str, Any], around: Around, wrong: Mapping[str, Wrong]
) -> list[Control]:
    name = f"{number}.{column.key}" if column.key else f"{number}.text"
    label, value = str(words.COLUMNS.get(column.key, column.key)), row.get(column.key)
    if column.kind in {WORDS, LONG_WORDS}:
        said = value if isinstance(value, Mapping) else {}
        return [
            Control(
                f"{name}.{key}",
                f"{label} ({language})",
                _KINDS[column.kind],
                said.get(key, ""),
                (),
                _error(wrong, f"{name}.{key}"),
                "zh-Hans" if key == "zh" else "en",
                column.needed and key == "zh",
            )
            for key, language in (("zh", words.CHINESE), ("en", words.ENGLISH))
        ]
    kind = "select" if column.key == "library" else _KINDS.get(column.kind, "line")
    listed = column.kind == KNOWN and len(around.known.get(column.key, ())) > MOST_CHOICES
    return [
        Control(
            name,
            label,
            "line" if listed else kind,
            _value(column, value),
            () if listed else _choices(column, value, around),
            _error(wrong, name),
            "",
            column.needed,
            f"known_{column.key}" if listed else "",
        )
    ]


def _value(column: Column, value: Any) -> Any:
    if column.kind == OPTIONS and isinstance(value, list):
        return "\n".join(
            f"{each['code']} | {each['label'].get('zh', '')} | {each['label'].get('en', '')}"
            for each in value
        )
    if column.kind == KEYS and isinstance(value, list):
        return " ".join(value)
    return "" if value is None else value


def _choices(column: Column, value: Any, around: Around) -> list[tuple[str, str, bool]]:
    if column.key == "library":
        named = [(code, _said(said["name"]) or code) for code, said in around.library.items()]
        return [("", "—", not value), *((code, name, code == value) for code, name in named)]
    if column.kind in {KNOWN, PROCEDURE}:
        known = dict(around.known.get(column.key, ()))
        known = known if value in known else {value or "": value or "—", **known}
        return [(code, name, code == (value or "")) for code, name in known.items()]
    if column.kind == WHEN:
        chosen = value if isinstance(value, Mapping) else {}
        return [
            (
                f"{situation['code']}={answer['code']}",
                f"{_said(situation['ask'])} {_said(answer['label'])}",
                answer["code"] in chosen.get(situation["code"], ()),
            )
            for situation in around.situations
            for answer in situation["answers"]
        ]
    if column.kind == MANY:
        first = [each for each in value or () if each in column.choices]
        ordered = dict.fromkeys([*first, *column.choices])
        return [(each, str(words.CHOICES.get(each, each)), each in first) for each in ordered]
    return [(each, str(words.CHOICES.get(each, each)), each == value) for each in column.choices]


def _error(wrong: Mapping[str, Wrong], name: str) -> str:
    found = wrong.get(name)
    return refusals.say(Refused(found.code, **dict(found.values))) if found else ""

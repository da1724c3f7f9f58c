"""The parts of an item as its editor takes them apart: which columns each row has, read from what was typed.

A section is one object, or rows that can be added, removed and moved. What a row holds besides its columns stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tongban.catalogue.rules.columns import (
    CHOICE,
    DAY,
    FLAG,
    KEYS,
    LONG,
    LONG_WORDS,
    MANY,
    NUMBER,
    OPTIONS,
    TEXT,
    WHEN,
    WORDS,
    Column,
    Wrong,
    read_cell,
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an item: the columns of its only object, or of each of its rows.

    :param where: the key of the content at which its rows stand; "" for an object whose columns name their paths
    :param keyed: whether rows stand in the content as a mapping from their code
    :param bare: whether a row is nothing but a text
    """

    code: str
    columns: tuple[Column, ...]
    where: str = ""
    keyed: bool = False
    bare: bool = False
    prefix: str = ""

    @property
    def has_rows(self) -> bool:
        """Return whether it consists of rows."""
        return bool(self.where)


_CODE = Column("code", TEXT, needed=True)
UNITS, LEVELS = ("working", "calendar"), ("county", "city", "province", "town")
FORMS = ("original", "copy", "original-and-copy", "electronic")
KEEPS = ("return-original", "archive-original-by-post", "archive-scan")

SECTIONS: dict[str, Section] = {
    each.code: each
    for each in (
        Section(
            "basis",
            (
                Column("law", TEXT, needed=True),
                Column("title", LONG, needed=True),
                Column("article", TEXT),
                Column("says", LONG_WORDS),
            ),
            "basis",
        ),
        Section("conditions", (Column("", LONG_WORDS, needed=True),), "conditions", bare=True),
        Section(
            "situations",
            (_CODE, Column("ask", WORDS, needed=True), Column("answers", OPTIONS, needed=True)),
            "situations",
            prefix="situation",
        ),
        Section(
            "materials",
            (
                _CODE,
                Column("name", WORDS, needed=True, no_vague=True),
                Column("required", FLAG),
                Column("form", CHOICE, FORMS),
                Column("copies", NUMBER),
                Column("keep", CHOICE, KEEPS),
                Column("standard", LONG_WORDS),
                Column("sample", LONG_WORDS),
                Column("issuer", WORDS, gone=True),
                Column("when", WHEN),
                Column("fetchable", FLAG),
                Column("promise_allowed", FLAG),
                Column("missable", FLAG),
                Column("library", TEXT, gone=True),
            ),
            "materials",
            prefix="material",
        ),
        Section(
            "fields",
            (
                _CODE,
                Column("label", WORDS, needed=True),
                Column("type", CHOICE, ("text", "choice", "date", "number")),
                Column("required", FLAG),
                Column("options", OPTIONS),
            ),
            "fields",
            prefix="field",
        ),
        Section(
            "steps",
            (
                _CODE,
                Column("name", WORDS, needed=True),
                Column("by", CHOICE, ("receiving", "deciding")),
                Column("days", NUMBER, gone=True),
            ),
            "steps",
            prefix="step",
        ),
        Section(
            "limits",
            (
                Column("limits.promised.days", NUMBER, needed=True),
                Column("limits.promised.unit", CHOICE, UNITS),
                Column("limits.statutory.days", NUMBER, gone=True),
                Column("limits.statutory.unit", CHOICE, UNITS),
                Column("limits.notice", NUMBER, gone=True),
                Column("clock.notice_from", CHOICE, ("receipt", "taking-over")),
                Column("clock.limit_from", CHOICE, ("acceptance", "receipt")),
                Column("trips", NUMBER, gone=True),
                Column("instant", FLAG),
            ),
        ),
        Section(
            "fee", (Column("fee.amount_cny", TEXT, needed=True), Column("fee.says", LONG_WORDS, needed=True))
        ),
        Section(
            "result",
            (
                Column("result.name", WORDS, needed=True),
                Column("result.kind", TEXT, needed=True),
                Column("result.deliver", MANY, ("post", "window", "electronic")),
                Column("result.validity", WORDS, gone=True),
                Column("postage.payer", TEXT),
                Column("postage.says", LONG_WORDS, gone=True),
            ),
        ),
        Section(
            "where",
            (
                Column("decided_by", TEXT, needed=True),
                Column("decided_level", CHOICE, LEVELS),
                Column("decided_where.ask", LONG_WORDS, needed=True),
                Column("received_where", TEXT, needed=True),
                Column("review", CHOICE, ("none", "second-person")),
                Column("contact.section", WORDS, gone=True),
                Column("contact.phone", TEXT, gone=True),
                Column("rules_signed_off.by", WORDS, gone=True),
                Column("rules_signed_off.on", DAY, gone=True),
            ),
        ),
        Section("receiving", (Column("", LONG_WORDS, needed=True),), "receiving_rules", bare=True),
        Section(
            "documents", (_CODE, Column("", LONG_WORDS, needed=True)), "documents", keyed=True, bare=True
        ),
        Section(
            "sources",
            (
                _CODE,
                Column("title", LONG, needed=True),
                Column("publisher", TEXT),
                Column("date", TEXT),
                Column("where", LONG),
                Column("trust", CHOICE, ("F", "P", "R")),
            ),
            "sources",
            keyed=True,
        ),
        Section("cites", (_CODE, Column("", KEYS, needed=True)), "cites", keyed=True, bare=True),
    )
}


def section(code: str) -> Section | None:
    """Return the section with that code."""
    return SECTIONS.get(code)


@dataclass(slots=True)
class Read:
    """What was read: the section's rows, and what is wrong by the name of its control."""

    rows: list[Json]
    wrong: dict[str, Wrong] = field(default_factory=dict)


def rows_of(content: Mapping[str, Any], section: Section) -> list[Json]:
    """Return the rows of a section, each as its editor shows it; of an object, the only one."""
    if not section.has_rows:
        return [{each.key: _at(content, each.key) for each in section.columns}]
    stored: Any = content.get(section.where) or ({} if section.keyed else [])
    pairs = stored.items() if section.keyed else [("", value) for value in stored]
    return [_row(section, code, value) for code, value in pairs]


def _row(section: Section, code: str, value: Any) -> Json:
    row: Json = {"": value} if section.bare else dict(value)
    return {**row, "code": code} if section.keyed else row


def read(section: Section, typed: Mapping[str, Any], before: Sequence[Json], order: Sequence[int]) -> Read:
    """Return the rows that were typed, in the order given, each upon the row that it was shown from.

    :param typed: the values of controls by name, such as `3.name.zh`; a list where several can be chosen
    :param order: the numbers of the rows typed
    """
    found = Read([])
    for number in order:
        was = typed.get(f"{number}.was", "")
        kept = before[int(was)] if str(was).isdecimal() and int(was) < len(before) else {}
        row = dict(kept)
        for column in section.columns:
            name = f"{number}.{column.key}" if column.key else f"{number}.text"
            value, wrong = read_cell(column, name, typed)
            found.wrong.update(wrong)
            row[column.key] = value
        found.rows.append(row)
    _name_the_nameless(section, found.rows)
    return found


def _name_the_nameless(section: Section, rows: list[Json]) -> None:
    """Give rows without a code one that no other has."""
    taken = {row.get("code") for row in rows}
    for row in rows:
        if "code" in {each.key for each in section.columns} and not row["code"]:
            number = next(n for n in range(1, len(rows) + 2) if f"{section.prefix or 'row'}-{n}" not in taken)
            row["code"] = f"{section.prefix or 'row'}-{number}"
            taken.add(row["code"])


def put(content: Mapping[str, Any], section: Section, rows: Sequence[Json]) -> Json:
    """Return the content with the section's rows in it."""
    if section.has_rows:
        return {**content, section.where: _stored(section, rows)}
    made: Json = dict(content)
    for column in section.columns:
        _set(made, column.key.split("."), rows[0][column.key])
    _tidy(made)
    return made


def _stored(section: Section, rows: Sequence[Json]) -> Any:
    if section.keyed:
        return {row["code"]: row[""] if section.bare else _plain(row, "code") for row in rows}
    return [row[""] if section.bare else _plain(row) for row in rows]


def _plain(row: Json, *without: str) -> Json:
    return {key: value for key, value in row.items() if key not in without}


def _at(content: Mapping[str, Any], path: str) -> Any:
    found: Any = content
    for key in path.split("."):
        found = (found or {}).get(key)
    return found


def _set(content: Json, path: Sequence[str], value: Any) -> None:
    """Put a value at a path, copying what lies on the way; nothing isn't put where nothing was."""
    key, *rest = path
    if rest:
        inner = dict(content.get(key) or {})
        _set(inner, rest, value)
        if inner or content.get(key):
            content[key] = inner
    elif value is not None or key in content:
        content[key] = value


def _tidy(content: Json) -> None:
    """Take out what contradicts what was put: a limit without days, a made-up number beside a real one."""
    contact = content.get("contact") or {}
    if contact.get("phone"):
        content["contact"] = {key: value for key, value in contact.items() if key != "phone_illustrative"}
    limits = dict(content.get("limits") or {})
    if (limits.get("statutory") or {}).get("days") is None:
        limits["statutory"] = None
    content["limits"] = limits

"""Taking an item apart into a section's rows, reading what was typed, and putting it together again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tongban.catalogue.rules import deciding
from tongban.catalogue.rules.columns import PROCEDURE, Column, read_cell
from tongban.catalogue.rules.sections.shape import Json, Read, Section

HEAD = "head"
"""Begins the names of the controls above the rows."""


def rows_of(content: Mapping[str, Any], section: Section) -> list[Json]:
    """Return the rows of a section, each as its editor shows it; of an object, the only one."""
    if not section.has_rows:
        return [_values(content, section.columns)]
    stored: Any = _at(content, section.where) or ({} if section.keyed else [])
    pairs = stored.items() if section.keyed else [("", value) for value in stored]
    return [_row(section, code, value) for code, value in pairs]


def head_of(content: Mapping[str, Any], section: Section) -> Json:
    """Return what stands once above a section's rows."""
    return _values(content, section.head)


def _values(content: Mapping[str, Any], columns: Sequence[Column]) -> Json:
    return {each.key: _at(content, each.key) for each in columns}


def _row(section: Section, code: str, value: Any) -> Json:
    row: Json = {"": value} if section.bare else dict(value)
    return {**row, "code": code} if section.keyed else row


def read(section: Section, typed: Mapping[str, Any], before: Sequence[Json], order: Sequence[int]) -> Read:
    """Return the rows that were typed, in the order given, each upon the row that it was shown from.

    :param typed: the values of controls by name, such as `3.name.zh`; a list where several can be chosen
    :param order: the numbers of the rows typed
    """
    found = Read([])
    _read_row(section.head, HEAD, typed, found.head, found)
    shown = {str(place): row for place, row in enumerate(before)}
    for number in order:
        row = dict(shown.get(str(typed.get(f"{number}.was", "")), {}))
        _read_row(section.columns, str(number), typed, row, found)
        found.rows.append(row)
    _name_the_nameless(section, found.rows)
    return found


def _read_row(
    columns: Sequence[Column], number: str, typed: Mapping[str, Any], row: Json, found: Read
) -> None:
    for column in columns:
        name = f"{number}.{column.key}" if column.key else f"{number}.text"
        row[column.key], wrong = read_cell(column, name, typed)
        found.wrong.update(wrong)


def _name_the_nameless(section: Section, rows: list[Json]) -> None:
    """Give rows without a code one that no other has."""
    taken = {row.get("code") for row in rows}
    for row in rows:
        if "code" in {each.key for each in section.columns} and not row["code"]:
            number = next(n for n in range(1, len(rows) + 2) if f"{section.prefix or 'row'}-{n}" not in taken)
            row["code"] = f"{section.prefix or 'row'}-{number}"
            taken.add(row["code"])


def put(
    content: Mapping[str, Any], section: Section, rows: Sequence[Json], head: Mapping[str, Any] | None = None
) -> Json:
    """Return the content with the section's rows in it.

    :param head: what stands above the rows; as it was where nothing is given
    """
    made: Json = dict(content)
    if section.has_rows:
        _set(made, section.where.split("."), _stored(section, rows))
        _put_object(made, section.head, {**head_of(content, section), **(head or {})})
    else:
        _put_object(made, section.columns, rows[0])
        _tidy(made)
    _leave_out_the_empty(made)
    return made


def _put_object(made: Json, columns: Sequence[Column], row: Mapping[str, Any]) -> None:
    for column in columns:
        if column.kind == PROCEDURE:
            made["procedure"] = deciding.taken(row[column.key], made.get("procedure"))
        else:
            _set(made, column.key.split("."), row[column.key])


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


def _leave_out_the_empty(content: Json) -> None:
    """Let a copy sheet without a system and fields be none, and a demand to come that names nothing."""
    for key in ("copy_sheet", "presence"):
        if key in content and not any((content[key] or {}).values()):
            content[key] = None

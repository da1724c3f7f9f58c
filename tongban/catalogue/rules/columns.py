"""The kinds of columns that an editor of items has, and how what was typed in one is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongban.catalogue.rules.checks import is_vague
from tongban.lib.refusals import Invalid
from tongban.lib.words import clean

TEXT, LONG, WORDS, LONG_WORDS, FLAG, NUMBER = "text", "long", "words", "long-words", "flag", "number"
CHOICE, MANY, DAY, OPTIONS, WHEN, KEYS = "choice", "many", "day", "options", "when", "keys"
KNOWN, PROCEDURE = "known", "procedure"
"""One code of those that the rest of the item and the data offer; the second stands for all that a procedure says."""
LIMITS = {TEXT: 120, KNOWN: 120, PROCEDURE: 120, LONG: 500, WORDS: 200, LONG_WORDS: 2000}
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
MOST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key under which it's kept ("" for a bare text), its kind, and what may be chosen.

    :param gone: whether an empty one is kept as nothing at all
    :param no_vague: whether lines such as "other materials" are refused here
    """

    key: str
    kind: str
    choices: tuple[str, ...] = ()
    needed: bool = False
    gone: bool = False
    no_vague: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with what was typed: a code that the door words, with plain values."""

    code: str
    values: tuple[tuple[str, object], ...] = ()


def read_cell(column: Column, name: str, typed: Mapping[str, Any]) -> tuple[Any, dict[str, Wrong]]:
    """Return the value typed in a cell, and what is wrong with it by the name of the control."""
    try:
        value, wrong = _READ[column.kind](column, name, typed), None
    except Invalid as invalid:
        kept = typed.get(name, "")
        return kept, {str(invalid.field): Wrong(invalid.code, tuple(sorted(invalid.params.items())))}
    if column.no_vague and any(is_vague(said) for said in (value or {}).values()):
        wrong = Wrong("editor.catch-all")
    return value, {f"{name}.zh": wrong} if wrong else {}


def _typed(name: str, typed: Mapping[str, Any], limit: int, *, lines: bool = False) -> str:
    return clean(str(typed.get(name, "")), field=name, limit=limit, lines=lines)


def _text(column: Column, name: str, typed: Mapping[str, Any]) -> str | None:
    said = _typed(name, typed, LIMITS[column.kind])
    if column.key == "code" and said and not _CODE.fullmatch(said):
        raise Invalid("editor.code", field=name)
    return None if column.gone and not said else said


def _words(column: Column, name: str, typed: Mapping[str, Any]) -> dict[str, str] | None:
    limit, lines = LIMITS[column.kind], column.kind == LONG_WORDS
    said = {key: _typed(f"{name}.{key}", typed, limit, lines=lines) for key in ("zh", "en")}
    return None if column.gone and not any(said.values()) else said


def _flag(column: Column, name: str, typed: Mapping[str, Any]) -> bool | None:
    return bool(typed.get(name)) or (None if column.gone else False)


def _number(column: Column, name: str, typed: Mapping[str, Any]) -> int | None:
    said = _typed(name, typed, 6)
    if not said:
        return None if column.gone else 0
    if not said.isascii() or not said.isdecimal() or int(said) > MOST_DAYS:
        raise Invalid("editor.number", field=name, most=MOST_DAYS)
    return int(said)


def _choice(column: Column, name: str, typed: Mapping[str, Any]) -> str:
    said = str(typed.get(name, ""))
    if said and said not in column.choices:
        raise Invalid("editor.choice", field=name)
    return said or column.choices[0]


def _listed(name: str, typed: Mapping[str, Any]) -> list[str]:
    found = typed.get(name) or []
    return [found] if isinstance(found, str) else list(found)


def _many(column: Column, name: str, typed: Mapping[str, Any]) -> list[str]:
    # In the order of the page, which shows what was chosen first: the first is the usual one.
    return [choice for choice in dict.fromkeys(_listed(name, typed)) if choice in column.choices]


def _day(column: Column, name: str, typed: Mapping[str, Any]) -> str | None:
    said = _typed(name, typed, 10)
    try:
        return date.fromisoformat(said).isoformat() if said else None
    except ValueError as error:
        raise Invalid("editor.day", field=name) from error


def _options(_column: Column, name: str, typed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return answers, a line each: code | Chinese | English."""
    lines = _typed(name, typed, 4000, lines=True).split("\n")
    return [_option(name, line) for line in lines if line.strip()]


def _option(name: str, line: str) -> dict[str, Any]:
    code, zh, en = (*(part.strip() for part in line.replace("｜", "|").split("|", 2)), "", "")[:3]
    if not _CODE.fullmatch(code) or not zh:
        raise Invalid("editor.option", field=name, line=line[:40])
    return {"code": code, "label": {"zh": zh, "en": en}}


def _when(_column: Column, name: str, typed: Mapping[str, Any]) -> dict[str, list[str]] | None:
    """Return for each situation the answers that were ticked, as `situation=answer`; nothing if none was."""
    found: dict[str, list[str]] = {}
    for each in _listed(name, typed):
        situation, _, answer = each.partition("=")
        if situation and answer:
            found.setdefault(situation, []).append(answer)
    return found or None


def _keys(_column: Column, name: str, typed: Mapping[str, Any]) -> list[str]:
    return _typed(name, typed, 300).replace(",", " ").replace("，", " ").split()


_READ: dict[str, Callable[[Column, str, Mapping[str, Any]], Any]] = {
    TEXT: _text,
    LONG: _text,
    WORDS: _words,
    LONG_WORDS: _words,
    FLAG: _flag,
    NUMBER: _number,
    CHOICE: _choice,
    MANY: _many,
    DAY: _day,
    OPTIONS: _options,
    WHEN: _when,
    KEYS: _keys,
    KNOWN: _text,
    PROCEDURE: _text,
}

"""The register of documents that stand in the way: entered, edited, settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from tongban.catalogue.models import NormativeDocument
from tongban.catalogue.queries import item_names
from tongban.catalogue.rules.normative import Action, State
from tongban.lib.actors import Actor, Clerk
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.lib.texts import Text
from tongban.lib.words import clean
from tongban.places.actions import tables
from tongban.places.rules import Level, Role
from tongban.trail import actions as trail

_COLUMNS = ("code", "title_zh", "unit_zh", "level", "conflict_zh", "action", "items", "due", "state")
_TEXT = 500
_LONG = 1000


@dataclass(frozen=True, slots=True)
class Entered:
    """What the register says of a document."""

    title: Text
    unit: Text
    level: str
    conflict: Text
    action: str
    items: Sequence[str]
    due: date
    state: str = State.OPEN
    source: str = ""
    note: str = ""


def may_keep(by: Actor) -> bool:
    """Return whether the actor keeps the register: whoever keeps the lists."""
    return isinstance(by, Clerk) and not by.practice and Role.PROPOSE_LISTS in by.roles


def _require(by: Actor) -> None:
    if not may_keep(by):
        raise NotAllowed


@transaction.atomic
def enter(code: str, says: Entered, *, by: Actor, at: datetime) -> NormativeDocument:
    """Enter a document.

    :raises Refused: if the code is taken
    :raises Invalid: if a word is missing or an item unknown
    :raises NotAllowed: if the actor doesn't keep the register
    """
    _require(by)
    said = clean(code, field="code", limit=40)
    if not said.replace("-", "").isalnum() or not said.isascii():
        raise Invalid("normative.code-malformed", field="code")
    if NormativeDocument.objects.filter(pk=said).exists():
        raise Invalid("normative.code-taken", field="code")
    row = _filled(NormativeDocument(code=said), says)
    row.save(force_insert=True)
    _tell("catalogue.normative.enter", row, by, at)
    return row


@transaction.atomic
def edit(code: str, says: Entered, *, by: Actor, at: datetime, seen: int | None = None) -> NormativeDocument:
    """Say something else of a document that isn't settled.

    :param seen: the version that the actor had before them
    :raises Refused: if it's settled, or was edited in the meantime
    """
    row = _filled(_lock(code, by, seen), says)
    row.version += 1
    row.save(force_update=True)
    _tell("catalogue.normative.edit", row, by, at)
    return row


@transaction.atomic
def settle(
    code: str, outcome: str, day: date, *, by: Actor, at: datetime, seen: int | None = None
) -> NormativeDocument:
    """Record that the document no longer stands in the way, since when and by what.

    :raises Invalid: if nothing is said, or the day is to come
    :raises Refused: if it's settled, or was edited in the meantime
    """
    row = _lock(code, by, seen)
    if day > timezone.localdate(at):
        raise Invalid("normative.day-to-come", field="day")
    row.outcome = clean(outcome, field="outcome", limit=_LONG, lines=True)
    if not row.outcome:
        raise Invalid("words.missing", field="outcome")
    row.state, row.settled_on, row.version = State.DONE, day, row.version + 1
    row.save(force_update=True)
    _tell("catalogue.normative.settle", row, by, at)
    return row


def _lock(code: str, by: Actor, seen: int | None) -> NormativeDocument:
    _require(by)
    row = NormativeDocument.objects.select_for_update().filter(pk=code).first()
    if row is None:
        raise Missing
    if row.state == State.DONE:
        raise Refused("normative.settled")
    if seen is not None and seen != row.version:
        raise Refused("normative.moved-on")
    return row


def _filled(row: NormativeDocument, says: Entered) -> NormativeDocument:
    """Return the row with what is said.

    :raises Invalid: if a word is missing or unknown
    """
    row.title, row.unit = _text(says.title, "title"), _text(says.unit, "unit")
    row.conflict = _text(says.conflict, "conflict")
    row.level = _word(says.level, set(Level), "level")
    row.action = _word(says.action, set(Action), "action")
    row.state = _word(says.state, set(State) - {State.DONE}, "state")
    row.items, row.due = _items(says.items), says.due
    row.source = clean(says.source, field="source", limit=_TEXT)
    row.note = clean(says.note, field="note", limit=300)
    return row


def _items(codes: Sequence[str]) -> list[str]:
    known = item_names(set(codes))
    unknown = [code for code in codes if code not in known]
    if unknown or not codes:
        raise Invalid("normative.item-unknown", field="items", items=", ".join(unknown))
    return list(dict.fromkeys(codes))


def _word(word: str, known: set[str] | set[Level] | set[Action] | set[State], name: str) -> str:
    if word not in known:
        raise Invalid("normative.word-unknown", field=name)
    return str(word)


def _text(text: Text, name: str) -> dict[str, str]:
    said = {
        "zh": clean(text.zh, field=name, limit=_TEXT, lines=True),
        "en": clean(text.en, field=name, limit=_TEXT, lines=True),
    }
    if not said["zh"]:
        raise Invalid("words.missing", field=name)
    return said


def _tell(event: str, row: NormativeDocument, by: Actor, at: datetime) -> None:
    told = trail.entry(
        event,
        f"normative:{row.code}",
        actor=str(by),
        at=at,
        state=row.state,
        due=row.due.isoformat(),
        version=row.version,
    )
    trail.record([told])


@transaction.atomic
def load_normative(path: Path, *, by: Actor, at: datetime) -> int:
    """Load a register from a table; what it has already is left as people keep it. Returns how many are new.

    :raises Invalid: if a row is wrong; says which, and which column
    """
    known = set(NormativeDocument.objects.values_list("code", flat=True))
    rows = [_read(row) for row in tables.read(path, _COLUMNS) if row.needed("code", 40) not in known]
    NormativeDocument.objects.bulk_create(rows)
    for row in rows:
        _tell("catalogue.normative.load", row, by, at)
    return len(rows)


def _read(row: tables.Row) -> NormativeDocument:
    codes = row.needed("items").split("|")
    if set(codes) - item_names(set(codes)).keys():
        raise row.wrong("load.code-unknown", "items")
    return NormativeDocument(
        code=row.needed("code", 40),
        title={"zh": row.needed("title_zh"), "en": row.text("title_en")},
        unit={"zh": row.needed("unit_zh"), "en": row.text("unit_en")},
        level=row.word("level", [str(each) for each in Level]),
        conflict={"zh": row.needed("conflict_zh"), "en": row.text("conflict_en")},
        action=row.word("action", [str(each) for each in Action]),
        items=codes,
        due=row.day("due") or date.max,
        state=row.word("state", [str(each) for each in State]),
        settled_on=row.day("settled_on"),
        source=row.text("source", _TEXT),
        trust=row.text("trust", 1),
        note=row.text("note"),
        illustrative=row.yes("illustrative"),
    )

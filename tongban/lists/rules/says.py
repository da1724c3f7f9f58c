"""What an entry of a list says, and how two of its versions differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

from tongban.lib.refusals import Invalid
from tongban.lib.texts import Text
from tongban.lib.words import clean
from tongban.lists.rules.words import Direction, Mode

_LONG = 1000
_SHORT = 120
_TEXTS = ("unit", "timetable", "roadmap", "note")


@dataclass(frozen=True, slots=True)
class Says:
    """What an entry says: by whom, by when, how, which way, on which evidence."""

    batch: str
    unit: Text
    modes: tuple[str, ...]
    direction: str = Direction.BOTH
    deadline: date | None = None
    timetable: Text = field(default_factory=lambda: Text(""))
    roadmap: Text = field(default_factory=lambda: Text(""))
    note: Text = field(default_factory=lambda: Text(""))
    evidence: str = ""
    mode_evidence: str = ""
    source: str = ""
    trust: str = ""

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Says:
        """Return what a stored value says."""
        texts = {name: Text.of(value.get(name) or {"zh": ""}) for name in _TEXTS}
        plain = {each.name: value[each.name] for each in fields(cls) if each.name in value}
        day = value.get("deadline")
        made = {**plain, **texts, "modes": tuple(value["modes"])}
        return cls(**{**made, "deadline": date.fromisoformat(day) if day else None})

    def stored(self) -> dict[str, Any]:
        """Return the form in which it's kept."""
        plain = asdict(self)
        return {
            **plain,
            "modes": list(self.modes),
            "deadline": self.deadline.isoformat() if self.deadline else None,
        }

    def checked(self) -> Says:
        """Return the same with its words made safe.

        :raises Invalid: if unit or modes are missing, or a word is unknown
        """
        if set(self.modes) - set(Mode) or not self.modes:
            raise Invalid("lists.mode-unknown", field="modes")
        if self.direction not in set(Direction):
            raise Invalid("lists.direction-unknown", field="direction")
        if not self.unit.zh.strip():
            raise Invalid("words.missing", field="unit")
        return replace(
            self,
            unit=_clean(self.unit, "unit"),
            timetable=_clean(self.timetable, "timetable"),
            roadmap=_clean(self.roadmap, "roadmap"),
            note=_clean(self.note, "note"),
            source=clean(self.source, field="source", limit=_LONG),
        )


def _clean(text: Text, name: str) -> Text:
    limit = _SHORT if name == "unit" else _LONG
    lines = name != "unit"
    return Text(
        clean(text.zh, field=name, limit=limit, lines=lines),
        clean(text.en, field=f"{name}_en", limit=limit, lines=lines),
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two versions say differently; nothing on a side where there is no version."""

    name: str
    before: Any
    after: Any


def differences(before: Says | None, after: Says | None) -> list[Difference]:
    """Return what two versions say differently, in the order in which an entry is read."""
    sides = [
        (each.name, getattr(before, each.name, None), getattr(after, each.name, None))
        for each in fields(Says)
    ]
    return [Difference(name, old, new) for name, old, new in sides if old != new and (old or new)]

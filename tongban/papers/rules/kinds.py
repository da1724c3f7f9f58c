"""The kinds of documents, and the forms in which each has been laid out: read from `data/papers`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).resolve().parents[3] / "data" / "papers"
_IMPORT = '#import "common.typ": *\n'


class NoTemplate(LookupError):
    """No template of this kind is valid on that day."""


class Kind(TextChoices):
    """What a document is; the label is its name on screens, its title comes from `kinds.json`."""

    RECEIPT = "receipt", _("Receipt for papers")
    SUPPLEMENT = "supplement", _("Supplement notice")
    ACCEPTANCE = "acceptance", _("Acceptance notice")
    NOT_NEEDED = "not-needed", _("Notice that no application is needed")
    NOT_ACCEPTED = "not-accepted", _("Decision not to accept")
    PAUSE = "pause", _("Notice that the clock is paused")
    RESUME = "resume", _("Notice that the clock runs again")
    EXTENSION = "extension", _("Extension notice")
    GRANT = "grant", _("Decision to grant")
    REJECT = "reject", _("Decision to reject")
    WITHDRAWAL = "withdrawal", _("Confirmation of withdrawal")
    LAPSE = "lapse", _("Notice that the application lapsed")
    CUSTODY_SLIP = "custody-slip", _("Custody slip")
    DEEMED_ACCEPTANCE = "deemed-acceptance", _("Notice of deemed acceptance")
    OBSTACLE = "obstacle", _("Slip for what could not be done")
    DELIVERY_NOTE = "delivery-note", _("Delivery note")


INSIDE = frozenset({Kind.CUSTODY_SLIP})
"""Kinds that go from one body to another: no document for the applicant."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is data about a kind: its titles, the word in its number, from when each version is valid."""

    title: str
    licence_title: str
    english: str
    word: str
    versions: Mapping[int, date]

    def titled(self, *, licence: bool) -> str:
        """Return the document's title: only a licence's may speak of licensing."""
        return self.licence_title if licence else self.title


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a template, whole in itself: what it shares with others is written into it."""

    kind: Kind
    version: int
    source: str = field(repr=False, hash=False)
    valid_from: date
    sha256: str
    """The hash of the source, by which the template is known."""


@dataclass(frozen=True, slots=True)
class Money:
    """The capital figures in which amounts are written, which no stroke of the pen can alter."""

    digits: str
    places: tuple[str, ...]
    groups: tuple[str, ...]
    units: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything that `kinds.json` and the template files say."""

    forms: Mapping[Kind, Form]
    editions: tuple[Edition, ...]
    pattern: str
    practice_pattern: str
    day: str
    money: Money

    def edition(self, kind: Kind, on: date) -> Edition:
        """Return the edition in which a document of that day is laid out.

        :raises NoTemplate: if none is valid yet
        """
        valid = [each for each in self.editions if each.kind == kind and each.valid_from <= on]
        if not valid:
            raise NoTemplate(f"{kind} on {on}")
        return max(valid, key=lambda each: (each.valid_from, each.version))


@lru_cache(maxsize=4)
def registry(folder: Path = FOLDER) -> Registry:
    """Return what the folder says; read once per process.

    A version of a template is a new text of its own, or of what all of them share (`common.v2.typ`), or both.

    :raises FileNotFoundError: if a version that is announced has no file
    """
    content = json.loads((folder / "kinds.json").read_text(encoding="utf-8"))
    forms = {Kind(code): _form(form) for code, form in content["kinds"].items()}
    common = (folder / "common.typ").read_text(encoding="utf-8")
    return Registry(
        forms=forms,
        editions=tuple(_editions(folder, forms, common)),
        pattern=content["pattern"],
        practice_pattern=content["practice_pattern"],
        day=content["day"],
        money=_money(content["money"]),
    )


def _money(content: Mapping[str, Any]) -> Money:
    return Money(
        digits=content["digits"],
        places=tuple(content["places"]),
        groups=tuple(content["groups"]),
        units=tuple(content["units"]),
        whole=content["whole"],
    )


def _form(content: Mapping[str, Any]) -> Form:
    return Form(
        title=content["title"],
        licence_title=content.get("licence_title", content["title"]),
        english=content["english"],
        word=content["word"],
        versions={int(number): date.fromisoformat(day) for number, day in content["versions"].items()},
    )


def _editions(folder: Path, forms: Mapping[Kind, Form], common: str) -> Iterable[Edition]:
    for kind, form in forms.items():
        own, shared = "", common
        for version, day in sorted(form.versions.items()):
            changed = [folder / f"{kind}.v{version}.typ", folder / f"common.v{version}.typ"]
            if not any(path.exists() for path in changed):
                raise FileNotFoundError(changed[0])
            own, shared = (
                path.read_text(encoding="utf-8") if path.exists() else before
                for path, before in zip(changed, (own, shared), strict=True)
            )
            source = own.replace(_IMPORT, shared)
            yield Edition(kind, version, source, day, hashlib.sha256(source.encode()).hexdigest())

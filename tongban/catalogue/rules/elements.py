"""What a revision consists of, as typed values.

The elements are those of 实施清单 (GB/T 39554.2, GB/T 39046): conditions, materials with the standard each must meet,
steps, both limits, result, fee, where received and where decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.catalogue.rules.procedure import Extension, Procedure
from tongban.lib.texts import Text


class Broken(ValueError):
    """A revision's content can't be used; says which element and why.

    :param code: the fault as which an editor is told of it, at the section where it's put right
    """

    def __init__(self, says: str, code: str = "broken", section: str = "") -> None:
        super().__init__(says)
        self.code = code
        self.section = section


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Situation:
    """A question whose answer decides what is asked for (情形)."""

    code: str
    ask: Text
    answers: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What has to be handed in, and what makes it right.

    :param form: original, copy, original-and-copy or electronic
    :param keep: return-original, archive-original-by-post or archive-scan
    :param when: for each situation the answers that ask for it; empty where it's always asked for
    :param missable: whether the file can be taken in without it, on a promise to bring it (容缺)
    :param library: the library's material that it was taken from, if any
    """

    code: str
    name: Text
    required: bool
    form: str
    copies: int
    keep: str
    standard: Text
    sample: Text
    issuer: Text
    when: Mapping[str, tuple[str, ...]]
    fetchable: bool
    promise_allowed: bool
    missable: bool
    library: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """Something asked besides who the applicant is; `kind` is text, choice, date or number."""

    code: str
    label: Text
    kind: str
    required: bool
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the item's own way, with its own days where it has some."""

    code: str
    name: Text
    by: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit; `unit` is working or calendar."""

    days: int
    unit: str


@dataclass(frozen=True, slots=True)
class Basis:
    """The article that the item rests on, with what it says in plain words."""

    law: str
    title: str
    article: str
    says: Text


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was found, and how far it can be trusted: F read in the source, P in an excerpt, R recalled."""

    code: str
    title: str
    publisher: str
    date: str
    where: str
    trust: str


@dataclass(frozen=True, slots=True)
class CopyField:
    """A field of the other system, and what of the case goes into it."""

    label: Text
    source: str


@dataclass(frozen=True, slots=True)
class CopySheet:
    """The other system that is fed by hand, in the order of its fields."""

    system: Text
    fields: tuple[CopyField, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Everything that one revision of an item says."""

    code: str
    name: Text
    type: str
    theme: str
    subjects: tuple[str, ...]
    department: Text
    procedure: Procedure
    decided_by: str
    decided_level: str
    decided_key: str
    decided_ask: Text
    received_where: str
    instant: bool
    joint: bool
    review: bool
    basis: tuple[Basis, ...]
    conditions: tuple[Text, ...]
    situations: tuple[Situation, ...]
    materials: tuple[Material, ...]
    fields: tuple[Field, ...]
    receiving_rules: tuple[Text, ...]
    signed_off_by: Text
    signed_off_on: str
    steps: tuple[Step, ...]
    statutory: Limit | None
    promised: Limit
    notice_days: int
    notice_from: str
    limit_from: str
    result_name: Text
    result_kind: str
    deliver: tuple[str, ...]
    validity: Text
    postage_payer: str
    postage: Text
    fee: str
    fee_says: Text
    contact: Text
    contact_phone: str
    copy_sheet: CopySheet | None
    documents: Mapping[str, Text]
    sources: Mapping[str, Source]
    cites: Mapping[str, tuple[str, ...]]
    # The law that wants somebody to come in person; without one an item is expected to be open online.
    presence: Basis | None = None
    trips: int | None = None

    def material(self, code: str) -> Material | None:
        """Return the material with that code."""
        return next((material for material in self.materials if material.code == code), None)

    @property
    def extension(self) -> Extension:
        """Return how the limit may be extended: as the procedure says, for joint handling where it's that."""
        together = self.procedure.joint if self.joint else None
        return together.extension if together else self.procedure.extension

    def article(self, act: str) -> Text | None:
        """Return the procedure's article for an act, the one on joint handling where that gives the limit."""
        jointly = self.joint and act in {"limit", "extension"}
        return self.procedure.basis.get("joint" if jointly else act)

    def cited(self, path: str) -> tuple[Source, ...]:
        """Return the sources of one element, none where it's illustrative."""
        return tuple(self.sources[key] for key in self.cites.get(path, ()))

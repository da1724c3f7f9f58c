"""What machines are told, field by field: a promise of its own, so that rooms can change inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ninja import Field, Schema
from pydantic import field_validator


class Words(Schema):
    """Something said in both languages; the English may be empty."""

    zh: str
    en: str = ""


class Reason(Schema):
    """Why an item was found: `because` is code, words, means, sounds, alias, like or says; `means` may be empty."""

    because: str
    said: str
    means: str = ""


class ItemLine(Schema):
    """An item in the list; one that isn't `complete` is known by name only.

    :param standing: open, or suspended where it can't be applied for at present
    """

    code: str
    name: Words
    theme: Words
    department: Words
    subjects: list[str]
    complete: bool
    standing: str
    illustrative: bool
    reasons: Sequence[Reason] = ()


class Limit(Schema):
    """A time limit, in working or calendar days."""

    days: int
    unit: str


class Basis(Schema):
    """An article that the item rests on."""

    law: str
    title: str
    article: str
    says: Words


class Answer(Schema):
    """One answer to a question."""

    code: str
    label: Words


class Situation(Schema):
    """A question whose answer decides which materials are asked for."""

    code: str
    ask: Words
    answers: list[Answer]


class Material(Schema):
    """What has to be handed in; `when` names the answers that ask for it, and is empty where it always is."""

    code: str
    name: Words
    required: bool
    form: str
    copies: int
    keep: str
    standard: Words
    sample: Words
    issuer: Words
    when: Mapping[str, list[str]]
    fetchable: bool
    promise_allowed: bool
    missable: bool


class FormField(Schema):
    """Something asked besides who the applicant is."""

    code: str
    label: Words
    kind: str
    required: bool
    options: list[Answer]


class Step(Schema):
    """One step of the item's own way."""

    code: str
    name: Words
    by: str
    days: int | None


class Source(Schema):
    """Where values were found; trust is F (read in full), P (an excerpt) or R (recalled)."""

    code: str
    title: str
    publisher: str
    date: str
    trust: str


class Content(Schema):
    """What a revision says. An element that `cites` doesn't name is illustrative."""

    type: str
    theme: str
    name: Words
    subjects: list[str]
    department: Words
    procedure: str
    decided_by: str
    decided_level: str
    decided_ask: Words
    received_where: str
    instant: bool
    basis: list[Basis]
    conditions: list[Words]
    situations: list[Situation]
    materials: list[Material]
    fields_asked: list[FormField] = Field(alias="fields")
    steps: list[Step]
    statutory: Limit | None
    promised: Limit
    result_name: Words
    result_kind: str
    deliver: list[str]
    validity: Words
    postage: Words
    fee_cny: str = Field(alias="fee")
    fee_says: Words
    sources: list[Source]
    cites: Mapping[str, list[str]]

    @field_validator("procedure", mode="before")
    @classmethod
    def _code_of(cls, value: Any) -> Any:
        return getattr(value, "code", value)

    @field_validator("sources", mode="before")
    @classmethod
    def _in_order(cls, value: Any) -> Any:
        return list(value.values()) if isinstance(value, Mapping) else value


class ItemOut(Schema):
    """One revision of an item, known by its key and by the hash of its content."""

    code: str = Field(alias="item")
    key: str
    revision: int = Field(alias="number")
    valid_from: date
    sha256: str
    illustrative: bool
    content: Content = Field(alias="rule")


class LifecycleStep(Schema):
    """One verb of the lifecycle; `ends` is null where the state stays."""

    verb: str
    begins: list[str]
    ends: str | None
    side: str
    role: str
    paper: str
    needs: list[str]


class Lifecycle(Schema):
    """The legal lifecycle: its states, those at which it ends, and its steps."""

    states: list[str]
    final: list[str]
    steps: list[LifecycleStep]


class Opening(Schema):
    """The number and the query code of a receipt."""

    reference: str = Field(max_length=60)
    code: str = Field(max_length=40)


class Happened(Schema):
    """One step that was taken, by which body, and when."""

    verb: str
    body: Words
    at: datetime


class Status(Schema):
    """How a case stands, without anything about a person."""

    reference: str
    item: Words
    state: str
    final: bool
    outcome: str
    light: str
    holder: Words
    offered_to: Words
    receiver: Words
    decider: Words
    due_on: date | None
    due_kind: str
    provisional: bool
    practice: bool
    steps: list[Happened]

    @field_validator("holder", "receiver", "decider", mode="before")
    @classmethod
    def _name_of(cls, value: Any) -> Any:
        return getattr(value, "name", value)


class Problem(Schema):
    """Why not, in words."""

    message: str

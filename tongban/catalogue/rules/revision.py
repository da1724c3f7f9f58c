"""One revision of an item, read from its content into typed values.

The elements are those of 实施清单 (GB/T 39554.2, GB/T 39046): conditions, materials with the standard each must meet,
steps, both limits, result, fee, where received and where decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongban.catalogue.rules.procedure import Procedure, parse_procedure
from tongban.lib.texts import Text

Json = Mapping[str, Any]
CATCH_ALL = "其他材料"


class Broken(ValueError):
    """A revision's content can't be used; says which element and why."""


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

    def material(self, code: str) -> Material | None:
        """Return the material with that code."""
        return next((material for material in self.materials if material.code == code), None)

    def cited(self, path: str) -> tuple[Source, ...]:
        """Return the sources of one element, none where it's illustrative."""
        return tuple(self.sources[key] for key in self.cites.get(path, ()))


def parse(content: Json) -> Rule:
    """Return the rule that a revision's content states.

    :param content: an item file of format `tongban-item/1` with its procedure and the titles of its laws put in
    :raises Broken: if an element is missing or doesn't fit the others
    """
    try:
        rule = _rule(content)
    except (KeyError, TypeError) as error:
        raise Broken(f"{content.get('code', '?')}: {error!r} is missing or has the wrong shape") from error
    _check(rule)
    return rule


def _rule(content: Json) -> Rule:
    limits, result, clock = content["limits"], content["result"], content["clock"]
    where, signed = content["decided_where"], content.get("rules_signed_off") or {}
    procedure = parse_procedure(content["procedure"])
    postage, contact = content.get("postage") or {}, content.get("contact") or {}
    return Rule(
        code=content["code"],
        name=Text.of(content["name"]),
        type=content["type"],
        theme=content["theme"],
        subjects=tuple(content["subjects"]),
        department=Text.of(content["department"]),
        procedure=procedure,
        decided_by=content["decided_by"],
        decided_level=content["decided_level"],
        decided_key=where["key"],
        decided_ask=Text.of(where["ask"]),
        received_where=content["received_where"],
        instant=content["instant"],
        review=content["review"] == "second-person",
        basis=tuple(_basis(basis) for basis in content["basis"]),
        conditions=_texts(content["conditions"]),
        situations=tuple(
            Situation(each["code"], Text.of(each["ask"]), _options(each["answers"]))
            for each in content["situations"]
        ),
        materials=tuple(_material(each) for each in content["materials"]),
        fields=tuple(_field(each) for each in content["fields"]),
        receiving_rules=_texts(content["receiving_rules"]),
        signed_off_by=Text.of(signed.get("by")),
        signed_off_on=signed.get("on", ""),
        steps=tuple(
            Step(each["code"], Text.of(each["name"]), each["by"], each.get("days"))
            for each in content["steps"]
        ),
        statutory=_limit(limits.get("statutory")),
        promised=_limit(limits["promised"]) or Limit(0, "working"),
        notice_days=limits.get("notice") or procedure.notice_days,
        notice_from=clock["notice_from"],
        limit_from=clock["limit_from"],
        result_name=Text.of(result["name"]),
        result_kind=result["kind"],
        deliver=tuple(result["deliver"]),
        validity=Text.of(result.get("validity")),
        postage_payer=postage.get("payer", ""),
        postage=Text.of(postage.get("says")),
        fee=str(content["fee"]["amount_cny"]),
        fee_says=Text.of(content["fee"]["says"]),
        contact=Text.of(contact.get("section")),
        contact_phone=contact.get("phone_illustrative", contact.get("phone", "")),
        copy_sheet=_copy_sheet(content.get("copy_sheet")),
        documents={key: Text.of(value) for key, value in content.get("documents", {}).items()},
        sources={key: _source(key, value) for key, value in content.get("sources", {}).items()},
        cites={key: tuple(value) for key, value in content.get("cites", {}).items()},
    )


def _texts(values: Sequence[Mapping[str, str]]) -> tuple[Text, ...]:
    return tuple(Text.of(value) for value in values)


def _options(values: Sequence[Json]) -> tuple[Option, ...]:
    return tuple(Option(value["code"], Text.of(value["label"])) for value in values)


def _basis(value: Json) -> Basis:
    return Basis(value["law"], value["title"], value.get("article", ""), Text.of(value.get("says")))


def _material(value: Json) -> Material:
    return Material(
        code=value["code"],
        name=Text.of(value["name"]),
        required=value["required"],
        form=value["form"],
        copies=value.get("copies", 0),
        keep=value["keep"],
        standard=Text.of(value["standard"]),
        sample=Text.of(value["sample"]),
        issuer=Text.of(value.get("issuer")),
        when={key: tuple(answers) for key, answers in (value.get("when") or {}).items()},
        fetchable=value["fetchable"],
        promise_allowed=value["promise_allowed"],
        missable=value["missable"],
    )


def _field(value: Json) -> Field:
    return Field(
        value["code"],
        Text.of(value["label"]),
        value["type"],
        value["required"],
        _options(value.get("options") or ()),
    )


def _limit(value: Json | None) -> Limit | None:
    return Limit(value["days"], value["unit"]) if value else None


def _source(key: str, value: Json) -> Source:
    return Source(
        key,
        value["title"],
        value.get("publisher", ""),
        value.get("date", ""),
        value.get("where", ""),
        value["trust"],
    )


def _copy_sheet(value: Json | None) -> CopySheet | None:
    if not value:
        return None
    fields = tuple(CopyField(Text.of(each["label"]), each["from"]) for each in value["fields"])
    return CopySheet(Text.of(value["system"]), fields)


def _check(rule: Rule) -> None:
    """Refuse content whose elements contradict each other."""
    for fault in (_wrong_answer(rule), _catch_all(rule), _without_source(rule), _promise(rule), _twice(rule)):
        if fault:
            raise Broken(f"{rule.code}: {fault}")


def _wrong_answer(rule: Rule) -> str:
    answers = {each.code: {answer.code for answer in each.answers} for each in rule.situations}
    for material in rule.materials:
        for situation, wanted in material.when.items():
            if not set(wanted) <= answers.get(situation, set()):
                return f"{material.code} asks for an answer that {situation} doesn't have"
    return ""


def _catch_all(rule: Rule) -> str:
    """Name a line such as "other materials": what is wanted has to be said (安阳市政务服务条例 Art. 13)."""
    vague = next((material.code for material in rule.materials if CATCH_ALL in material.name.zh), "")
    return f"{vague} is a catch-all; say what is wanted" if vague else ""


def _without_source(rule: Rule) -> str:
    unknown = {key for keys in rule.cites.values() for key in keys} - set(rule.sources)
    return f"cites {sorted(unknown)} without a source" if unknown else ""


def _promise(rule: Rule) -> str:
    """Name a promise that is longer than the law allows (优化营商环境条例 Art. 36)."""
    law, promised = rule.statutory, rule.promised
    if law is None or law.unit != promised.unit or promised.days <= law.days:
        return ""
    return f"promises {promised.days} days where the law gives {law.days}"


def _twice(rule: Rule) -> str:
    codes = [material.code for material in rule.materials]
    return "two materials share a code" if len(set(codes)) != len(codes) else ""

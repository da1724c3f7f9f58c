"""One revision of an item, read from its content into typed values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tongban.catalogue.rules.checks import Fault, check, contradictions, gaps
from tongban.catalogue.rules.elements import (
    Basis,
    Broken,
    CopyField,
    CopySheet,
    Field,
    Limit,
    Material,
    Option,
    Rule,
    Situation,
    Source,
    Step,
)
from tongban.catalogue.rules.procedure import Procedure, parse_procedure
from tongban.lib.texts import Text

Json = Mapping[str, Any]


def parse(content: Json) -> Rule:
    """Return the rule that a revision's content states.

    :param content: an item file of format `tongban-item/1` with its procedure and the titles of its laws put in
    :raises Broken: if an element is missing or doesn't fit the others
    """
    rule = read(content)
    check(rule)
    return rule


def read(content: Json) -> Rule:
    """Return the rule that content states, whatever it contradicts: what a draft shows.

    :raises Broken: if an element is missing
    """
    try:
        return _rule(content)
    except (KeyError, TypeError, AttributeError) as error:
        raise Broken(f"{content.get('code', '?')}: {error!r} is missing or has the wrong shape") from error


def faults(content: Json) -> list[Fault]:
    """Return everything that keeps content from being published."""
    try:
        rule = read(content)
    except Broken as broken:
        return [Fault(broken.code, broken.section, values=(("what", str(broken)),))]
    return [*contradictions(rule), *gaps(rule)]


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
        joint=bool(content.get("joint")),
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
        statutory=_statutory(content, procedure),
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
        presence=_presence(content.get("presence")),
        trips=content.get("trips"),
    )


def _texts(values: Sequence[Mapping[str, str]]) -> tuple[Text, ...]:
    return tuple(Text.of(value) for value in values)


def _options(values: Sequence[Json]) -> tuple[Option, ...]:
    return tuple(Option(value["code"], Text.of(value["label"])) for value in values)


def _basis(value: Json) -> Basis:
    return Basis(value["law"], value["title"], value.get("article", ""), Text.of(value.get("says")))


def _presence(value: Json | None) -> Basis | None:
    """Return what makes somebody come; the title of its law is the one that the bases name."""
    if not value:
        return None
    law, title, article = (value.get(key) or "" for key in ("law", "title", "article"))
    return Basis(law, title, article, Text.of(value.get("says")))


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
        library=value.get("library") or "",
    )


def _field(value: Json) -> Field:
    return Field(
        value["code"],
        Text.of(value["label"]),
        value["type"],
        value["required"],
        _options(value.get("options") or ()),
    )


def _statutory(content: Json, procedure: Procedure) -> Limit | None:
    """Return the law's limit: the item's own or, where it's handled jointly, the procedure's for that."""
    own, joint = _limit(content["limits"].get("statutory")), procedure.joint
    if not content.get("joint"):
        return own
    if joint is None:
        raise Broken(
            f"{content['code']}: its procedure knows no joint handling", "joint-unknown", "procedure"
        )
    if own:
        says = f"{content['code']}: is handled jointly, so its limit is the procedure's, not one of its own"
        raise Broken(says, "joint-limit", "limits")
    return Limit(joint.days, joint.unit)


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
    fields = tuple(CopyField(Text.of(each["label"]), each["from"]) for each in value.get("fields") or ())
    return CopySheet(Text.of(value.get("system")), fields)

"""What makes a rule contradict itself, and what it lacks before it can be published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tongban.catalogue.rules import deciding
from tongban.catalogue.rules.elements import Broken, Rule
from tongban.lib.texts import Text

_VAGUE = re.compile(
    r"其[他它](?:有关|相关|需要|需|所需|必要|应当|法定)*(?:提交|提供)?的?(?:申请)?(?:材料|证明|文件|资料)"
    r"|法律法规规定的其[他它]|等(?:有关|相关)?材料$"
    r"|\bother\s+(?:relevant\s+|necessary\s+|required\s+|supporting\s+)*(?:materials?|documents?|papers?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a code that the door words, the section and element that it's in, and plain values."""

    code: str
    section: str
    element: str = ""
    values: tuple[tuple[str, object], ...] = ()
    says: str = ""


def check(rule: Rule) -> None:
    """Refuse content whose elements contradict each other.

    :raises Broken: names the first contradiction
    """
    for fault in contradictions(rule):
        raise Broken(f"{rule.code}: {fault.says}")


def is_vague(words: str) -> bool:
    """Return whether a line says "other materials" and the like, not what is wanted (安阳市政务服务条例 Art. 13)."""
    return bool(_VAGUE.search(words))


def contradictions(rule: Rule) -> Iterator[Fault]:
    """Yield what no revision may ever say."""
    for find in (_wrong_answer, _catch_all, _without_source, _promise, _twice, _presence):
        yield from find(rule)


def _wrong_answer(rule: Rule) -> Iterator[Fault]:
    answers = {each.code: {answer.code for answer in each.answers} for each in rule.situations}
    for material in rule.materials:
        for situation, wanted in material.when.items():
            if not set(wanted) <= answers.get(situation, set()):
                says = f"{material.code} asks for an answer that {situation} doesn't have"
                yield Fault("when", "materials", material.code, (("situation", situation),), says)


def _catch_all(rule: Rule) -> Iterator[Fault]:
    for material in rule.materials:
        if is_vague(material.name.zh) or is_vague(material.name.en):
            yield Fault(
                "catch-all",
                "materials",
                material.code,
                (),
                f"{material.code} is a catch-all; say what is wanted",
            )


def _without_source(rule: Rule) -> Iterator[Fault]:
    unknown = sorted({key for keys in rule.cites.values() for key in keys} - set(rule.sources))
    if unknown:
        yield Fault(
            "source", "sources", "", (("keys", ", ".join(unknown)),), f"cites {unknown} without a source"
        )


def _promise(rule: Rule) -> Iterator[Fault]:
    """Yield a promise that is longer than the law allows (优化营商环境条例 Art. 36)."""
    law, promised = rule.statutory, rule.promised
    if law is not None and law.unit == promised.unit and promised.days > law.days:
        says = f"promises {promised.days} days where the law gives {law.days}"
        yield Fault("promise", "limits", "", (("promised", promised.days), ("law", law.days)), says)


def _twice(rule: Rule) -> Iterator[Fault]:
    kinds = (
        ("materials", "two materials share a code", rule.materials),
        ("fields", "two fields share a code", rule.fields),
        ("steps", "two steps share a code", rule.steps),
        ("situations", "two situations share a code", rule.situations),
    )
    for section, says, elements in kinds:
        codes = [each.code for each in elements]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            yield Fault("twice", section, code, (), says)


def _presence(rule: Rule) -> Iterator[Fault]:
    """Yield a demand to come in person that says neither article nor what the law says there."""
    law = rule.presence
    if law is not None and not (law.law and law.title and law.article and law.says):
        yield Fault("presence", "presence", "", (), "demands presence without citing the law's article")


def gaps(rule: Rule) -> Iterator[Fault]:
    """Yield what a rule lacks before people can be served by it: a draft may, a published revision may not."""
    needed: dict[str, object] = {
        "subjects": rule.subjects,
        "deciding": rule.decided_by and rule.decided_key and rule.decided_ask,
        "basis": rule.basis,
        "conditions": rule.conditions,
        "materials": rule.materials,
        "steps": rule.steps,
        "receiving": rule.receiving_rules,
        "fee": rule.fee_says,
        "result": rule.result_name and rule.deliver,
        "limits": rule.promised.days or rule.instant,
    }
    yield from (Fault("nothing", section) for section, value in needed.items() if not value)
    for material in rule.materials:
        if not (material.name and material.standard and material.sample):
            yield Fault("unsaid", "materials", material.code)
    for field in rule.fields:
        if field.kind == "choice" and not field.options:
            yield Fault("no-options", "fields", field.code)
    for situation in rule.situations:
        if len(situation.answers) < 2:
            yield Fault("no-options", "situations", situation.code)
    yield from _procedure(rule)
    yield from _copy_sheet(rule)
    yield from _one_language(rule)


def _procedure(rule: Rule) -> Iterator[Fault]:
    """Yield a procedure that doesn't apply to an item of this type, or with this basis in law."""
    if why := deciding.misfit(rule.procedure.code, rule.type, (each.law for each in rule.basis)):
        yield Fault(f"procedure-{why}", "procedure", "", (("name", rule.procedure.name),))


def _copy_sheet(rule: Rule) -> Iterator[Fault]:
    """Yield what a copy sheet lacks: its system, a field's label or source, a form field that is gone."""
    sheet = rule.copy_sheet
    if sheet is None:
        return
    if not (sheet.system and sheet.fields):
        yield Fault("copy-sheet", "copy_sheet")
    known = {*deciding.CASE_SOURCES, *(f"field:{each.code}" for each in rule.fields)}
    for place, each in enumerate(sheet.fields, start=1):
        if not (each.label and each.source in known):
            yield Fault("copy-field", "copy_sheet", "", (("row", place), ("label", each.label or "—")))


def _one_language(rule: Rule) -> Iterator[Fault]:
    """Yield what is said in one language only."""
    said: list[tuple[str, str, Text]] = [
        *(("materials", each.code, text) for each in rule.materials for text in (each.name, each.standard)),
        *(("fields", each.code, each.label) for each in rule.fields),
        *(("steps", each.code, each.name) for each in rule.steps),
        *(("situations", each.code, each.ask) for each in rule.situations),
        *(
            ("copy_sheet", each.label.zh, each.label)
            for each in (rule.copy_sheet.fields if rule.copy_sheet else ())
        ),
        *(("conditions", str(place), text) for place, text in enumerate(rule.conditions, start=1)),
    ]
    for section, element in dict.fromkeys(
        (section, element) for section, element, text in said if not text.en
    ):
        yield Fault("one-language", section, element)

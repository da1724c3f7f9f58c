"""What was typed, put into a draft: names of fields are those that a refusal names, such as `applicant.number`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tongban.cases.rules import intake
from tongban.cases.rules.applicant import AUTHORITIES, NUMBERS, party
from tongban.cases.rules.enclosures import How, open_ways
from tongban.catalogue.rules import Rule, asked
from tongban.lib.refusals import Invalid
from tongban.lib.words import clean

Data = dict[str, Any]

PARTY = ("name", "number_kind", "number", "phone", "address")
_KIND_OF = {"person": "resident", "company": "credit-code"}
_LIMITS = {"wish.address": 300, "wish.window": 70, "place": 12}


def put(kept: Mapping[str, Any], typed: Mapping[str, str], rule: Rule) -> tuple[Data, dict[str, Invalid]]:
    """Return the draft with what was typed in it, and what could not be put there, by field.

    Names that the item doesn't have are passed over, so a page of an older revision does no harm.
    """
    data, wrong = dict(kept), {}
    for name, text in typed.items():
        section, _, rest = name.partition(".")
        keep = _SECTIONS.get(section)
        if keep is None:
            continue
        try:
            keep(data, rest, text, rule)
        except Invalid as invalid:
            wrong[name] = invalid
    return _follow(kept, data), wrong


def _follow(before: Mapping[str, Any], data: Data) -> Data:
    """Let the post go to the applicant's address unless another one was typed."""
    wish, old = data.get("wish", {}), before.get("applicant", {}).get("address", "")
    if wish.get("address", "") in {"", old}:
        data["wish"] = {**wish, "address": data.get("applicant", {}).get("address", "")}
    return data


def seen(kept: Mapping[str, Any], rule: Rule) -> Data:
    """Return the draft with every material that nothing was said about marked as seen in the original."""
    enclosed = dict(kept.get("enclosed", {}))
    for material in asked(rule, kept.get("answers", {})):
        if not (enclosed.get(material.code) or {}).get("how"):
            enclosed[material.code] = {**enclosed.get(material.code, {}), "how": str(How.SEEN)}
    return {**kept, "enclosed": enclosed}


def _into(data: Data, section: str, name: str, value: str) -> None:
    data[section] = {**(data.get(section) or {}), name: value}


def _subject(data: Data, _name: str, text: str, rule: Rule) -> None:
    if text in rule.subjects and text != data.get("subject"):
        data["subject"] = text
        _into(data, "applicant", "number_kind", _KIND_OF[text])


def _place(data: Data, _name: str, text: str, _rule: Rule) -> None:
    data["place"] = clean(text, field="place", limit=_LIMITS["place"])


def _answers(data: Data, name: str, text: str, rule: Rule) -> None:
    for situation in rule.situations:
        if situation.code == name and text in {answer.code for answer in situation.answers}:
            _into(data, "answers", name, text)


def _applicant(data: Data, name: str, text: str, _rule: Rule) -> None:
    _person(data, "applicant", name, text)


def _agent(data: Data, name: str, text: str, _rule: Rule) -> None:
    if name == "authority":
        _into(data, "agent", name, text if text in AUTHORITIES else "")
    else:
        _person(data, "agent", name, text)
    agent = data.get("agent") or {}
    if not any(agent.get(each) for each in ("name", "number", "phone", "authority")):
        data["agent"] = None


def _person(data: Data, section: str, name: str, text: str) -> None:
    if name not in PARTY or (name == "number_kind" and text not in NUMBERS):
        return
    value = getattr(party({name: text}, section, lenient=True), name)
    _into(data, section, name, value)


def _fields(data: Data, name: str, text: str, rule: Rule) -> None:
    for field in rule.fields:
        if field.code == name:
            _into(data, "fields", name, intake.value(field, text, lenient=True))


def _enclosed(data: Data, name: str, text: str, rule: Rule) -> None:
    code, _, rest = name.partition(".")
    material = rule.material(code)
    if material is None:
        return
    each = dict((data.get("enclosed") or {}).get(code) or {})
    if rest == "reason":
        each["reason"] = clean(text, field=f"enclosed.{name}", limit=intake.TEXT_LIMIT)
    elif not rest and text in open_ways(material):
        each["how"] = text
    data["enclosed"] = {**data.get("enclosed", {}), code: each}


def _wish(data: Data, name: str, text: str, rule: Rule) -> None:
    if name in {"address", "window"}:
        field = f"wish.{name}"
        _into(data, "wish", name, clean(text, field=field, limit=_LIMITS[field]))
    elif name == "way" and text in rule.deliver:
        _into(data, "wish", name, text)


_SECTIONS: dict[str, Callable[[Data, str, str, Rule], None]] = {
    "subject": _subject,
    "place": _place,
    "answers": _answers,
    "applicant": _applicant,
    "agent": _agent,
    "fields": _fields,
    "enclosed": _enclosed,
    "wish": _wish,
}

"""Everything that keeps a draft from being received, found by asking the rule again with each fault taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tongban.cases.rules import intake
from tongban.catalogue.rules import Rule
from tongban.lib.refusals import Invalid

# What stands in for a wrong answer while the ones after it are looked at; never kept.
_NUMBERS = {"resident": "360121180001010017", "credit-code": "91360000MA0000000K"}
_STAND_INS = {"name": "-", "phone": "0000000", "number": "0000", "address": "-", "authority": "letter"}


def lacking(data: Mapping[str, Any], rule: Rule) -> dict[str, Invalid]:
    """Return what is missing or wrong by field; empty if it can be received."""
    found: dict[str, Invalid] = {}
    while True:
        try:
            intake.read(data, rule)
        except Invalid as invalid:
            if invalid.field in found:
                return found
            found[invalid.field] = invalid
            data, rule = _without(invalid.field, dict(data), rule)
        else:
            return found


def _without(field: str, data: dict[str, Any], rule: Rule) -> tuple[dict[str, Any], Rule]:
    """Return the draft and the rule with one fault taken out."""
    section, _, name = field.partition(".")
    match section:
        case "subject":
            data["subject"] = rule.subjects[0]
        case "place":
            data["place"] = "-"
        case "answers":
            rule = replace(rule, situations=tuple(each for each in rule.situations if each.code != name))
        case "applicant" | "agent":
            data[section] = _right(dict(data.get(section) or {}), name, data["subject"])
        case "fields":
            rule = replace(rule, fields=tuple(each for each in rule.fields if each.code != name))
        case "enclosed":
            rule = replace(rule, materials=tuple(each for each in rule.materials if each.code != name))
        case "wish":
            data["wish"] = {"way": rule.deliver[0], "address": "-"}
    return data, rule


def _right(party: dict[str, str], name: str, subject: str) -> dict[str, str]:
    if name == "number_kind":
        party["number_kind"] = "credit-code" if subject == "company" else "resident"
        name = "number"
    kind = party.get("number_kind") or "resident"
    return {**party, name: _NUMBERS.get(kind, "0000") if name == "number" else _STAND_INS.get(name, "-")}

"""What a window takes down, read from a draft: leniently while it's being written, strictly when it's received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongban.cases.rules.applicant import Party, party
from tongban.cases.rules.enclosures import Enclosed, How, open_ways, unanswered
from tongban.catalogue.rules import Answers, Field, Rule, asked
from tongban.lib.refusals import Invalid
from tongban.lib.words import clean

WAYS = ("post", "window", "electronic")
TEXT_LIMIT = 500
BY_ANOTHER = frozenset({"agent", "guardian"})
"""Answers, in the data of all items, by which somebody acts for the applicant."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How the applicant wants the result: the address for the post, the window's code for collecting it."""

    way: str
    address: str = ""
    window: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that is received, checked as far as it can be without a database."""

    subject: str
    place: str
    answers: Answers
    applicant: Party
    agent: Party | None
    fields: Mapping[str, str]
    enclosed: tuple[Enclosed, ...]
    wish: Wish


def read(data: Mapping[str, Any], rule: Rule) -> Application:
    """Return the application that a draft holds.

    :raises Invalid: names the first field that is missing or wrong
    """
    if data.get("subject") not in rule.subjects:
        raise Invalid("draft.subject", field="subject")
    if not data.get("place"):
        raise Invalid("draft.place", field="place")
    answers = data.get("answers", {})
    for code in unanswered(rule, answers):
        raise Invalid("draft.situation", field=f"answers.{code}")
    agent = data.get("agent")
    applicant = party(data.get("applicant", {}))
    if (applicant.number_kind == "credit-code") is not (data["subject"] == "company"):
        raise Invalid("draft.number-of-other-subject", field="applicant.number_kind")
    return Application(
        subject=data["subject"],
        place=data["place"],
        answers={situation.code: answers[situation.code] for situation in rule.situations},
        applicant=applicant,
        agent=party(agent or {}, "agent") if agent or acts_for(answers) else None,
        fields={
            field.code: value(field, data.get("fields", {}).get(field.code, "")) for field in rule.fields
        },
        enclosed=_enclosed(data.get("enclosed", {}), rule, answers),
        wish=_wish(data.get("wish", {}), rule),
    )


def acts_for(answers: Answers) -> bool:
    """Return whether by the answers somebody else came: who that is, and by what authority, is taken down."""
    return not BY_ANOTHER.isdisjoint(answers.values())


def value(field: Field, typed: str, *, lenient: bool = False) -> str:
    """Return what was typed into a field of the item.

    :raises Invalid: if it's required and empty, or isn't one of the answers
    """
    said = clean(typed, field=f"fields.{field.code}", limit=TEXT_LIMIT)
    if lenient:
        return said
    if field.required and not said:
        raise Invalid("draft.field", field=f"fields.{field.code}")
    if said and field.options and said not in {option.code for option in field.options}:
        raise Invalid("draft.option", field=f"fields.{field.code}")
    return said


def _enclosed(kept: Mapping[str, Any], rule: Rule, answers: Answers) -> tuple[Enclosed, ...]:
    """Return what was done about each material asked for; nothing may be left open."""
    found = []
    for material in asked(rule, answers):
        each = kept.get(material.code) or {}
        field = f"enclosed.{material.code}"
        if not each.get("how"):
            if material.required:
                raise Invalid("draft.material", field=field)
            continue
        how = How(each["how"])
        if how not in open_ways(material):
            raise Invalid("draft.way-not-open", field=field)
        reason = clean(each.get("reason", ""), field=field, limit=TEXT_LIMIT)
        if how is How.MISSING and material.required and not reason:
            raise Invalid("draft.missing-reason", field=field)
        if how is How.HANDED_IN and not each.get("pages"):
            raise Invalid("draft.no-pages", field=field)
        found.append(Enclosed(material.code, how, tuple(each.get("pages", ())), reason))
    return tuple(found)


def _wish(kept: Mapping[str, str], rule: Rule) -> Wish:
    way = kept.get("way", "")
    if way not in rule.deliver:
        raise Invalid("draft.delivery", field="wish.way")
    address = clean(kept.get("address", ""), field="wish.address", limit=300)
    if way == "post" and not address:
        raise Invalid("draft.address", field="wish.address")
    return Wish(way, address if way == "post" else "", kept.get("window", "") if way == "window" else "")

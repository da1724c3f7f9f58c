"""One question: this item, this person's place, this place of power: where and how, nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tongban.catalogue import queries as catalogue
from tongban.catalogue.rules import Rule
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text
from tongban.lists.queries import places as ours
from tongban.lists.queries import standing
from tongban.lists.rules import where as rules
from tongban.lists.rules.answer import answer
from tongban.places import queries as places
from tongban.places.rules import Directory, Level, Office

ELSEWHERE = "elsewhere"
"""Stands for any place of another province of which nothing more is said."""


@dataclass(frozen=True, slots=True)
class Where:
    """The answer, and of what: the item, its rule where that is known, and the body that decides."""

    item: str
    name: Text
    here: str
    power: str
    answer: rules.Answer
    decider: Office | None
    revision: str


def where(item: str, here: str, power: str, on: date) -> Where:
    """Return the ways in which somebody at `here` gets done what is decided at `power` on a day, nearest first.

    :param here: a region's code; of another province the code of an agreement's party, or `elsewhere`
    :param power: the same, of the place whose papers are wanted; a county of a city that decides will do
    :raises Missing: if there is no such item
    """
    name = catalogue.item_names({item}).get(item)
    if name is None:
        raise Missing
    version = places.directory_version()
    directory = places.directory(version)
    rule = _rule(item, on)
    office = _decider(directory, rule, power)
    seat = office.region if office else power
    facts = _facts(item, on, rule[1] if rule else None, seat, version)
    return Where(item, name, here, seat, answer(facts, here, seat), office, rule[0] if rule else "")


def _rule(item: str, on: date) -> tuple[str, Rule] | None:
    try:
        found = catalogue.in_force(item, on)
    except Missing:
        return None
    return found.key, found.rule


def _decider(directory: Directory, rule: tuple[str, Rule] | None, power: str) -> Office | None:
    if rule is None or power not in directory.places:
        return None
    return directory.body_for(rule[1].decided_by, rule[1].decided_level, power)


def _facts(item: str, on: date, said: Rule | None, seat: str, version: int) -> rules.Facts:
    return rules.Facts(
        directory=places.directory(version),
        spots=ours.spots(version),
        level=said.decided_level if said else Level.COUNTY,
        decider=seat,
        procedure=said.procedure.code if said else "",
        presence=presence(said),
        listed=standing.listed(item, on),
        pacts=ours.pacts(item, on),
        policies=ours.policies(on),
        proved=ours.proved(item, on),
    )


def presence(rule: Rule | None) -> rules.Presence | None:
    """Return the law by which an item demands that somebody comes, if its rule cites one."""
    if rule is None or rule.presence is None:
        return None
    law = rule.presence
    return rules.Presence(law.title, law.article, law.says)

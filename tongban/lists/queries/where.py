"""One question: this item, this person's place, this place of power: where and how, nearest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Searchable
from tongban.catalogue.rules import Rule, Standing
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text
from tongban.lists.queries import places as ours
from tongban.lists.queries import standing
from tongban.lists.rules import where as rules
from tongban.lists.rules.answer import answer
from tongban.places import queries as places
from tongban.places.rules import Directory, Kind, Level, Office

ELSEWHERE = "elsewhere"
"""Stands for any place of another province of which nothing more is said."""
_SOME_LAW = rules.Presence("", "", Text(""))


@dataclass(frozen=True, slots=True)
class Where:
    """The answer, and of what: the item, its rule where that is known, and the body that decides.

    :param standing: whether it can be applied for; no way is offered where it can't
    """

    item: str
    name: Text
    here: str
    power: str
    answer: rules.Answer
    decider: Office | None
    revision: str
    standing: Standing
    successors: tuple[tuple[str, Text], ...] = ()
    """What to apply for instead of an item that has ended."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Which items a hall of a place takes in, and which can't be done from there in any way; by their codes."""

    halls: frozenset[str]
    closed: frozenset[str]


def where(item: str, here: str, power: str, on: date) -> Where:
    """Return the ways in which somebody at `here` gets done what is decided at `power` on a day, nearest first.

    :param here: a region's code; of another province the code of an agreement's party, or `elsewhere`
    :param power: the same, of the place whose papers are wanted; a county of a city that decides will do
    :raises Missing: if there is no such item
    """
    known = catalogue.named([item], on).get(item)
    if known is None:
        raise Missing
    name, stands = known
    version = places.directory_version()
    directory = places.directory(version)
    rule = _rule(item, on)
    instead = tuple(catalogue.successors(item)) if stands.state == "ended" else ()
    office = _decider(directory, rule, power)
    seat = office.region if office else power
    if stands.is_open:
        found = answer(_facts(item, on, rule[1] if rule else None, seat, version), here, seat)
    else:
        found = _nowhere(stands)
    revision = rule[0] if rule else ""
    return Where(item, name, here, seat, found, office, revision, stands, instead)


def _nowhere(stands: Standing) -> rules.Answer:
    """Return the answer for an item that can't be applied for: no way, and why."""
    barred = rules.Barred("any", f"item.{stands.state}", stands.because)
    return rules.Answer(ways=(), barred=(barred,), go_to=(), go_to_name=Text(""))


def reach(items: Iterable[Searchable], here: str, on: date) -> Reach:
    """Return what somebody at a place can get done there on a day whose papers are in another city of the province.

    It's the same question for every item, with as many statements for many as for one. Where in the province the
    papers are makes no difference beyond the place's own city; any other one stands for all.

    :param here: a region's code; a county's people go to the halls of their city, too
    """
    version = places.directory_version()
    directory = places.directory(version)
    power = _elsewhere(directory, here)
    if not power:
        return Reach(frozenset(), frozenset())
    facts = rules.Facts(directory, ours.spots(version), Level.COUNTY, policies=ours.policies(on))
    listed = standing.listed_items(on)
    answers: dict[tuple[object, ...], tuple[bool, bool]] = {}
    halls, closed = set(), set()
    for each in items:
        office = directory.body_for(each.decided_by, each.decided_level, power)
        seat, level = office.region if office else power, each.decided_level or Level.COUNTY
        stands = tuple(listed.get(each.found.code, ()))
        key = seat, level, stands, each.procedure, each.presence
        if key not in answers:
            demanded = _SOME_LAW if each.presence else None
            same = replace(
                facts,
                level=level,
                decider=seat,
                procedure=each.procedure,
                presence=demanded,
                listed=stands,
            )
            found = answer(same, here, seat)
            answers[key] = _at_a_hall(found, directory, here), found.here
        at_hall, anyhow = answers[key]
        if each.found.stopped:
            continue
        if at_hall:
            halls.add(each.found.code)
        if not anyhow:
            closed.add(each.found.code)
    return Reach(frozenset(halls), frozenset(closed))


def _elsewhere(directory: Directory, here: str) -> str:
    """Return a county of another city than the place's, if there is one."""
    city = _city(directory, here)
    counties = (
        place.code
        for place in directory.places.values()
        if (place.level, place.kind) == (Level.COUNTY, Kind.GB) and not place.ended
    )
    return next((code for code in sorted(counties) if _city(directory, code) != city), "")


def _city(directory: Directory, code: str) -> str:
    return next((place.code for place in directory.line(code) if place.level == Level.CITY), code)


def _at_a_hall(found: rules.Answer, directory: Directory, here: str) -> bool:
    city = _city(directory, here)
    return any(
        way.spot is not None
        and way.scope != "there"
        and city in {place.code for place in directory.line(way.spot.region)}
        for way in found.ways
    )


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

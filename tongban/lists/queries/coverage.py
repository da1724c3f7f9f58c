"""Coverage: of all items, in how many counties can each be handled, and how; and who demands presence without a law."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tongban.catalogue import queries as catalogue
from tongban.catalogue.rules import Rule
from tongban.lib.texts import Text
from tongban.lists.queries import places as ours
from tongban.lists.queries.standing import listed_items
from tongban.lists.rules.where import Listed, Policy
from tongban.lists.rules.words import IN_PERSON, WITHIN_CITY, Mode, Scope
from tongban.places import queries as places
from tongban.places.rules import Directory, Kind, Level

ALL = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """How many pairs of item and county a scope serves, of all there are."""

    scope: str
    served: int
    of: int
    items: int
    counties: int
    illustrative: bool = False

    @property
    def share(self) -> int:
        """The share in hundredths, never rounded up to all of them."""
        return self.served * 100 // self.of if self.of else 0


@dataclass(frozen=True, slots=True)
class Unopened:
    """An item that isn't open online, and by which law, if by any."""

    code: str
    name: Text
    law: str
    says: Text


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figure: all items by all counties, scope by scope; and what isn't online."""

    rows: list[Row]
    items: int
    counties: int
    without_law: list[Unopened]
    by_law: list[Unopened]


def coverage(day: date) -> Coverage:
    """Return of all items and counties how many are served by each scope on a day."""
    found = catalogue.search("", day, limit=ALL)
    version = places.directory_version()
    rules = {each.code: catalogue.edition(each.revision).rule for each in found if each.revision}
    levels = Counter(_level(rules.get(each.code)) for each in found)
    standing = listed_items(day)
    counties = _counties(places.directory(version))
    halls = _served(places.directory(version), set(ours.spots(version)), counties)
    of = len(found) * len(counties)
    rows = [_by_policy(scope, ours.policies(day), levels, halls[scope], of) for scope in WITHIN_CITY]
    rows += [_by_list(reach, standing, len(counties), of) for reach in (Scope.PROVINCE, Scope.NATIONWIDE)]
    rows.append(_online(standing, rules, len(counties), of))
    closed = [each for each in found if not _is_online(standing.get(each.code, []), rules.get(each.code))]
    told = [_unopened(each.code, each.name, rules.get(each.code)) for each in closed]
    return Coverage(
        rows,
        len(found),
        len(counties),
        without_law=[each for each in told if not each.law],
        by_law=[each for each in told if each.law],
    )


def _level(rule: Rule | None) -> str:
    """Return at which level an item is decided; of one known by its name only, where most are."""
    return rule.decided_level if rule else Level.COUNTY


def _counties(directory: Directory) -> list[str]:
    places_ = directory.places.values()
    return [
        place.code
        for place in places_
        if place.level == Level.COUNTY and place.kind == Kind.GB and not place.ended
    ]


def _served(directory: Directory, halls: set[str], counties: list[str]) -> dict[Scope, int]:
    """Return in how many counties a scope finds a hall: one's own, a further point of the city, a neighbour's."""
    parents = {code: directory.region(code).parent for code in counties}
    zones = {
        place.parent for place in directory.places.values() if place.kind == Kind.ZONE and place.code in halls
    }
    with_hall = Counter(parents[code] for code in counties if code in halls)
    return {
        Scope.NEARBY: sum(code in halls for code in counties),
        Scope.SEVERAL_POINTS: sum(parents[code] in halls | zones for code in counties),
        Scope.SAME_CITY: sum(with_hall[parents[code]] - (code in halls) > 0 for code in counties),
    }


def _by_policy(
    scope: Scope, policies: tuple[Policy, ...], levels: Counter[str], counties: int, of: int
) -> Row:
    rest_on = [policy for policy in policies if policy.scope == scope]
    open_levels = {policy.level for policy in rest_on}
    items = sum(count for level, count in levels.items() if level in open_levels)
    made_up = any(policy.illustrative for policy in rest_on)
    return Row(scope, items * counties, of, items, counties, made_up)


def _by_list(reach: Scope, standing: dict[str, list[Listed]], counties: int, of: int) -> Row:
    items = sum(
        any(each.reach == reach and IN_PERSON & set(each.modes) for each in lists)
        for lists in standing.values()
    )
    return Row(reach, items * counties, of, items, counties)


def _online(standing: dict[str, list[Listed]], rules: dict[str, Rule], counties: int, of: int) -> Row:
    items = sum(_is_online(lists, rules.get(code)) for code, lists in standing.items())
    return Row(Mode.ONLINE, items * counties, of, items, counties)


def _is_online(lists: list[Listed], rule: Rule | None) -> bool:
    demanded = rule is not None and rule.presence is not None
    return not demanded and any(Mode.ONLINE in each.modes for each in lists)


def _unopened(code: str, name: Text, rule: Rule | None) -> Unopened:
    law = rule.presence if rule else None
    return Unopened(code, name, f"《{law.title}》{law.article}" if law else "", law.says if law else Text(""))

"""Where and how an item can be handled: one question, answered from facts that a query has loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tongban.lists.rules.asked import Asked
from tongban.lists.rules.where import Answer, Barred, Facts, Listed, Pact, Policy, Reason, Spot, Way
from tongban.lists.rules.words import IN_PERSON, PACTS, Direction, Mode, Scope
from tongban.places.rules import Kind, Level

MOST = 10
"""How many halls of other cities are named; further ones are only counted."""


def answer(facts: Facts, here: str, power: str) -> Answer:
    """Return the ways in which somebody at `here` gets done what is decided at `power`, nearest first.

    :param here: a region of the directory, or the code of a place outside it
    :param power: the same, of the place that decides
    """
    asked = Asked(facts, here, power)
    ways = [*_online(asked), *_windows(asked), *_post(asked), *_there(asked)]
    ways.sort(key=lambda way: (way.rank, way.spot.code if way.spot else ""))
    far = [way for way in ways if ELSEWHERE <= way.rank < RANKS["post"]]
    left_out = {way.spot for way in far[MOST:]}
    return Answer(
        ways=tuple(
            way for way in ways if way.spot is None or way.spot not in left_out or way.scope == "there"
        ),
        barred=tuple(_barred(asked, ways)),
        go_to=_halls_of_power(asked),
        go_to_name=asked.name_of(power),
        more=len(left_out),
    )


RANKS = {"online": 0, "post": 60, "there": 90}
"""Ranks of what isn't a hall away from the place of power; those lie between, see `_rank`."""

ELSEWHERE = 40
"""From this rank on a hall lies in another city."""


def _windows(asked: Asked) -> Iterator[Way]:
    """Yield the halls at which it can be done away from the place of power."""
    if asked.ours and asked.we_decide:
        yield from _within(asked)
    elif asked.ours:
        yield from _received_for_others(asked)
    elif asked.we_decide:
        yield from _received_by_others(asked)


def _online(asked: Asked) -> Iterator[Way]:
    if asked.facts.presence:
        return
    for listed in _lists(asked, crossing=not (asked.ours and asked.we_decide)):
        if Mode.ONLINE in listed.modes:
            yield Way(Mode.ONLINE, listed.reach, RANKS["online"], _listed(listed))
            return


def _lists(asked: Asked, *, crossing: bool) -> list[Listed]:
    """Return the standings that reach as far as is needed, the nearer list first."""
    wanted = [each for each in asked.facts.listed if not crossing or each.reach == Scope.NATIONWIDE]
    return sorted(wanted, key=lambda each: each.reach != Scope.PROVINCE)


def _listed(listed: Listed) -> Reason:
    return Reason("list", listed.list, listed.name, listed.since, listed.until)


def _within(asked: Asked) -> Iterator[Way]:
    """Both places are ours: the scopes that hold for all items, or the list beyond the city."""
    reach = _shares_city(asked)
    listed = next((each for each in _lists(asked, crossing=False) if _by_hand(each)), None)
    for spot, rank in _near(asked):
        if spot.region == asked.power:
            continue
        scope = _scope(asked, spot)
        policy = _policy(asked, scope) if reach and rank < ELSEWHERE else None
        if policy:
            way = Way(Mode.COUNTER, scope, rank, _policy_reason(policy))
        elif listed:
            way = Way(_first_by_hand(listed), Scope.PROVINCE, rank, _listed(listed))
        else:
            continue
        yield _at_hall(asked, way, spot)


def _shares_city(asked: Asked) -> bool:
    """Return whether both places lie in one city, or the province itself decides."""
    same = asked.city(asked.here) == asked.city(asked.power)
    return same or asked.facts.directory.region(asked.power).level == Level.PROVINCE


def _scope(asked: Asked, spot: Spot) -> Scope:
    """Return what a hall of the person's city is to them."""
    if spot.region in asked.home:
        return Scope.NEARBY
    place = asked.facts.directory.region(spot.region)
    points = place.kind == Kind.ZONE or place.level != Level.COUNTY
    return Scope.SEVERAL_POINTS if points else Scope.SAME_CITY


def _policy(asked: Asked, scope: str) -> Policy | None:
    found = (each for each in asked.facts.policies if (each.scope, each.level) == (scope, asked.facts.level))
    return next(found, None)


def _policy_reason(policy: Policy) -> Reason:
    return Reason(
        "scope", policy.scope, policy.name, policy.since, policy.until, policy.basis, policy.illustrative
    )


def _by_hand(listed: Listed) -> bool:
    return bool(IN_PERSON & set(listed.modes))


def _first_by_hand(listed: Listed) -> str:
    return next(mode for mode in listed.modes if mode in IN_PERSON)


def _at_hall(asked: Asked, way: Way, spot: Spot) -> Way:
    pair = spot.region, asked.facts.decider
    proved = pair in asked.facts.proved if asked.facts.decider else None
    return replace(way, spot=spot, place=asked.name_of(spot.region), proved=proved)


def _near(asked: Asked) -> Iterator[tuple[Spot, int]]:
    """Yield the halls with their rank: of the person's county, its neighbours, the city itself; then other cities'."""
    city = asked.city(asked.here)
    for region, spots in asked.facts.spots.items():
        rank = _rank(asked, region, city)
        for spot in spots:
            yield spot, rank


def _rank(asked: Asked, region: str, city: str) -> int:
    """Return how far a hall is: 10 here, 20 next door, 30 the city's, 40 and 50 elsewhere.

    There are no distances in the data: what belongs together counts as near.
    """
    if region in asked.home:
        return 10
    if region == city:
        return 30
    if asked.city(region) == city:
        return 20
    return ELSEWHERE + (0 if asked.facts.directory.region(region).level == Level.CITY else 10)


def _received_for_others(asked: Asked) -> Iterator[Way]:
    """The power lies outside: our windows receive for it, by the list or by an agreement."""
    listed = _crossing(asked, Direction.IN)
    pact = _pact(asked, asked.here, asked.power, Direction.IN)
    if not listed and not pact:
        return
    for spot, rank in _near(asked):
        if rank >= ELSEWHERE:
            continue
        if pact:
            way = Way(Mode.COUNTER, pact.scope, rank, _pact_reason(pact), pact=pact)
        elif listed:
            way = Way(_first_by_hand(listed), Scope.NATIONWIDE, rank, _listed(listed))
        else:
            continue
        yield _at_hall(asked, way, spot)


def _received_by_others(asked: Asked) -> Iterator[Way]:
    """The person is outside: a window there receives for us, by the list or by an agreement."""
    listed = _crossing(asked, Direction.OUT)
    if pact := _pact(asked, asked.power, asked.here, Direction.OUT):
        reason = _pact_reason(pact)
        yield Way(Mode.COUNTER, pact.scope, 10, reason, None, pact.their_name, False, pact)
    elif listed:
        mode = _first_by_hand(listed)
        yield Way(mode, Scope.NATIONWIDE, 20, _listed(listed), None, asked.name_of(asked.here), False)


def _crossing(asked: Asked, direction: Direction) -> Listed | None:
    found = (
        each
        for each in _lists(asked, crossing=True)
        if _by_hand(each) and Direction(each.direction).allows(direction)
    )
    return next(found, None)


def _pact(asked: Asked, ours: str, theirs: str, direction: Direction) -> Pact | None:
    """Return the agreement that joins both places in this direction, the narrower one first."""
    near, far = asked.above(ours), asked.above(theirs)
    found = [
        pact
        for pact in asked.facts.pacts
        if pact.ours in near and pact.theirs in far and Direction(pact.direction).allows(direction)
    ]
    return min(found, key=lambda pact: PACTS.index(Scope(pact.scope)), default=None)


def _pact_reason(pact: Pact) -> Reason:
    return Reason("agreement", pact.code, pact.name, pact.since, pact.until)


def _post(asked: Asked) -> Iterator[Way]:
    """By letter, where a law says that an application may come so."""
    if not asked.we_decide or asked.facts.presence:
        return
    for policy in asked.facts.policies:
        if policy.scope == Scope.POST and policy.procedure == asked.facts.procedure:
            place = asked.name_of(asked.power)
            yield Way("post", Scope.POST, RANKS["post"], _policy_reason(policy), None, place)
            return


def _halls_of_power(asked: Asked) -> tuple[Spot, ...]:
    """Return the halls where the power lies: of the place itself, else of what it belongs to."""
    if not asked.we_decide:
        return ()
    for place in asked.facts.directory.line(asked.power):
        if found := asked.facts.spots.get(place.code):
            return tuple(found)
    return ()


def _there(asked: Asked) -> Iterator[Way]:
    """At the place of power itself: always possible."""
    name = asked.name_of(asked.power)
    rank = 10 if asked.power == asked.here else RANKS["there"]
    reason = Reason("power", asked.facts.decider, name)
    for spot in _halls_of_power(asked):
        yield Way("there", "there", rank, reason, spot, name)


def _barred(asked: Asked, ways: list[Way]) -> Iterator[Barred]:
    modes = {way.mode for way in ways}
    if Mode.ONLINE not in modes:
        yield _why_not_online(asked)
    elsewhere = any(way.scope not in {"there", Scope.POST} and way.mode != Mode.ONLINE for way in ways)
    if not elsewhere and (why := _why_not_elsewhere(asked)):
        yield why
    if "post" not in modes:
        yield Barred("post", "post.presence" if asked.facts.presence else "post.no-law")


def _why_not_online(asked: Asked) -> Barred:
    if law := asked.facts.presence:
        return Barred("online", "online.presence", law.says, f"《{law.title}》{law.article}")
    return Barred("online", "online.not-open")


def _why_not_elsewhere(asked: Asked) -> Barred | None:
    """Return why no other window helps; nothing where the person already stands at the right one."""
    if asked.here == asked.power:
        return None
    if not asked.ours and not asked.we_decide:
        return Barred("window", "window.not-ours")
    crossing = not (asked.ours and asked.we_decide)
    listed = _lists(asked, crossing=crossing)
    if not listed:
        return Barred("window", "window.not-listed-nationwide" if crossing else "window.not-listed")
    online_only = not any(_by_hand(each) for each in listed)
    return Barred("window", "window.online-only" if online_only else "window.direction", listed[0].name)

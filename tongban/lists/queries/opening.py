"""Whether an item is open at a place or in a direction: proved between two places, and not planned or stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tongban.catalogue import queries as catalogue
from tongban.lists.models import Proof
from tongban.lists.queries import places as ours
from tongban.lists.queries import standing
from tongban.places import queries as places
from tongban.places.rules import Directory

OPENS = frozenset({"lists.way.open", "lists.entry.load", "lists.entry.publish", "catalogue.change.resume"})
"""What the trail tells when an item may have opened somewhere; what opens by its day alone, nothing tells."""


@dataclass(frozen=True, slots=True)
class Way:
    """A pair of regions between which an item is open: handed in at one, decided at the other."""

    here: str
    power: str


def ways(item: str, day: date) -> tuple[Way, ...]:
    """Return between which places an item is open on a day (decision 14): none that is only listed.

    It has passed there, it stands on a list or both places belong to one city, and it's neither suspended nor ended.

    :raises Missing: if there is no such item
    """
    if not catalogue.standing(item, day).is_open:
        return ()
    directory = places.directory_now()
    listed = bool(standing.listed(item, day))
    return tuple(
        Way(here, power)
        for here, power in sorted(ours.proved(item, day))
        if listed or places.city_or_itself(here) == places.city_or_itself(power)
        if here in directory.places and power in directory.places
    )


def proofs(item: str, region: str, day: date) -> list[tuple[Way, date]]:
    """Return between which places an item has passed up to a day, one of them this region or near it; since when."""
    rows = Proof.objects.filter(item=item, day__lte=day).values_list(
        "receiver_region", "decider_region", "day"
    )
    found: dict[Way, date] = {}
    for here, power, on in rows.order_by("day", "id"):
        found.setdefault(Way(here, power), on)
    return [(way, since) for way, since in found.items() if fits(way, region, "") or fits(way, "", region)]


def fits(way: Way, here: str, power: str) -> bool:
    """Return whether a way is one that somebody asked for, by the places that they named.

    :param here: where it's handed in, at a hall of the place or of its city; empty is anywhere
    :param power: where it's decided, by the place or by what it belongs to; the same
    """
    directory = places.directory_now()
    near = _within(directory, way.here, here) or way.here == places.city_or_itself(here)
    return near and (_within(directory, way.power, power) or _within(directory, power, way.power))


def _within(directory: Directory, place: str, wanted: str) -> bool:
    return not wanted or any(each.code == wanted for each in directory.line(place))

"""Where people can go: the halls of the province, city by city."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongban.lib.texts import Text
from tongban.places import queries as places
from tongban.places.rules import Directory, Level

_DAYS: dict[str, str | Promise] = {
    "Mo-Fr": _("Monday to Friday"),
    "Mo-Sa": _("Monday to Saturday"),
    "Mo-Su": _("Every day"),
    "PH off": _("closed on public holidays"),
}


@dataclass(frozen=True, slots=True)
class City:
    """A city with its halls and those of its counties."""

    name: Text
    halls: tuple[Any, ...]


def cities() -> tuple[City, ...]:
    """Return the cities in the order of their codes, the province's own hall before them."""
    return _cities(places.directory_version())


@lru_cache(maxsize=2)
def _cities(version: int) -> tuple[City, ...]:
    """Halls change by a load only, so a version's are read once for a process."""
    directory = places.directory(version)
    found = [
        place
        for place in directory.places.values()
        if place.level in {Level.PROVINCE, Level.CITY} and not place.ended
    ]
    halls = places.halls()
    return tuple(
        City(place.name, _halls(directory, place.code, halls))
        for place in sorted(found, key=lambda place: place.code)
    )


def _halls(directory: Directory, code: str, halls: dict[str, list[Any]]) -> tuple[Any, ...]:
    below = [
        place.code
        for place in directory.places.values()
        if place.parent == code and place.level == Level.COUNTY
    ]
    return tuple(hall for region in (code, *sorted(below)) for hall in halls.get(region, ()))


def opening(hours: str) -> list[tuple[str | Promise, str]]:
    """Return opening hours as days and times, out of what OpenStreetMap's syntax says of them."""
    found: list[tuple[str | Promise, str]] = []
    for part in filter(None, (each.strip() for each in hours.split(";"))):
        days, _space, times = part.partition(" ")
        if part in _DAYS:
            found.append((_DAYS[part], ""))
        else:
            found.append((_DAYS.get(days, days), times.replace(",", ", ").replace("-", "–")))
    return found

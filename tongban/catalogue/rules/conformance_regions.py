"""The region that a list states, held against those of the day: codes of GB/T 2260 begin, end and are replaced."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tongban.catalogue.rules.conformance_lines import Deviation, cut, is_number
from tongban.catalogue.rules.mapping import Vocabulary

_CODE = re.compile("[0-9]{6}|[0-9]{9}|[0-9]{12}")
_COUNTY = 6
"""So many digits name a province, city or county; GB/T 2260 goes no further, towns have three more."""
_ABOVE_TOWNS, _BELOW = ("province", "city", "county"), ("town", "village")
"""A town has no code of its own in GB/T 2260: it names its county, or its city where that has none."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region as a check needs it: its days, and by which code it was replaced; a zone has a code of its own."""

    code: str
    name: str
    level: str
    zone: bool = False
    since: date | None = None
    until: date | None = None
    """The day from which it is no longer in force."""
    successor: str = ""


class Regions:
    """All regions, as they stand on a day."""

    def __init__(self, regions: Iterable[Region], day: date) -> None:
        self._by_code = {region.code: region for region in regions}
        self._zones = {region.name for region in self._by_code.values() if region.zone}
        self._by_name: dict[str, list[Region]] = {}
        for region in self._by_code.values():
            if _in_force(region, day):
                self._by_name.setdefault(region.name, []).append(region)
        self._day = day
        self.mark = hashlib.sha256(repr(sorted(map(self._state, self._by_code))).encode()).hexdigest()

    def _state(self, code: str) -> tuple[object, ...]:
        """Return what of a region can change what is found: its days only as far as they hold on the day."""
        region = self._by_code[code]
        begun = region.since is None or region.since <= self._day
        over = _is_over(region, self._day)
        named = (region.code, region.name, region.level, region.zone, region.successor, begun, over)
        return (*named, str(region.since) if not begun else "", str(region.until) if over else "")

    def check(self, text: str, level: str, words: Vocabulary) -> Iterator[Deviation]:
        """Yield what is wrong with a stated region: unknown, ended, not yet in force, or of another level.

        Nothing is said where no regions are loaded, where none is stated, and of a zone, which may have no code.
        """
        if not text or not self._by_code:
            return
        if is_number(text):
            yield Deviation("code.number", "region", cut(text))
            return
        region = self._by_code.get(text) or self._of_towns(text)
        if region is None:
            yield from self._unknown(text, words)
            return
        if region.zone:
            return
        yield from self._days(text, region)
        stated = _level(text, region)
        if (level in _ABOVE_TOWNS and stated != level) or (level in _BELOW and stated == "province"):
            yield Deviation("region.level", "region", text, _title(region))

    def _of_towns(self, text: str) -> Region | None:
        """Return the county of a town's code, and the region itself of a code with noughts behind it."""
        return self._by_code.get(text[:_COUNTY]) if _CODE.fullmatch(text) else None

    def _unknown(self, text: str, words: Vocabulary) -> Iterator[Deviation]:
        named = self._by_name.get(text, ())
        if text in self._zones or any(region.zone for region in named):
            return
        if not _CODE.fullmatch(text) and any(word in text for word in words.raw["zones"]):
            return
        yield Deviation("region.unknown", "region", cut(text), "; ".join(map(_title, named)))

    def _days(self, text: str, region: Region) -> Iterator[Deviation]:
        if _is_over(region, self._day):
            successor = self._last(region)
            until = region.until.isoformat() if region.until else ""
            says = " → ".join(filter(None, (until, _title(successor) if successor else "")))
            yield Deviation("region.ended", "region", text, says)
        elif region.since is not None and region.since > self._day:
            yield Deviation("region.not-yet", "region", text, region.since.isoformat())

    def _last(self, region: Region) -> Region | None:
        """Return the region by which it was replaced in the end."""
        seen, found = {region.code}, self._by_code.get(region.successor)
        while found and found.successor and found.code not in seen:
            seen.add(found.code)
            found = self._by_code.get(found.successor)
        return found


def _is_over(region: Region, day: date) -> bool:
    """Return whether it has ended: by its day, or, where nobody knows the day, since another took its place."""
    return bool(region.successor) if region.until is None else region.until <= day


def _in_force(region: Region, day: date) -> bool:
    return not _is_over(region, day) and (region.since is None or region.since <= day)


def _level(text: str, region: Region) -> str:
    return region.level if not text[_COUNTY:].strip("0") else "town"


def _title(region: Region) -> str:
    return f"{region.code} {region.name}"

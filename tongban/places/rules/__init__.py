"""The words of the room, and the directory of regions and bodies as a plain value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from tongban.lib.refusals import Missing
from tongban.lib.texts import Text


class Level(StrEnum):
    """How high a region or a body stands; a development zone stands at `COUNTY`."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"


class Kind(StrEnum):
    """Whose code a region bears: GB/T 2260's, or the platform's own for a zone that has none there."""

    GB = "gb"
    ZONE = "zone"


class Role(StrEnum):
    """What a post lets somebody do."""

    RECEIVE = "receive"
    HANDLE = "handle"
    REVIEW = "review"
    APPROVE = "approve"
    SUPERVISE = "supervise"
    PROPOSE_LISTS = "propose-lists"
    REVIEW_LISTS = "review-lists"
    EDIT_ITEMS = "edit-items"
    APPROVE_ITEMS = "approve-items"


ROLES = frozenset(str(role) for role in Role)


class DayKind(StrEnum):
    """What the calendar says of a day that isn't what its weekday would make it."""

    OFF = "off"
    WORK = "work"


# The notice for a year also moves days at the end of the year before: these stay open until it is loaded.
_OPEN_TAIL = timedelta(7)


def settled_until(years: Iterable[int]) -> date:
    """Return the last day settled by the notices of these years: the end of their first run, less a tail."""
    known = set(years)
    year = min(known, default=1)
    while year + 1 in known:
        year += 1
    return date(year, 12, 31) - _OPEN_TAIL if known else date.min


@dataclass(frozen=True, slots=True)
class Place:
    """A region as the directory holds it."""

    code: str
    name: Text
    pinyin: str
    initials: str
    level: Level
    kind: Kind
    parent: str = ""
    successor: str = ""
    ended: bool = False
    verified: bool = True
    since: date | None = None
    until: date | None = None
    """The day from which it is no longer in force."""


@dataclass(frozen=True, slots=True)
class Office:
    """A body as the directory holds it; a section of a body names it as its parent."""

    code: str
    name: Text
    region: str
    function: str
    level: Level
    parent: str = ""
    phone: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Counter:
    """A window as the directory holds it, with its hall; `body` runs the hall."""

    code: str
    number: str
    name: Text
    hall: Text
    body: str


@dataclass(frozen=True)
class Directory:
    """All regions, bodies and windows of one version, found without asking the database."""

    places: Mapping[str, Place]
    offices: Mapping[str, Office]
    counters: Mapping[str, Counter]
    _by_power: dict[tuple[str, str], Office] = field(init=False, repr=False, compare=False)
    _sections: dict[str, list[str]] = field(init=False, repr=False, compare=False)
    _within: dict[str, frozenset[str]] = field(init=False, repr=False, compare=False, default_factory=dict)

    @classmethod
    def of(
        cls, places: Iterable[Place], offices: Iterable[Office], counters: Iterable[Counter] = ()
    ) -> Directory:
        """Return the directory of these places, offices and windows."""
        return cls(
            {place.code: place for place in places},
            {office.code: office for office in offices},
            {counter.code: counter for counter in counters},
        )

    def __post_init__(self) -> None:
        by_power: dict[tuple[str, str], Office] = {}
        sections: dict[str, list[str]] = {}
        for office in self.offices.values():
            if office.parent:
                sections.setdefault(office.parent, []).append(office.code)
            else:
                by_power[office.function, office.region] = office
        object.__setattr__(self, "_by_power", by_power)
        object.__setattr__(self, "_sections", sections)

    def region(self, code: str) -> Place:
        """Return the region.

        :raises Missing: if there is none
        """
        if code not in self.places:
            raise Missing
        return self.places[code]

    def body(self, code: str) -> Office:
        """Return the body.

        :raises Missing: if there is none
        """
        if code not in self.offices:
            raise Missing
        return self.offices[code]

    def counter(self, code: str) -> Counter:
        """Return the window.

        :raises Missing: if there is none
        """
        if code not in self.counters:
            raise Missing
        return self.counters[code]

    def line(self, code: str) -> Iterator[Place]:
        """Yield the region in force for this code (or its successor), then what it belongs to, to the top."""
        seen: set[str] = set()
        while code and code not in seen:
            seen.add(code)
            place = self.region(code)
            if not place.successor:
                yield place
            code = place.successor or place.parent

    def ancestor(self, code: str, level: str) -> str:
        """Return the code of the region at this level to which the region belongs, itself included.

        :raises Missing: if it belongs to none at that level
        """
        found = next((place.code for place in self.line(code) if place.level == level), None)
        if found is None:
            raise Missing
        return found

    def body_for(self, function: str, level: str, code: str) -> Office | None:
        """Return the body that has this function for the region at this level, if there is one."""
        found = next((place.code for place in self.line(code) if place.level == level), "")
        return self._by_power.get((function, found))

    def below(self, code: str) -> frozenset[str]:
        """Return the codes of the body and of the sections below it, at any depth."""
        found, open_ends = {code}, [code]
        while open_ends:
            sections = self._sections.get(open_ends.pop(), [])
            open_ends += [section for section in sections if section not in found]
            found.update(sections)
        return frozenset(found)

    def within(self, region: str) -> frozenset[str]:
        """Return the codes of the bodies of the region and of every region below it; found once, then kept."""
        if region not in self._within:
            lines = {code: {place.code for place in self.line(code)} for code in self.places}
            self._within[region] = frozenset(
                office.code for office in self.offices.values() if region in lines[office.region]
            )
        return self._within[region]

    def search(self, text: str, limit: int = 10) -> list[Place]:
        """Return the regions in force that the text names, best first: by name, pinyin, initials or code."""
        wanted = "".join(text.split()).casefold()
        found = [
            (rank, place) for place in self.places.values() if (rank := _rank(place, wanted)) is not None
        ]
        found.sort(key=lambda pair: (pair[0], _DEPTH[pair[1].level], pair[1].code))
        return [place for _, place in found[:limit]]


_DEPTH = {level: depth for depth, level in enumerate(Level)}


def _rank(place: Place, wanted: str) -> int | None:
    """Return how well the text names the place: 0 wholly, 1 at its beginning, 2 in part, None not at all."""
    if not wanted or place.ended:
        return None
    names = (
        place.name.zh,
        place.name.en.casefold().replace(" ", ""),
        place.pinyin,
        place.initials,
        place.code,
    )
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    return 2 if any(wanted in name for name in names[:3]) else None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did to the rows of a file."""

    created: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(self.created + other.created, self.changed + other.changed, self.same + other.same)

    @property
    def moved(self) -> bool:
        """Whether anything is other than before."""
        return bool(self.created or self.changed)


@dataclass(frozen=True, slots=True)
class CalendarLoaded:
    """What a load did, or would do, to the calendar: `years` are those that are other than before."""

    years: tuple[int, ...] = ()
    created: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0
    version: int = 0

    @classmethod
    def of(
        cls, year: int, before: Mapping[date, object], after: Mapping[date, object], again: bool
    ) -> CalendarLoaded:
        """Return the difference between two readings of a year; `again` if it's new whatever its days say."""
        both = before.keys() & after.keys()
        changed = sum(before[day] != after[day] for day in both)
        return cls(
            years=(year,) if again or before != after else (),
            created=len(after.keys() - both),
            changed=changed,
            removed=len(before.keys() - both),
            same=len(both) - changed,
        )

    def under(self, version: int) -> CalendarLoaded:
        """Return the same, as it was saved under a version."""
        return replace(self, version=version)

    def __add__(self, other: CalendarLoaded) -> CalendarLoaded:
        return CalendarLoaded(
            self.years + other.years,
            self.created + other.created,
            self.changed + other.changed,
            self.removed + other.removed,
            self.same + other.same,
            max(self.version, other.version),
        )

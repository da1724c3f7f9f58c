"""Limits of the law counted on a calendar of working days, each with how it was computed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from tongban.lib.texts import Text

Pause = tuple[date, date | None]
"""The day on which a clock stopped, and the day on which it ran again (None: it still stands)."""

_NAMELESS = Text("")


class Kind(StrEnum):
    """Why a day was counted or not."""

    START = "start"
    WORKING = "working"
    MAKE_UP = "make-up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSE = "pause"
    CALENDAR = "calendar"


COUNTED = frozenset({Kind.WORKING, Kind.MAKE_UP, Kind.CALENDAR})


@dataclass(frozen=True, slots=True)
class Step:
    """A run of days treated alike, from `first` to `last`; `name` is that of the holiday."""

    kind: Kind
    first: date
    last: date
    name: Text = _NAMELESS

    @property
    def days(self) -> int:
        """How many days the run has."""
        return (self.last - self.first).days + 1

    @property
    def counted(self) -> bool:
        """Whether these days used up the limit."""
        return self.kind in COUNTED


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a limit.

    `day` is None while the clock stands, with `remaining` days to run once it goes on. `provisional` says
    that days were needed for which the calendar isn't settled yet: never put into a document as final.
    """

    day: date | None
    provisional: bool
    steps: tuple[Step, ...]
    remaining: int = 0


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that isn't what its weekday would make it: off by law, or worked to make up."""

    day: date
    works: bool
    name: Text = _NAMELESS


class Mark(NamedTuple):
    """What the calendar says of one day."""

    kind: Kind
    name: Text
    counts: bool


@dataclass(frozen=True)
class Calendar:
    """Which days work: Monday to Friday, except as `special` says; settled up to `known_until`."""

    name: str
    special: frozenset[SpecialDay]
    known_until: date
    _marks: dict[int, Mark] = field(init=False, repr=False, compare=False)
    _weekdays_off: list[int] = field(init=False, repr=False, compare=False)
    _weekends_worked: list[int] = field(init=False, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        off: Mapping[date, Text] | Iterable[date],
        work: Iterable[date],
        known_until: date,
        name: str = "",
    ) -> Calendar:
        """Return the calendar of these statutory days off (with their names, if known) and make-up days."""
        names = off if isinstance(off, Mapping) else dict.fromkeys(off, _NAMELESS)
        days = [SpecialDay(day, works=False, name=said) for day, said in names.items()]
        days += [SpecialDay(day, works=True) for day in work]
        return cls(name, frozenset(days), known_until)

    def __post_init__(self) -> None:
        marks = {each.day.toordinal(): _mark_of(each) for each in self.special}
        if len(marks) < len(self.special):
            raise ValueError("a day is either off or worked")
        off = {day for day, mark in marks.items() if not mark.counts}
        weekend = {day for day in marks if not _WEEK[day % 7].counts}
        object.__setattr__(self, "_marks", marks)
        object.__setattr__(self, "_weekdays_off", sorted(off - weekend))
        object.__setattr__(self, "_weekends_worked", sorted(weekend - off))

    def __hash__(self) -> int:
        return hash(self.name)

    def works(self, day: date) -> bool:
        """Return whether the day is a working day."""
        return self._mark(day.toordinal()).counts

    def next_working(self, day: date) -> date:
        """Return the day itself if it works, else the next that does (Civil Code, Art. 203)."""
        ordinal = day.toordinal()
        while not self._mark(ordinal).counts:
            ordinal += 1
        return date.fromordinal(ordinal)

    def after(self, start: date, days: int, pauses: Sequence[Pause] = ()) -> Due:
        """Return the last of so many working days after `start`, which isn't counted (Civil Code, Art. 201).

        A clock that stops does not count the day on which it stopped nor the day on which it ran again; the
        next day counts. A stop after the limit has run out changes nothing.

        :raises ValueError: if `days` is negative
        """
        if days < 0:
            raise ValueError("a limit has no negative days")
        return _counted(self, start, days, tuple(pauses))

    def _walk(self, start: date, days: int, pauses: Sequence[Pause]) -> Due:
        closed, stopped = _spans(pauses)
        day, left, walked = start.toordinal(), days, []
        while left and day + 1 < stopped:
            day += 1
            mark = _PAUSED if closed and _within(day, closed) else self._mark(day)
            walked.append(mark)
            left -= mark.counts
        end, steps = date.fromordinal(day), _steps(start, walked, stands=left > 0)
        return Due(None if left else end, end > self.known_until, steps, left)

    def add_days(self, start: date, days: int) -> Due:
        """Return the last of so many calendar days after `start`, moved on to a working day if it is none.

        The first day is not counted (Civil Code, Art. 201); a day off at the end doesn't end it (Art. 203).

        :raises ValueError: if `days` is negative
        """
        if days < 0:
            raise ValueError("a limit has no negative days")
        end = start + timedelta(days)
        due = self.next_working(end)
        moved = [self._mark(day) for day in range(end.toordinal() + 1, due.toordinal() + 1)]
        return Due(due, due > self.known_until, _steps(start, [_CALENDAR] * days + moved))

    def between(self, first: date, last: date) -> int:
        """Return how many working days follow `first` up to `last`; negative if it lies before."""
        return self._until(last.toordinal()) - self._until(first.toordinal())

    def _mark(self, ordinal: int) -> Mark:
        return self._marks.get(ordinal) or _WEEK[ordinal % 7]

    def _until(self, ordinal: int) -> int:
        """Return how many working days lie before the end of the day, since the first of all days."""
        weeks, rest = divmod(ordinal, 7)
        weekdays = weeks * 5 + min(rest, 5)
        off = bisect_right(self._weekdays_off, ordinal)
        return weekdays - off + bisect_right(self._weekends_worked, ordinal)


@lru_cache(maxsize=4096)
def _counted(calendar: Calendar, start: date, days: int, pauses: tuple[Pause, ...]) -> Due:
    """Return what was counted before: on one day most cases count the same limits from the same few days."""
    return calendar._walk(start, days, pauses)


_WORKING = Mark(Kind.WORKING, _NAMELESS, counts=True)
_WEEKEND = Mark(Kind.WEEKEND, _NAMELESS, counts=False)
_PAUSED = Mark(Kind.PAUSE, _NAMELESS, counts=False)
_CALENDAR = Mark(Kind.CALENDAR, _NAMELESS, counts=True)
# Ordinals begin with a Monday as 1: Sundays are divisible by 7.
_WEEK = (_WEEKEND, _WORKING, _WORKING, _WORKING, _WORKING, _WORKING, _WEEKEND)
_DAY = timedelta(1)
_NEVER = date.max.toordinal() + 1


def _mark_of(special: SpecialDay) -> Mark:
    if not special.works:
        return Mark(Kind.HOLIDAY, special.name, counts=False)
    kind = Kind.MAKE_UP if special.day.weekday() > 4 else Kind.WORKING
    return Mark(kind, special.name, counts=True)


def _spans(pauses: Sequence[Pause]) -> tuple[list[tuple[int, int]], int]:
    """Return the pauses that ended, as ordinals, and the first day on which the clock stands for good."""
    closed = [(first.toordinal(), last.toordinal()) for first, last in pauses if last is not None]
    still = [first.toordinal() for first, last in pauses if last is None]
    return closed, min(still, default=_NEVER)


def _within(day: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= day <= last for first, last in spans)


def _steps(start: date, walked: Sequence[Mark], stands: bool = False) -> tuple[Step, ...]:
    """Return the days walked after `start` as runs of days treated alike."""
    steps, day = [Step(Kind.START, start, start)], start
    for mark, run in groupby(walked):
        first, day = day + _DAY, day + timedelta(len(list(run)))
        steps.append(Step(mark.kind, first, day, mark.name))
    if stands:
        steps.append(Step(Kind.PAUSE, day + _DAY, day + _DAY))
    return tuple(steps)

"""Limits of the law counted on a calendar of working days, each with how it was computed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

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


@dataclass(frozen=True)
class Calendar:
    """Which days work: Monday to Friday, except as `special` says; settled up to `known_until`."""

    name: str
    special: frozenset[SpecialDay]
    known_until: date
    _marks: dict[int, tuple[Kind, Text]] = field(init=False, repr=False, compare=False)
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
        marks = {each.day.toordinal(): (_kind_of(each), each.name) for each in self.special}
        off = {day for day, (kind, _) in marks.items() if kind is Kind.HOLIDAY}
        weekend = {day for day in marks if day % 7 in _WEEKEND_REST}
        object.__setattr__(self, "_marks", marks)
        object.__setattr__(self, "_weekdays_off", sorted(off - weekend))
        object.__setattr__(self, "_weekends_worked", sorted(weekend - off))

    def works(self, day: date) -> bool:
        """Return whether the day is a working day."""
        return self._mark(day.toordinal())[0] in COUNTED

    def next_working(self, day: date) -> date:
        """Return the day itself if it works, else the next that does (Civil Code, Art. 203)."""
        ordinal = day.toordinal()
        while self._mark(ordinal)[0] not in COUNTED:
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
        day, walked, left = start.toordinal(), [], days
        closed, stopped = _spans(pauses)
        while left and (stopped is None or day + 1 < stopped):
            day += 1
            mark = self._mark(day)
            if any(first <= day <= last for first, last in closed):
                mark = _PAUSED
            walked.append(mark)
            left -= mark[0] in COUNTED
        end = date.fromordinal(day)
        return Due(
            None if left else end, end > self.known_until, _steps(start, walked, stands=left > 0), left
        )

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
        walked: list[tuple[Kind, Text]] = [(Kind.CALENDAR, _NAMELESS)] * days
        return Due(due, due > self.known_until, _steps(start, walked + moved))

    def between(self, first: date, last: date) -> int:
        """Return how many working days follow `first` up to `last`; negative if it lies before."""
        return self._until(last.toordinal()) - self._until(first.toordinal())

    def _mark(self, ordinal: int) -> tuple[Kind, Text]:
        """Return what a day is; ordinals begin on a Monday, so that 6 and 0 modulo 7 are the weekend."""
        return self._marks.get(ordinal) or (_WEEKEND if ordinal % 7 in _WEEKEND_REST else _WORKING)

    def _until(self, ordinal: int) -> int:
        """Return how many working days lie before the end of the day, since the first of all days."""
        weeks, rest = divmod(ordinal, 7)
        weekdays = weeks * 5 + min(rest, 5)
        off = bisect_right(self._weekdays_off, ordinal)
        return weekdays - off + bisect_right(self._weekends_worked, ordinal)


_WORKING = (Kind.WORKING, _NAMELESS)
_WEEKEND = (Kind.WEEKEND, _NAMELESS)
_PAUSED = (Kind.PAUSE, _NAMELESS)
_WEEKEND_REST = (6, 0)


def _kind_of(special: SpecialDay) -> Kind:
    if not special.works:
        return Kind.HOLIDAY
    return Kind.MAKE_UP if special.day.weekday() > 4 else Kind.WORKING


def _spans(pauses: Sequence[Pause]) -> tuple[list[tuple[int, int]], int | None]:
    """Return the pauses that ended, as ordinals, and the first day on which the clock stands for good."""
    closed = [(first.toordinal(), last.toordinal()) for first, last in pauses if last is not None]
    still = [first.toordinal() for first, last in pauses if last is None]
    return closed, min(still, default=None)


def _steps(start: date, walked: Sequence[tuple[Kind, Text]], stands: bool = False) -> tuple[Step, ...]:
    """Return the days walked after `start` as runs of days treated alike."""
    steps, day = [Step(Kind.START, start, start)], start
    for (kind, name), run in groupby(walked):
        first, day = day + _DAY, day + timedelta(sum(1 for _ in run))
        steps.append(Step(kind, first, day, name))
    if stands:
        steps.append(Step(Kind.PAUSE, day + _DAY, day + _DAY))
    return tuple(steps)


_DAY = timedelta(1)

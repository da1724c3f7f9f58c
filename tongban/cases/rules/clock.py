"""The legal clocks of a part, computed from days and a rule; every due day can say how it came about.

The law's set (行政许可法 Art. 32, 42, 44, 45, 82) comes in as data with the item's procedure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tongban.cases.rules.lifecycle import FINAL, State
from tongban.catalogue.rules import Limit, Rule
from tongban.lib.workdays import Calendar, Due, Pause, Step


class Kind(StrEnum):
    """Which limit a deadline belongs to."""

    NOTICE = "notice"
    NOTICE_HERE = "notice-here"
    SUPPLEMENT = "supplement"
    PROMISED = "promised"
    STATUTORY = "statutory"
    DELIVER = "deliver"


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which something happened to a part, in the time of the place; all that clocks depend on."""

    state: State
    received_on: date
    taken_over_on: date | None = None
    asked_on: date | None = None
    completed_on: date | None = None
    accepted_on: date | None = None
    decided_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    extension: int = 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock: since when it runs, how many days it has, when they are over, and how that was counted.

    `on` is None while the clock stands still; `binding` is true for the one the part is ranked by.
    """

    kind: Kind
    start: date
    days: int
    unit: str
    on: date | None
    provisional: bool
    steps: tuple[Step, ...]
    remaining: int = 0
    binding: bool = False


def deadlines(days: Days, rule: Rule, calendar: Calendar) -> list[Deadline]:
    """Return the clocks that run or stand at the part's state, the binding one first."""
    if days.state in FINAL:
        return []
    return _CLOCKS[days.state](days, rule, calendar)


def binding(days: Days, rule: Rule, calendar: Calendar) -> Deadline | None:
    """Return the clock that the part is ranked by, if one runs."""
    return next((each for each in deadlines(days, rule, calendar) if each.binding), None)


def _notice(days: Days, rule: Rule, calendar: Calendar) -> list[Deadline]:
    """Return the clocks of the one notice (Art. 32): from the receipt and, where it lies apart, from taking over.

    The law doesn't say which of the two days counts where receipt and acceptance lie apart, so the item's policy does.
    Once the applicant has completed the file, it runs anew from that day.
    """
    from_receipt = days.completed_on or days.received_on
    by_receipt = rule.notice_from == "receipt" or days.completed_on is not None
    clocks = [_count(Kind.NOTICE, from_receipt, _working(rule.notice_days), calendar, binding=by_receipt)]
    if days.taken_over_on and days.taken_over_on != from_receipt and not days.completed_on:
        here = _count(
            Kind.NOTICE_HERE, days.taken_over_on, _working(rule.notice_days), calendar, binding=not by_receipt
        )
        clocks.insert(0 if not by_receipt else 1, here)
    if not any(clock.binding for clock in clocks):
        # Nobody at the deciding place has it yet: the day of receipt is the only one there is to count from.
        clocks[0] = _count(Kind.NOTICE, from_receipt, _working(rule.notice_days), calendar, binding=True)
    return clocks


def _supplement(days: Days, rule: Rule, calendar: Calendar) -> list[Deadline]:
    assert days.asked_on
    limit = _working(rule.procedure.supplement_days)
    return [_count(Kind.SUPPLEMENT, days.asked_on, limit, calendar, binding=True)]


def _limits(days: Days, rule: Rule, calendar: Calendar) -> list[Deadline]:
    start = limit_start(days, rule)
    promised = _longer(rule.promised, days.extension)
    clocks = [_count(Kind.PROMISED, start, promised, calendar, days.pauses, binding=True)]
    if rule.statutory:
        statutory = _longer(rule.statutory, days.extension)
        clocks.append(_count(Kind.STATUTORY, start, statutory, calendar, days.pauses))
    return clocks


def limit_start(days: Days, rule: Rule) -> date:
    """Return the day from which the limit runs: acceptance, or the receipt where the item says so.

    A file that had to be completed counts as received on the day on which the last of it came.
    """
    assert days.accepted_on
    receipt = days.completed_on or days.received_on
    return receipt if rule.limit_from == "receipt" else days.accepted_on


def _deliver(days: Days, rule: Rule, calendar: Calendar) -> list[Deadline]:
    start = days.decided_on or days.received_on
    return [_count(Kind.DELIVER, start, _working(rule.procedure.deliver_days), calendar, binding=True)]


_CLOCKS = {
    State.RECEIVED: _notice,
    State.SUPPLEMENTING: _supplement,
    State.ACCEPTED: _limits,
    State.PAUSED: _limits,
    State.REVIEWED: _limits,
    State.GRANTED: _deliver,
    State.REJECTED: _deliver,
    State.MADE: _deliver,
    State.NOT_NEEDED: _deliver,
    State.NOT_ACCEPTED: _deliver,
    State.SENT: _deliver,
}


def _working(days: int) -> Limit:
    return Limit(days, "working")


def _longer(limit: Limit, days: int) -> Limit:
    return Limit(limit.days + days, limit.unit)


def _count(
    kind: Kind,
    start: date,
    limit: Limit,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    *,
    binding: bool = False,
) -> Deadline:
    due = _due(start, limit, calendar, pauses)
    return Deadline(
        kind, start, limit.days, limit.unit, due.day, due.provisional, due.steps, due.remaining, binding
    )


def _due(start: date, limit: Limit, calendar: Calendar, pauses: Sequence[Pause]) -> Due:
    if limit.unit == "working":
        return calendar.after(start, limit.days, pauses)
    # As with working days, neither the day on which the clock stopped nor that on which it ran again is counted.
    stood = len(
        {day for since, until in pauses if until for day in range(since.toordinal(), until.toordinal() + 1)}
    )
    stopped = next((since for since, until in pauses if until is None), None)
    if stopped:
        left = limit.days + stood - ((stopped - start).days - 1)
        return Due(None, provisional=False, steps=(), remaining=min(left, limit.days))
    return calendar.add_days(start, limit.days + stood)


class Light(StrEnum):
    """How urgent a part is; shown by shape, word and colour."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    FINE = "fine"
    STOPPED = "stopped"
    DONE = "done"


SOON_DAYS = 2
"""Working days before a due day from which a part is shown as due soon; our own choice, not the law's."""


def light(state: State, due_on: date | None, today: date, calendar: Calendar) -> Light:
    """Return how urgent a part is on a day."""
    if state in FINAL:
        return Light.DONE
    if due_on is None:
        return Light.STOPPED
    if due_on < today:
        return Light.OVERDUE
    if due_on == today:
        return Light.TODAY
    return Light.SOON if calendar.between(today, due_on) <= SOON_DAYS else Light.FINE

"""Who answers for a body, and how fresh its word on that is."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Charge(StrEnum):
    """In which capacity somebody answers for a body."""

    PRINCIPAL = "principal"
    DEPUTY = "deputy"
    SECTION = "lead-section"
    LIAISON = "liaison"


class Fresh(StrEnum):
    """How fresh the word of a body is on who answers for it."""

    CONFIRMED = "confirmed"
    DUE = "due"
    STALE = "stale"


def fresh(confirmed_on: date | None, day: date) -> Fresh:
    """Return how fresh a confirmation is: good for its quarter, asked for again in the next, then stale."""
    if confirmed_on is None:
        return Fresh.STALE
    passed = _quarter(day) - _quarter(confirmed_on)
    return Fresh.CONFIRMED if passed <= 0 else Fresh.DUE if passed == 1 else Fresh.STALE


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3

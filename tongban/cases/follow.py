"""What the room does by itself: the clocks go on even if nobody looks."""

from __future__ import annotations

from datetime import datetime, timedelta

from tongban.cases import actions

EVERY = timedelta(seconds=20)
_last: list[datetime] = []


def follow(at: datetime) -> int:
    """Sweep the clocks, at most once in twenty seconds, and return how much there was to do.

    A sweep that found as much as it may do at once is followed by another without waiting.
    """
    # A clock set back mustn't keep the sweep waiting for the time to come round again.
    if _last and timedelta() <= at - _last[0] < EVERY:
        return 0
    done = actions.sweep(at).total
    _last[:] = [] if done else [at]
    return done

"""For how long anything is kept, how often anybody is written to, and when a mail is tried again: data with a day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "data" / "notices" / "limits.json"
_WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
)
CLAIMED = timedelta(minutes=10)
"""For so long a mail that is being sent is left to whoever took it: longer than any server is waited for."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What `data/notices/limits.json` says; see the file beside it."""

    since: date
    unconfirmed: timedelta
    longest: timedelta
    unsendable: timedelta
    remembered: timedelta
    mails: int

    @classmethod
    def of(cls, text: str) -> Limits:
        """Return the limits of a file."""
        said = json.loads(text)
        return cls(
            since=date.fromisoformat(said["since"]),
            unconfirmed=timedelta(said["unconfirmed_days"]),
            longest=timedelta(said["longest_days"]),
            unsendable=timedelta(said["unsendable_days"]),
            remembered=timedelta(said["remembered_days"]),
            mails=said["mails_per_address_and_day"],
        )


LIMITS = Limits.of(DATA.read_text(encoding="utf-8"))


def wait(tries: int) -> timedelta:
    """Return how long a mail waits after so many tries in vain: a minute at first, at last a quarter of a day."""
    return _WAITS[min(max(tries, 1), len(_WAITS)) - 1]

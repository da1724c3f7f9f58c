"""Who is told what, and when: plain values, without the database."""

from tongban.notices.rules.asking import LAST, LIVE, Kind, State, read_address
from tongban.notices.rules.limits import CLAIMED, LIMITS, Limits, wait
from tongban.notices.rules.texts import Letter, confirm_letter, gone_letter, open_letter

__all__ = [
    "CLAIMED",
    "LAST",
    "LIMITS",
    "LIVE",
    "Kind",
    "Letter",
    "Limits",
    "State",
    "confirm_letter",
    "gone_letter",
    "open_letter",
    "read_address",
    "wait",
]

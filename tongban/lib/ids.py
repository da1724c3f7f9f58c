"""Identifiers made in Python, ordered in time, so that a whole case can be written in one statement."""

from __future__ import annotations

import os
import threading
import time
import uuid

_VERSION = 0x7 << 76
_VARIANT = 0x2 << 62
_RANDOM = 62
_lock = threading.Lock()
_last = [0]


def new_id() -> uuid.UUID:
    """Return a UUID of version 7 (RFC 9562): Unix milliseconds, 12 bits of their fraction, 62 random bits.

    Each is greater than the one before it in this process, also within a millisecond and after a clock was set back.
    """
    value = _moment() | int.from_bytes(os.urandom(8), "big") >> 2
    with _lock:
        value = _last[0] = max(value, _last[0] + 1)
    return uuid.UUID(int=_marked(value))


def new_ids(count: int) -> list[uuid.UUID]:
    """Return so many of them at once, each greater than the one before it; they share their moment."""
    moment, drawn = _moment(), os.urandom(8 * count)
    randoms = sorted(int.from_bytes(drawn[at : at + 8], "big") >> 2 for at in range(0, len(drawn), 8))
    made = []
    with _lock:
        last = _last[0]
        for random in randoms:
            last = max(moment | random, last + 1)
            made.append(last)
        _last[0] = last
    return [uuid.UUID(int=_marked(value)) for value in made]


def _moment() -> int:
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    return (milliseconds << 12 | (rest << 12) // 1_000_000) << _RANDOM


def _marked(value: int) -> int:
    """Return the value with the version and variant bits put in."""
    high, low = value >> _RANDOM, value & ((1 << _RANDOM) - 1)
    return (high >> 12) << 80 | _VERSION | (high & 0xFFF) << 64 | _VARIANT | low

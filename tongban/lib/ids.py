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
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = (rest << 12) // 1_000_000
    value = ((milliseconds << 12 | fraction) << _RANDOM) | int.from_bytes(os.urandom(8), "big") >> 2
    with _lock:
        value = _last[0] = max(value, _last[0] + 1)
    return uuid.UUID(int=_marked(value))


def _marked(value: int) -> int:
    """Return the value with the version and variant bits put in."""
    high, low = value >> _RANDOM, value & ((1 << _RANDOM) - 1)
    return (high >> 12) << 80 | _VERSION | (high & 0xFFF) << 64 | _VARIANT | low

"""Identifiers made in Python, ordered in time, so that a whole case can be written in one statement."""

from __future__ import annotations

import os
import time
import uuid

_VERSION = 0x7 << 76
_VARIANT = 0x2 << 62


def new_id() -> uuid.UUID:
    """Return a UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits."""
    random = int.from_bytes(os.urandom(10), "big")
    return uuid.UUID(int=_timed(time.time_ns() // 1_000_000, random))


def _timed(milliseconds: int, random: int) -> int:
    high = (random >> 68) & 0xFFF
    low = random & ((1 << 62) - 1)
    return (milliseconds & ((1 << 48) - 1)) << 80 | _VERSION | high << 64 | _VARIANT | low

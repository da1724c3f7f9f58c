"""The numbers that people are given: the case's reference, and the code that opens its page."""

from __future__ import annotations

import secrets
from datetime import date

from stdnum.iso7064 import mod_37_36

from tongban.lib import codes

_SERIAL = 8
_SHORTEST = 6 + 8 + _SERIAL + 1
"""Characters of a county's code, of a day, of the serial and of the check."""


def new_reference(region: str, day: date) -> str:
    """Return a case's reference: region, day, 40 random bits, and a check character (ISO 7064 MOD 37,36).

    Of a code that stands in for one of GB/T 2260, as development zones have it, the marks are left out.
    """
    plain = _alphanumeric(region)
    body = f"{plain}{day:%Y%m%d}{_random(_SERIAL)}"
    return f"{plain}-{day:%Y%m%d}-{body[-_SERIAL:]}{mod_37_36.calc_check_digit(body)}"


def read_reference(typed: str) -> str:
    """Return a typed reference in its written form, or an empty text if it's none or its check character is wrong.

    Shorter things that people type as well, such as an identity number, pass the check once in thirty-seven times.
    """
    body = _alphanumeric(typed)
    if len(body) < _SHORTEST or not body.isascii() or not mod_37_36.is_valid(body):
        return ""
    cut = len(body) - _SERIAL - 1
    return f"{body[: cut - 8]}-{body[cut - 8 : cut]}-{body[cut:]}"


def _alphanumeric(text: str) -> str:
    return "".join(mark for mark in text.upper() if mark.isalnum())


def new_code() -> str:
    """Return a query code of 65 random bits, in groups that can be read aloud."""
    return codes.write(secrets.randbits(codes.BITS))


def read_code(typed: str) -> str:
    """Return a typed query code in its written form, letters that look like digits read as digits."""
    return codes.read(typed)


def _random(length: int) -> str:
    return "".join(secrets.choice(codes.LETTERS) for _ in range(length))

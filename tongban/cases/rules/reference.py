"""The numbers that people are given: the case's reference, and the code that opens its page."""

from __future__ import annotations

import secrets
from datetime import date

from stdnum.iso7064 import mod_37_36

# Crockford's letters: none that is taken for another when read aloud or copied by hand.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SERIAL = 8
_CODE = 13
_READ_AS = str.maketrans("ILO", "110")


def new_reference(region: str, day: date) -> str:
    """Return a case's reference: region, day, 40 random bits, and a check character (ISO 7064 MOD 37,36)."""
    body = f"{region}{day:%Y%m%d}{_random(_SERIAL)}"
    return f"{region}-{day:%Y%m%d}-{body[-_SERIAL:]}{mod_37_36.calc_check_digit(body)}"


def read_reference(typed: str) -> str:
    """Return a typed reference in its written form, or an empty text if its check character is wrong."""
    body = "".join(mark for mark in typed.upper() if mark.isalnum())
    if len(body) <= _SERIAL + 9 or not body.isascii() or not mod_37_36.is_valid(body):
        return ""
    cut = len(body) - _SERIAL - 1
    return f"{body[: cut - 8]}-{body[cut - 8 : cut]}-{body[cut:]}"


def new_code() -> str:
    """Return a query code of 65 random bits, in groups that can be read aloud."""
    code = _random(_CODE)
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def read_code(typed: str) -> str:
    """Return a typed query code in its written form, letters that look like digits read as digits."""
    code = "".join(mark for mark in typed.upper() if mark.isalnum()).translate(_READ_AS)
    return f"{code[:4]}-{code[4:8]}-{code[8:]}" if len(code) == _CODE else ""


def _random(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))

"""Codes that are read aloud, copied by hand and typed: 65 bits in thirteen letters and digits."""

from __future__ import annotations

# Crockford's letters: none that is taken for another when read aloud or copied by hand.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, BITS = 13, 65
_READ_AS = str.maketrans("ILO", "110")


def write(number: int) -> str:
    """Return the code of a number below 2 to the 65th, in groups."""
    return _grouped("".join(LETTERS[number >> shift & 31] for shift in range(BITS - 5, -1, -5)))


def read(typed: str) -> str:
    """Return a typed code in its written form, letters that look like digits read as digits; empty if it's none."""
    code = "".join(mark for mark in typed.upper() if mark.isalnum()).translate(_READ_AS)
    return _grouped(code) if len(code) == LENGTH else ""


def _grouped(code: str) -> str:
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"

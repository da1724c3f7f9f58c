"""What a sign-in name may look like."""

from __future__ import annotations

import re

NAME_LENGTH = 60
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


def is_username(text: str) -> bool:
    """Return whether the text can be a sign-in name: 2 to 60 of a–z, 0–9, dot, dash, underscore.

    One spelling only, so that nobody can pass for another by capitals or by letters that look alike.
    """
    return _USERNAME.fullmatch(text) is not None

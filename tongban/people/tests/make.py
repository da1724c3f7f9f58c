"""Accounts for tests, made by the real actions."""

from __future__ import annotations

from itertools import count

from tongban.people import actions
from tongban.people.models import Account

PASSWORD = "four plain words here"
_numbers = count(1)


def account(name: str = "窗口人员甲", username: str = "") -> Account:
    """Return a new account; each has another sign-in name."""
    return actions.create_account(username or f"clerk{next(_numbers)}", name, PASSWORD)

"""Reads of accounts."""

from __future__ import annotations

from uuid import UUID

from tongban.lib.refusals import Missing
from tongban.people.models import Account


def account(account_id: UUID) -> Account:
    """Return the account.

    :raises Missing: if there is none
    """
    found = Account.objects.filter(id=account_id).first()
    if found is None:
        raise Missing
    return found


def by_username(username: str) -> Account:
    """Return the account with this sign-in name.

    :raises Missing: if there is none
    """
    found = Account.objects.filter(username=username).first()
    if found is None:
        raise Missing
    return found

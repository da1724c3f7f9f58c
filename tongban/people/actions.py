"""Writes of accounts."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from tongban.lib.refusals import Invalid, Missing
from tongban.lib.words import clean
from tongban.people import queries, rules
from tongban.people.models import Account


def create_account(username: str, name: str, password: str) -> Account:
    """Create an account that can sign in.

    :raises Invalid: if the sign-in name is malformed or taken, the name blank, or the password weak
    """
    if not rules.is_username(username):
        raise Invalid("account.username-malformed", field="username")
    account = Account(username=username, name=_cleaned(name))
    _require_strong(password, account)
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid("account.username-taken", field="username", username=username) from error
    return account


@transaction.atomic
def change_password(account_id: UUID, password: str) -> Account:
    """Give the account another password, and end its sessions.

    :raises Invalid: if the password is weak
    :raises Missing: if there is no such account
    """
    account = queries.account(account_id)
    _require_strong(password, account)
    account.set_password(password)
    Account.objects.filter(id=account_id).update(password=account.password, epoch=F("epoch") + 1)
    return queries.account(account_id)


def end_sessions(account_id: UUID) -> None:
    """End every session of the account, wherever it is signed in.

    :raises Missing: if there is no such account
    """
    _change(account_id, epoch=F("epoch") + 1)


def close_account(account_id: UUID) -> None:
    """Let nobody sign in with the account any more; what it did stays its doing.

    :raises Missing: if there is no such account
    """
    _change(account_id, is_active=False, epoch=F("epoch") + 1)


def _cleaned(name: str) -> str:
    cleaned = clean(name, field="name", limit=rules.NAME_LENGTH)
    if not cleaned:
        raise Invalid("account.name-blank", field="name")
    return cleaned


def _change(account_id: UUID, **values: object) -> None:
    if not Account.objects.filter(id=account_id).update(**values):
        raise Missing


def _require_strong(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        codes = sorted(str(each.code) for each in error.error_list)
        raise Invalid("account.password-weak", field="password", reasons=codes) from error

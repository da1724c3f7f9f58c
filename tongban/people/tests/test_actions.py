from __future__ import annotations

import pytest
from django.contrib.auth import authenticate

from tongban.lib.ids import new_id
from tongban.lib.refusals import Invalid, Missing
from tongban.people import actions, queries
from tongban.people.models import Account
from tongban.people.tests import make

pytestmark = pytest.mark.django_db


def _signs_in(account: Account, password: str = make.PASSWORD) -> bool:
    return authenticate(username=account.username, password=password) is not None


def test_a_new_account_signs_in_with_its_password_only():
    account = make.account()

    assert _signs_in(account)
    assert not _signs_in(account, "another password")


def test_a_name_keeps_rare_characters_and_loses_what_nobody_sees():
    account = make.account("阿卜杜·𠮷\u202e ")

    assert queries.account(account.id).name == "阿卜杜·𠮷"


@pytest.mark.parametrize("username", ["", "a", "Clerk", "窗口", "a b", "a" * 61, "-clerk", "clerk\n"])
def test_a_sign_in_name_has_one_plain_spelling(username):
    with pytest.raises(Invalid) as refused:
        actions.create_account(username, "窗口人员甲", make.PASSWORD)

    assert (refused.value.code, refused.value.field) == ("account.username-malformed", "username")


def test_a_sign_in_name_is_taken_once():
    make.account(username="clerk")

    with pytest.raises(Invalid) as refused:
        make.account(username="clerk")

    assert refused.value.code == "account.username-taken"
    assert Account.objects.count() == 1


def test_a_blank_name_is_none():
    with pytest.raises(Invalid) as refused:
        make.account(" \u200e ")

    assert refused.value.code == "account.name-blank"


@pytest.mark.parametrize(
    ("password", "reasons"),
    [("short", ["password_too_short"]), ("1234567890", ["password_too_common"])],
)
def test_a_weak_password_is_refused_with_every_reason(password, reasons):
    with pytest.raises(Invalid) as refused:
        actions.create_account("clerk", "窗口人员甲", password)

    assert refused.value.params["reasons"] == reasons
    assert not Account.objects.exists()


def test_another_password_ends_the_sessions_begun_with_the_old_one():
    account = make.account()
    changed = actions.change_password(account.id, "other plain words here")

    assert changed.epoch == account.epoch + 1
    assert _signs_in(account, "other plain words here")
    assert not _signs_in(account)


def test_a_weak_new_password_changes_nothing():
    account = make.account()

    with pytest.raises(Invalid):
        actions.change_password(account.id, "short")

    assert _signs_in(account)


def test_a_closed_account_is_nobodys():
    account = make.account()
    actions.close_account(account.id)

    assert not _signs_in(account)
    assert queries.account(account.id).epoch == account.epoch + 1


def test_sessions_can_be_ended_without_another_password():
    account = make.account()
    actions.end_sessions(account.id)

    assert queries.account(account.id).epoch == account.epoch + 1
    assert _signs_in(account)


@pytest.mark.parametrize(
    "act",
    [
        queries.account,
        actions.end_sessions,
        actions.close_account,
        lambda account_id: actions.change_password(account_id, make.PASSWORD),
    ],
)
def test_what_does_not_exist_is_missing(act):
    with pytest.raises(Missing):
        act(new_id())


def test_an_account_is_found_by_its_sign_in_name():
    account = make.account(username="clerk")

    assert queries.by_username("clerk") == account
    assert str(account) == "clerk"
    with pytest.raises(Missing):
        queries.by_username("nobody")

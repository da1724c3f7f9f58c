"""Whoever asks is asked back first; nobody learns from the answer who is known, and nothing is kept for longer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.notices import actions, queries
from tongban.notices.models import Notice, Watcher
from tongban.notices.rules import LIMITS, read_address
from tongban.notices.tests import make
from tongban.trail import queries as trails

AT = make.MONDAY


def test_only_the_question_is_sent_to_an_address_that_nobody_confirmed(world, mailoutbox):
    make.ask()
    make.post()
    make.opens()
    actions.tell(make.ITEM, AT)
    actions.tell_all(make.later(days=1))
    make.post(make.later(days=3))

    (mail,) = mailoutbox
    assert mail.to == [make.WHO]
    assert mail.from_email == "通办 <notices@tongban.example>"
    assert mail.reply_to == ["desk@tongban.example"]
    assert "居民身份证" in mail.body
    assert "居民身份证" not in mail.subject
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_mail_speaks_the_language_of_who_asked(world, mailoutbox):
    make.ask(language="en", here="360111", power="360702")
    make.post()

    assert mailoutbox[0].subject == "Please confirm: shall we tell you when it opens?"
    assert "Handed in at: Qingshanhu" in mailoutbox[0].body
    assert "%(" not in mailoutbox[0].body


def test_address_and_code_cannot_be_read_from_the_tables(world):
    make.ask()
    with connection.cursor() as cursor:
        cursor.execute("SELECT w::text || n::text FROM notices_watcher w, notices_notice n")
        row = cursor.fetchone()[0]

    code = Watcher.objects.get().contact["code"]
    for secret in (make.WHO, code):
        assert secret not in row
        assert secret.encode().hex() not in row


def test_once_the_mail_is_out_only_a_hash_of_its_code_is_kept(world):
    make.ask()
    assert "code" in Watcher.objects.get().contact
    make.post()

    assert Watcher.objects.get().contact == {"address": make.WHO}
    assert queries.watch(make.code(), AT).state == "unconfirmed"


def test_confirming_and_stopping_twice_does_no_harm_and_stopping_erases(world):
    make.ask()
    make.post()
    code = make.code()
    for _ in range(2):
        actions.confirm(code, at=AT)
    assert queries.watch(code.lower().replace("-", ""), AT).state == "confirmed"

    for _ in range(2):
        actions.stop(code, at=AT)
    actions.confirm(code, at=AT)
    row = Watcher.objects.get()
    assert (row.state, row.contact, row.finder) == ("stopped", None, None)


def test_who_stops_gets_nothing_that_was_still_owed(world, mailoutbox):
    make.ask()
    make.post()
    code = make.code()
    actions.confirm(code, at=AT)
    make.opens()
    assert actions.tell(make.ITEM, AT) == 1
    actions.stop(code, at=AT)

    assert make.post() == 0
    assert len(mailoutbox) == 1


def test_an_unconfirmed_address_is_erased_after_its_days_and_its_link_is_dead(world):
    make.ask()
    make.post()
    code, over = make.code(), AT + LIMITS.unconfirmed + timedelta(seconds=1)
    assert actions.erase(AT + LIMITS.unconfirmed) == 0

    with pytest.raises(Missing):
        actions.confirm(code, at=over)
    assert actions.erase(over) == 1
    assert not Watcher.objects.exists()
    assert not Notice.objects.exists()


def test_who_waits_too_long_is_forgotten_and_later_their_row_too(world):
    make.watching()
    over = AT + LIMITS.longest + timedelta(seconds=1)

    assert actions.erase(over) == 1
    assert Watcher.objects.get().contact is None
    actions.erase(over + LIMITS.remembered + timedelta(seconds=1))
    assert not Watcher.objects.exists()


def test_one_address_gets_few_questions_a_day_and_the_caller_sees_no_difference(world, mailoutbox):
    for number in range(LIMITS.mails + 3):
        make.ask(make.WHO.upper() if number % 2 else make.WHO, client=f"192.0.2.{number}")
    make.post()

    assert len(mailoutbox) == LIMITS.mails
    make.ask(at=make.later(days=1, seconds=1))
    make.post(make.later(days=1, seconds=1))
    assert len(mailoutbox) == LIMITS.mails + 1


def test_one_client_may_ask_only_so_often_whatever_the_address(world):
    for number in range(10):
        make.ask(f"a{number}@example.cn")
    with pytest.raises(Refused) as refused:
        make.ask("b@example.cn")

    assert refused.value.code == "query.too-often"
    assert Watcher.objects.count() == 10


def test_asking_again_after_confirming_leads_to_one_mail_only(world, mailoutbox):
    make.watching()
    make.ask()
    make.post()
    actions.confirm(make.code(), at=AT)
    mailoutbox.clear()
    make.opens()
    actions.tell(make.ITEM, AT)
    make.post()

    assert len(mailoutbox) == 1
    assert sorted(Watcher.objects.values_list("state", flat=True)) == ["stopped", "told"]


def test_what_is_open_already_keeps_no_address(world):
    make.opens()
    with pytest.raises(Refused) as refused:
        make.ask(here="360111", power="360702")
    assert refused.value.code == "notices.open-already"
    assert not Watcher.objects.exists()

    make.ask(here="360402")
    assert Watcher.objects.count() == 1


def test_without_a_mail_server_no_address_is_taken(world, settings):
    settings.EMAIL_URL = ""
    with pytest.raises(Refused):
        make.ask()
    assert not Watcher.objects.exists()


def test_what_there_is_not_is_refused(world):
    with pytest.raises(Missing):
        make.ask(item="no-such")
    with pytest.raises(Invalid):
        make.ask(here="999999")


def test_the_trail_learns_nothing_of_who_asks(world):
    before = trails.count()
    make.watching()

    assert trails.count() == before


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "notices.address"),
        ("nobody", "notices.address"),
        ("a@example.cn\nBcc: b@example.cn", "notices.address"),
        ("a@example.cn\r\nSubject: x", "notices.address"),
        ("a\x0bb@example.cn", "notices.address"),
        ("a\u2028@example.cn", "notices.address"),
        ("a@example.cn, b@example.cn", "notices.address"),
        ("甲 <a@example.cn>", "notices.address-international"),
        ("申请人@example.cn", "notices.address-international"),
        ("a@例子.中国", "notices.address-international"),
        ('"a,b"@example.cn', "notices.address"),
        ("a" * 100_000 + "@example.cn", "notices.address"),
        ("\ud800@example.cn", "notices.address-international"),
    ],
)
def test_what_is_no_address_is_said_to_be_none(typed, code):
    with pytest.raises(Invalid) as invalid:
        read_address(typed)

    assert (invalid.value.code, invalid.value.field) == (code, "address")


@given(st.text(max_size=300))
def test_whatever_passes_is_one_line_of_ascii_with_one_recipient(typed):
    try:
        address = read_address(typed)
    except Invalid:
        return
    assert address.isascii()
    assert address.isprintable()
    assert not set(address) & set(" ,;<>\r\n")

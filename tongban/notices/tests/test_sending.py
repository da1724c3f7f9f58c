"""A mail goes out at least once, under one id, whatever happens to the server, the process or the machine."""

from __future__ import annotations

import logging
import smtplib

import pytest
from django.core.mail import EmailMessage

from tongban.notices import actions, follow, queries
from tongban.notices.models import Notice, Watcher
from tongban.notices.rules import LIMITS, wait
from tongban.notices.tests import make

AT = make.MONDAY


@pytest.fixture
def down(monkeypatch):
    """A server that refuses everybody, and says whom."""
    state = {"down": True}
    real = EmailMessage.send

    def send(self, *rest, **named):
        if state["down"]:
            raise smtplib.SMTPRecipientsRefused({self.to[0]: (550, b"no " + self.to[0].encode())})
        return real(self, *rest, **named)

    monkeypatch.setattr(EmailMessage, "send", send)
    return state


def test_a_server_that_is_down_for_three_days_loses_nothing(world, mailoutbox, down):
    make.ask()
    tries, at = 0, AT
    while at < make.later(days=3):
        tries += make.post(at)
        at += wait(1)
    assert 10 < tries < 30
    assert mailoutbox == []
    post = queries.post()
    assert (post.owed, post.failing, post.error) == (1, 1, "SMTPRecipientsRefused")

    down["down"] = False
    make.post(make.later(days=3, hours=6))
    assert len(mailoutbox) == 1
    assert queries.post().owed == 0
    actions.confirm(make.code(), at=make.later(days=3, hours=7))


def test_waits_grow_up_to_a_quarter_of_a_day():
    waits = [wait(tries) for tries in range(1, 50)]

    assert waits == sorted(waits)
    assert waits[0].seconds == 60
    assert waits[-1].seconds == 6 * 3600


def test_the_address_is_in_no_log_and_no_table_of_errors(world, down, caplog):
    with caplog.at_level(logging.DEBUG):
        make.ask()
        make.post()

    assert [record.message for record in caplog.records if record.name.startswith("tongban")] == [
        "mail not sent"
    ]
    said = "".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert make.WHO not in said
    assert "example.cn" not in Notice.objects.get().error


def test_one_mail_that_always_fails_does_not_hold_up_the_others(world, mailoutbox, monkeypatch):
    real = EmailMessage.send

    def send(self, *rest, **named):
        if self.to == ["bad@example.cn"]:
            raise OSError
        return real(self, *rest, **named)

    monkeypatch.setattr(EmailMessage, "send", send)
    make.ask("bad@example.cn")
    make.ask("good@example.cn")
    make.post()

    assert [mail.to for mail in mailoutbox] == [["good@example.cn"]]


def test_what_cannot_be_sent_for_a_month_is_given_up_and_said(world, down, caplog):
    down["down"] = False
    make.watching()
    down["down"] = True
    make.opens()
    actions.tell(make.ITEM, AT)
    make.post()
    assert actions.erase(AT + LIMITS.unsendable) == 0

    assert actions.erase(AT + LIMITS.unsendable + wait(1)) == 1
    assert Watcher.objects.get().contact is None
    assert "mails given up" in caplog.text


def test_without_a_server_nothing_is_sent(world, settings):
    make.ask()
    settings.EMAIL_URL = ""

    assert follow.send(AT) == 0
    settings.EMAIL_URL = "smtp://mail.example"
    assert follow.send(AT) == 1

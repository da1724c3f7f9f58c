"""The doctor says what an operator has to look after, and names no person."""

from __future__ import annotations

import smtplib

from django.core.mail import EmailMessage

from tongban.console.doctor import examine
from tongban.notices.tests import make
from tongban.notices.tests.conftest import offered, world

__all__ = ["offered", "world"]


def _refuse(self: EmailMessage, *_: object, **__: object) -> int:
    raise smtplib.SMTPRecipientsRefused({self.to[0]: (550, b"no " + self.to[0].encode())})


def test_mails_that_fail_are_told_without_whose_they_are(world, monkeypatch):
    monkeypatch.setattr(EmailMessage, "send", _refuse)
    make.ask()
    assert make.post() == 1

    (mails,) = [each for each in examine() if each.about == "mails"]

    assert mails.wrong
    assert "SMTPRecipientsRefused" in mails.says
    assert make.WHO not in mails.says

"""People who ask, and items that open, through the real actions."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.core import mail

from tongban.catalogue import actions as catalogue
from tongban.lists import actions as lists
from tongban.lists.tests import make
from tongban.notices import actions
from tongban.notices.models import Watcher

MONDAY, DAY, ITEM = make.MONDAY, make.DAY, make.RENEW
POLICE = "360000-police"
HERE, THERE = "360111-service-centre", "360702-police"
WHO = "applicant.a@example.cn"
PAGES = actions.Pages(
    "https://tongban.example/tell/link/", "https://tongban.example/items/JX-P-0001/?lang=zh"
)


def later(**much: float) -> datetime:
    return MONDAY + timedelta(**much)


def ask(address: str = WHO, item: str = ITEM, at: datetime = MONDAY, **said: Any) -> None:
    given = {"here": "", "power": "", "language": "zh-hans", "client": "192.0.2.1", "pages": PAGES, **said}
    actions.ask(item, address, at=at, **given)


def post(at: datetime = MONDAY) -> int:
    """Send everything that is due."""
    sent = 0
    while actions.send_next(at):
        sent += 1
    return sent


def code(number: int = -1) -> str:
    """Return the code of a mail's link."""
    found = re.search(r"/tell/link/([0-9A-Z-]+)/", str(mail.outbox[number].body))
    assert found
    return found[1]


def watching(address: str = WHO, at: datetime = MONDAY, **said: Any) -> Watcher:
    """Return somebody who asked and confirmed; the mails on the way are thrown away."""
    ask(address, at=at, **said)
    post(at)
    actions.confirm(code(), at=at)
    mail.outbox.clear()
    return Watcher.objects.order_by("-id")[0]


def ended(item: str = ITEM, *into: str, on: date = DAY, at: datetime = MONDAY) -> None:
    """Let an item end from a day on, by two people of the department that keeps it."""
    kind, why = ("merge", "并入其他事项") if into else ("end", "法律已废止")
    editor, approver = (make.clerk(POLICE, role) for role in ("edit-items", "approve-items"))
    reason = {"zh": why, "en": ""}
    change = catalogue.propose_change(item, kind, on, reason, "示例文件", by=editor, at=at, successors=into)
    catalogue.approve_change(change.id, by=approver, at=at)


def opens(item: str = ITEM, here: str = HERE, there: str = THERE, at: datetime = MONDAY) -> None:
    """Let an item be proved between two bodies."""
    assert lists.prove(item, here, there, at=at)

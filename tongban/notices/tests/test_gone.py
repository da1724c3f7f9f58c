"""Those who wait for an item that ends are told once that it won't open, what there is instead, and forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tongban.lib.refusals import Refused
from tongban.notices import actions, follow, queries
from tongban.notices.models import Notice, Watcher
from tongban.notices.rules import LIMITS
from tongban.notices.tests import make
from tongban.trail import actions as trail

AT, OTHER = make.MONDAY, "JX-P-0002"


def read_on(at=AT):
    trail.seal(at)
    return trail.advance("notices", follow.handle, at)


def test_who_waits_for_an_item_that_ends_is_told_why_and_the_address_is_gone(world, mailoutbox):
    make.watching(here="360111", power="360702")
    make.ended()
    read_on()
    make.post()

    (mail,) = mailoutbox
    assert "法律已废止" in mail.body
    assert "https://tongban.example/items/JX-P-0001/?lang=zh" in mail.body
    row = Watcher.objects.get()
    assert (row.state, row.contact, row.finder) == ("told", None, None)


def test_one_that_was_replaced_leads_to_the_other_and_asks_nothing_in_its_name(world, mailoutbox):
    make.watching()
    make.ended(make.ITEM, OTHER)
    read_on()
    make.post()

    (mail,) = mailoutbox
    assert "https://tongban.example/items/JX-P-0002/?lang=zh" in mail.body
    assert "并入其他事项" in mail.body
    assert [row.state for row in Watcher.objects.all()] == ["told"]
    assert queries.waiting() == {}


def test_it_is_told_once_however_often_it_is_read(world, mailoutbox):
    make.watching()
    make.ended()
    read_on()
    actions.tell_all(AT)
    follow.follow(AT)
    make.post()
    follow.follow(make.later(days=1))

    assert make.post(make.later(days=1)) == 0
    assert len(mailoutbox) == 1


def test_an_end_to_come_is_told_on_its_day_until_then_it_may_still_open(world, mailoutbox):
    make.watching("a@example.cn", here="360111")
    make.watching("b@example.cn", here="360102")
    make.ended(on=make.DAY + timedelta(days=10))
    make.opens()
    read_on()
    make.post()
    assert [mail.to for mail in mailoutbox] == [["a@example.cn"]]
    assert "现在已经开通" in mailoutbox[0].body

    follow.follow(make.later(days=9))
    assert make.post(make.later(days=9)) == 0
    follow.follow(make.later(days=10))
    make.post(make.later(days=10))
    assert [mail.to for mail in mailoutbox] == [["a@example.cn"], ["b@example.cn"]]
    assert "法律已废止" in mailoutbox[1].body


def test_who_confirms_after_the_end_is_told_at_once(world, mailoutbox):
    make.ask()
    make.post()
    code = make.code()
    make.ended()
    read_on()
    assert not Notice.objects.filter(kind="gone").exists()
    actions.confirm(code, at=AT)
    make.post()

    assert len(mailoutbox) == 2
    assert Watcher.objects.get().state == "told"


def test_that_it_is_open_is_not_sent_any_more_once_it_has_ended(world, mailoutbox):
    make.watching()
    make.opens()
    read_on()
    make.ended()
    read_on()
    make.post()

    (mail,) = mailoutbox
    assert "法律已废止" in mail.body
    assert not Notice.objects.filter(kind="open").exists()


def test_what_cannot_be_sent_keeps_no_address(world):
    make.watching()
    make.ended()
    read_on()
    actions.erase(AT + LIMITS.unsendable + timedelta(days=1))

    assert Watcher.objects.get().contact is None


def test_nobody_can_wait_for_what_has_ended(world):
    make.ended()

    with pytest.raises(Refused, match=r"notices\.ended"):
        make.ask()
    assert not Watcher.objects.exists()

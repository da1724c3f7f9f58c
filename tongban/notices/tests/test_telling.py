"""Those who asked are told, once, when it's open where they asked: by a step in the trail, or by a day alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tongban.lists import actions as lists
from tongban.lists.tests import make as world_make
from tongban.notices import actions, follow, queries
from tongban.notices.models import Notice, Watcher
from tongban.notices.tests import make
from tongban.trail import actions as trail
from tongban.trail import queries as trails

AT = make.MONDAY


def read_on(name="notices", at=AT):
    trail.seal(at)
    return trail.advance(name, follow.handle, at)


def test_a_proof_in_the_trail_is_told_and_the_address_is_gone(world, mailoutbox):
    make.watching(here="360111", power="360702")
    make.opens()
    read_on()
    make.post()

    (mail,) = mailoutbox
    assert "青山湖区交件，章贡区决定" in mail.body
    assert "https://tongban.example/items/JX-P-0001/?lang=zh" in mail.body
    row = Watcher.objects.get()
    assert (row.state, row.contact, row.finder) == ("told", None, None)


def test_a_rehearsal_that_both_confirmed_is_told(world, mailoutbox):
    make.watching()
    here, there = world_make.clerk(make.HERE, "receive"), world_make.clerk(make.THERE, "handle")
    row = lists.rehearse(make.ITEM, make.HERE, "360702", make.DAY, "", by=here, at=AT)
    read_on()
    assert make.post() == 0
    lists.confirm(row.id, "", by=there, at=AT)
    read_on()
    make.post()

    assert len(mailoutbox) == 1


def test_reading_the_same_twice_tells_once(world, mailoutbox):
    make.watching()
    make.opens()
    for name in ("notices", "again"):
        read_on(name)
    actions.tell_all(AT)
    make.post()
    actions.tell_all(make.later(days=1))

    assert make.post(make.later(days=1)) == 0
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("here", "power", "told"),
    [
        ("", "", True),
        ("360111", "", True),
        ("360100", "", True),
        ("360111", "360702", True),
        ("", "360700", True),
        ("360102", "", False),
        ("", "360102", False),
        ("360702", "360111", False),
    ],
)
def test_only_who_asked_for_that_place_or_direction_is_told(world, here, power, told):
    make.watching(here=here, power=power)
    make.opens()
    read_on()

    assert Notice.objects.filter(kind="open").exists() is told


def test_another_item_is_no_news(world):
    make.watching(item="JX-P-0002")
    make.opens()
    read_on()

    assert not Notice.objects.filter(kind="open").exists()


def test_what_is_proved_but_not_yet_listed_opens_by_its_day_alone(world, mailoutbox):
    item, first = world_make.UNLISTED, make.DAY + timedelta(days=10)
    world_make.unlist(item)
    make.watching(item=item)
    make.opens(item)
    keeper, reviewer = world_make.keeper(), world_make.reviewer()
    world_make.published("province", item, day=first, keeper=keeper, reviewer=reviewer)
    read_on()
    assert make.post() == 0

    before = trails.count()
    follow.follow(make.later(days=9))
    assert make.post(make.later(days=9)) == 0
    follow.follow(make.later(days=10))
    assert trails.count() == before
    make.post(make.later(days=10))
    assert len(mailoutbox) == 1


def test_the_sweep_runs_once_a_day(world, cost):
    follow.follow(AT)

    assert cost(lambda: follow.follow(AT)) == 0
    assert cost(lambda: follow.follow(make.later(hours=1))) == 0
    assert cost(lambda: follow.follow(make.later(days=1))) > 0


def test_a_sweep_that_failed_is_tried_again_but_not_at_once(world, cost, monkeypatch):
    def fails(at):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(actions, "tell_all", fails)
        with pytest.raises(RuntimeError):
            follow.follow(AT)

    assert cost(lambda: follow.follow(AT)) == 0
    assert cost(lambda: follow.follow(AT + follow.AGAIN)) > 0


def test_who_confirms_after_it_opened_is_told_at_once(world, mailoutbox):
    make.ask()
    make.post()
    code = make.code()
    make.opens()
    read_on()
    assert not Notice.objects.filter(kind="open").exists()
    actions.confirm(code, at=AT)
    make.post()

    assert len(mailoutbox) == 2


def test_staff_see_how_many_wait_and_nothing_else(world):
    make.watching("a@example.cn")
    make.watching("b@example.cn")
    make.ask("c@example.cn", item="JX-P-0002")

    assert queries.waiting() == {make.ITEM: 2}

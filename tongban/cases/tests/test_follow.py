"""The room goes on by itself, at most every twenty seconds, and whatever the server's clock does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tongban.cases import follow
from tongban.cases.tests import make

MONDAY = make.MONDAY


@pytest.fixture(autouse=True)
def fresh(world, monkeypatch):
    monkeypatch.setattr(follow, "_last", [])


def test_it_sweeps_until_nothing_is_left_and_then_waits(licence, cost):
    later = make.day(30)
    while follow.follow(later):
        pass

    assert make.again(licence).deemed
    assert cost(lambda: follow.follow(later + timedelta(seconds=19))) == 0
    assert cost(lambda: follow.follow(later + timedelta(seconds=20))) > 0


def test_a_clock_set_back_does_not_keep_it_waiting(licence, cost):
    follow.follow(make.day(1))

    assert cost(lambda: follow.follow(MONDAY)) > 0

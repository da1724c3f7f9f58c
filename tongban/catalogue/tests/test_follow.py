"""Long lists are worked off beside the other background work."""

from __future__ import annotations

import pytest

from tongban.catalogue import actions, follow
from tongban.catalogue.actions import importing
from tongban.catalogue.tests import make_lists as lists
from tongban.catalogue.tests.make import DATA


@pytest.fixture(autouse=True)
def catalogue(db, monkeypatch):
    actions.load(DATA / "items")
    monkeypatch.setattr(importing, "AT_ONCE", 0)


def test_where_nothing_waits_nothing_begins():
    assert follow.follow(lists.AT) == 0


def test_a_list_that_waits_is_begun_with_and_not_twice(monkeypatch):
    begun = []

    class Thread:
        def __init__(self, *, target, **_more):
            self.target = target

        def start(self):
            begun.append(self.target)

        def is_alive(self):
            return True

    monkeypatch.setattr("threading.Thread", Thread)
    monkeypatch.setattr(follow, "_running", [])
    lists.checked(lists.as_csv(lists.row()))

    assert (follow.follow(lists.AT), follow.follow(lists.AT)) == (1, 0)
    assert begun == [follow._work]

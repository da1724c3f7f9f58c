"""Two approve at the same moment what can't both hold: one does, the other is told why not."""

from __future__ import annotations

import contextlib
import threading

import pytest

from tests.bad_days import harm
from tongban.catalogue import actions
from tongban.catalogue.actions import importing, standing
from tongban.catalogue.models import Item
from tongban.catalogue.tests import make_lists as lists
from tongban.catalogue.tests import world
from tongban.catalogue.tests.world import BASIS, FOOD, NOW, TODAY, WHY
from tongban.lib.refusals import Invalid, Refused

SHOP = "JX-P-0004"


@pytest.fixture
def approved(transactional_db, monkeypatch):
    """Return a function that lets changes of standing be approved at once, each by somebody else."""
    world.data()
    editor, first, second = world.editor(), world.approver(), world.approver()
    meeting, looks = threading.Barrier(2), standing._require_successors

    def look(codes):
        looks(codes)
        # Each looks before the other writes, if nothing makes one of them wait.
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(1)

    def at_once(*changes):
        rows = [
            actions.propose_change(item, kind, TODAY, WHY, BASIS, by=editor, at=NOW, successors=into)
            for item, kind, into in changes
        ]
        monkeypatch.setattr(standing, "_require_successors", look)
        pairs = zip(rows, (first, second), strict=True)
        acts = [lambda row=row, by=by: actions.approve_change(row.id, by=by, at=NOW) for row, by in pairs]
        return harm.failures(harm.at_once(*acts))

    return at_once


def test_of_two_items_each_is_not_merged_into_the_other(approved):
    (failure,) = approved((FOOD, "merge", [SHOP]), (SHOP, "merge", [FOOD]))

    assert isinstance(failure, Invalid)
    assert failure.code == "change.successor-unknown"
    assert Item.objects.filter(ended_on__isnull=False).count() == 1


def test_an_item_ends_once(approved):
    (failure,) = approved((FOOD, "merge", [SHOP]), (FOOD, "end", []))

    assert isinstance(failure, Refused)
    assert failure.code == "change.ended"


def test_a_list_that_two_confirm_is_imported_once(transactional_db):
    world.data()
    listed = lists.checked(lists.as_csv(lists.row()))

    def confirm():
        return importing.confirm(listed.id, by=lists.BY, at=lists.AT)

    (failure,) = harm.failures(harm.at_once(confirm, confirm))

    assert isinstance(failure, Refused)
    assert failure.code == "list.moved-on"
    listed.refresh_from_db()
    assert (listed.state, listed.counts["created"]) == ("done", 1)

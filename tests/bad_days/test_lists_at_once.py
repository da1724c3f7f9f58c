"""Two change one item's lists at the same moment, each sees the other's list as it was: the rule holds all the same."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.bad_days import harm
from tongban.catalogue import actions as catalogue
from tongban.catalogue.actions import importing
from tongban.catalogue.tests import make_lists as imports
from tongban.catalogue.tests.make import DATA
from tongban.lib.actors import System
from tongban.lib.refusals import Refused
from tongban.lists import actions
from tongban.lists.models import Entry, Standing
from tongban.lists.tests import make
from tongban.trail.models import Entry as Recorded

ITEM = make.UNLISTED


@pytest.fixture
def listed(transactional_db):
    make.lists()


def uncovered():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM lists_uncovered(NULL)")
        return cursor.fetchone()[0]


def test_publishing_inside_and_withdrawing_outside_at_once(listed):
    keeper, reviewer = make.keeper(), make.reviewer()
    inner = actions.propose(
        "national", ITEM, "list", make.says("national"), "示例", by=keeper, at=make.MONDAY
    )
    outer = actions.propose("province", ITEM, "withdraw", None, "示例", by=keeper, at=make.MONDAY)
    for change in (inner, outer):
        actions.review(change.id, "", by=reviewer, at=make.MONDAY)

    results = harm.at_once(
        lambda: actions.publish(inner.id, make.DAY, by=reviewer, at=make.MONDAY),
        lambda: actions.publish(outer.id, make.DAY, by=reviewer, at=make.MONDAY),
    )

    (failure,) = harm.failures(results)
    assert isinstance(failure, Refused)
    assert failure.code in {"lists.outside", "lists.inner-stands"}
    assert uncovered() == 0


@pytest.mark.parametrize("isolation", ["READ COMMITTED", "REPEATABLE READ"])
def test_code_that_asks_nobody_is_stopped_by_the_database(listed, isolation):
    says = Standing.objects.filter(list="province", item=ITEM).get().says
    entry = Entry.objects.create(list_id="national", item_id=ITEM)
    meeting = threading.Barrier(2)

    def begin():
        connection.cursor().execute(f"SET TRANSACTION ISOLATION LEVEL {isolation}")
        # Both look before either writes: each sees the other's list as it was.
        assert Standing.objects.filter(list="province", item=ITEM, valid_until__isnull=True).exists()
        meeting.wait(10)

    def inside():
        with transaction.atomic():
            begin()
            values = {"list_id": "national", "item_id": ITEM, "batch_id": "national-1", "says": says}
            Standing.objects.create(entry=entry, number=1, valid_from=make.DAY, **values)

    def outside():
        with transaction.atomic():
            begin()
            Standing.objects.filter(list="province", item=ITEM).update(
                valid_until=make.DAY + timedelta(days=3)
            )

    results = harm.at_once(inside, outside)

    failures = harm.failures(results)
    assert len(failures) == 1
    assert isinstance(failures[0], DatabaseError)
    assert uncovered() == 0


def test_a_local_list_confirmed_twice_at_once_is_imported_once_in_the_name_of_who_confirmed_it(
    transactional_db,
):
    catalogue.load(DATA / "items")
    row = imports.checked(imports.as_csv(imports.row()))

    results = harm.at_once(
        *[lambda: importing.confirm(row.id, by=System("confirms"), at=imports.AT) for _ in range(4)]
    )

    assert {type(failure) for failure in harm.failures(results)} == {Refused}
    assert len(harm.failures(results)) == 3
    (recorded,) = Recorded.objects.filter(event="catalogue.list.import")
    assert recorded.actor == str(System("confirms"))

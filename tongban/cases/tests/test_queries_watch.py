"""What a supervisor keeps an eye on: who sees what, in which order, page by page, at which cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from tongban.cases import actions, queries
from tongban.cases.queries import watch
from tongban.cases.tests import make

POLICE = "360702-police"


@pytest.fixture
def supervisor(world):
    return make.clerk("360702-service-centre", "supervise")


def shown(by, group, at, after=""):
    return watch.watch(by.watches, at=at, group=group, after=after)


def test_what_is_overdue_is_seen_where_it_lies_and_where_it_is_offered(window, officer, supervisor):
    offered, held = make.received(window), make.received(window)
    make.take_over(held, officer)
    giver = make.clerk("360111-service-centre", "supervise", name="giver")

    at = make.day(20)
    assert set(shown(supervisor, "overdue", at).pages[0].ids) == {offered.id, held.id}
    assert shown(giver, "overdue", at).pages[0].ids == [offered.id]
    assert shown(supervisor, "overdue", make.MONDAY).pages[0].ids == []


def test_nothing_closed_and_nothing_practised_is_late(window, officer, supervisor):
    closed = make.received(window)
    actions.withdraw(closed.id, "不办了", by=window, at=make.MONDAY)
    learner = make.clerk("360111-service-centre", "receive", name="learner", practice=True)
    make.received(learner)
    actions.sweep(make.day(20))

    counts = watch.watch(supervisor.watches, at=make.day(20)).counts
    assert counts == dict.fromkeys(watch.GROUPS, 0)


def test_an_offer_is_seen_by_both_sides_once_it_was_reminded_of(part, supervisor):
    giver = make.clerk("360100-service-centre", "supervise", name="giver-city")
    for day, seen in ((1, 0), (2, 1)):
        actions.sweep(make.day(day))
        for by in (supervisor, giver):
            assert len(shown(by, "offers", make.day(day)).pages[0].ids) == seen

    (row,) = watch.offers(shown(supervisor, "offers", make.day(2)).pages[0].ids).values()
    assert (row.part_id, row.giver_id, row.taker_id) == (part.id, "360111-service-centre", POLICE)


def test_what_could_not_be_done_is_seen_when_its_answer_is_overdue(window, officer, supervisor):
    row = actions.obstruct("other", "等了两周", by=window, at=make.MONDAY, owner=POLICE)

    assert shown(supervisor, "obstacles", make.day(7)).pages[0].ids == []
    assert shown(supervisor, "obstacles", make.day(8)).pages[0].ids == [row.id]
    actions.answer(row.id, "已办理", by=officer, at=make.day(8))
    assert shown(supervisor, "obstacles", make.day(9)).pages[0].ids == []


def test_an_acceptance_by_silence_is_seen_for_a_month(window, supervisor):
    part = make.received(window, make.FOOD)
    actions.sweep(make.day(10))

    assert shown(supervisor, "deemed", make.day(10)).pages[0].ids == [part.id]
    assert shown(supervisor, "deemed", make.day(60)).pages[0].ids == []


def test_what_was_urged_and_is_overdue_stands_first(window, supervisor):
    parts = [make.received(window) for _ in range(3)]
    for part, days in zip(parts, (5, 2, 9), strict=True):
        actions.urge(part.id, POLICE, "请签收", make.day(days).date(), by=supervisor, at=make.day(1))

    ids = shown(supervisor, "urged", make.day(4)).pages[0].ids
    known = watch.urgings(ids)
    assert [known[each].part_id for each in ids] == [parts[1].id, parts[0].id, parts[2].id]


@pytest.mark.parametrize("group", ["overdue", "offers", "urged"])
def test_a_long_list_is_walked_by_key_and_nothing_is_shown_twice(window, supervisor, group, monkeypatch):
    monkeypatch.setattr(watch, "PAGE", 4)
    parts = [make.received(window, at=make.day(number % 2)) for number in range(10)]
    for part in parts if group == "urged" else ():
        actions.urge(part.id, POLICE, "请签收", make.day(5).date(), by=supervisor, at=make.day(1))
    actions.sweep(make.day(20))

    seen, after = [], ""
    for size in (4, 4, 2):
        page = shown(supervisor, group, make.day(20), after).pages[0]
        assert len(page.ids) == size
        seen += page.ids
        after = page.after
    assert after == ""
    assert len(set(seen)) == 10


@pytest.mark.parametrize("after", ["x", "2026-06-01~x", "~", "2026-06-01T00:00:00"])
def test_a_made_up_place_begins_at_the_top(part, supervisor, after):
    page = shown(supervisor, "overdue", make.day(20), after).pages[0]

    assert (page.ids, page.earlier) == ([part.id], False)


def test_all_lists_cost_the_same_for_one_part_or_for_many(window, supervisor, cost):
    make.received(window)
    actions.sweep(make.day(20))
    one = cost(lambda: watch.watch(supervisor.watches, at=make.day(20)))
    for _ in range(8):
        make.received(window)
    actions.sweep(make.day(21))

    assert cost(lambda: watch.watch(supervisor.watches, at=make.day(21))) == one == 6


@pytest.mark.parametrize(
    ("group", "indexes"),
    [
        ("overdue", {"part_desk", "part_incoming"}),
        ("offers", {"offer_late_giver", "offer_late_taker"}),
        ("obstacles", {"obstacle_open", "obstacle_told"}),
        ("deemed", {"part_deemed"}),
        ("urged", {"urging_open"}),
    ],
)
def test_each_list_can_be_read_in_the_order_of_its_own_indexes(world, group, indexes):
    given: dict[str, Any] = {"bodies": [POLICE], "today": make.MONDAY.date(), "lately": make.MONDAY.date()}
    wanted = watch._LISTS[group]
    with connection.cursor() as cursor:
        # Of an empty table any index will do: only those that are meant are left, until the test is over.
        cursor.execute(
            "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
            " WHERE i.indrelid = %s::regclass AND NOT i.indisunique AND c.relname <> ALL(%s)",
            [wanted.table, sorted(indexes)],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute("EXPLAIN " + watch._found(wanted, "", 25), given)
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert all(f"using {index}" in plan for index in indexes), plan
    assert "Sort" not in plan.partition("Nested Loop")[2], plan


def test_the_desk_marks_what_was_reminded_of_escalated_and_urged(window, officer, supervisor):
    part = make.received(window)
    (row,) = queries.desk(officer, "incoming", at=make.day(1)).rows
    assert (row.late, row.urged_until) == ("", None)

    for day, late in ((2, "reminded"), (4, "escalated")):
        actions.sweep(make.day(day))
        (row,) = queries.desk(officer, "incoming", at=make.day(day)).rows
        assert row.late == late
    actions.urge(part.id, POLICE, "请签收", make.day(6).date(), by=supervisor, at=make.day(4))

    found = queries.desk(officer, "incoming", at=make.day(4))
    assert (found.rows[0].urged_until, found.urged) == (make.day(6).date(), 1)
    giver = queries.desk(window, "in-hand", at=make.day(4))
    assert (giver.rows[0].late, giver.rows[0].urged_until, giver.urged) == ("escalated", None, 0)

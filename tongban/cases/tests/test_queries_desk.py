"""Lists, files and searches: masked, in order, by key, at the same price for one row or thirty."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tongban.cases import actions, queries
from tongban.cases.models import Part
from tongban.cases.rules.clock import Light
from tongban.cases.tests import make
from tongban.lib.refusals import Missing

MONDAY = make.MONDAY


def filed(window, count: int, **how) -> list[Part]:
    return [make.received(window, make.FOOD, **how) for _ in range(count)]


def pages(by, tab: str) -> list[list[queries.Row]]:
    found: list[list[queries.Row]] = []
    after = ""
    for _ in range(10):
        desk = queries.desk(by, tab, at=make.day(1), after=after)
        found.append(desk.rows)
        after = desk.after
        if not after:
            return found
    raise AssertionError("the pages never end")


def test_names_are_masked_and_the_reason_to_hurry_is_shown(licence, inspector):
    (row,) = queries.desk(inspector, "incoming", at=make.day(8)).rows

    assert (row.applicant, row.light, row.due_kind) == ("申***", Light.OVERDUE, "notice")


def test_what_is_due_first_comes_first(window, inspector):
    late = make.received(window, make.FOOD, at=make.day(3))
    soon = make.received(window, make.FOOD, at=MONDAY)

    rows = queries.desk(inspector, "incoming", at=make.day(3)).rows

    assert [row.id for row in rows] == [soon.id, late.id]


@pytest.mark.parametrize("tab", ["incoming", "in-hand", "sent", "closed"])
def test_going_from_page_to_page_shows_every_row_once(window, inspector, tab):
    parts = filed(window, 32)
    ids = [part.id for part in parts]
    if tab != "incoming":
        actions.take_over_all(ids, by=inspector, at=MONDAY)
    if tab == "closed":
        for each in ids:
            actions.withdraw(each, "示例", by=inspector, at=MONDAY)

    seen = pages(window if tab == "sent" else inspector, tab)

    assert [len(page) for page in seen] == [25, 7]
    assert sorted(row.id for page in seen for row in page) == sorted(ids)


def test_a_page_mark_that_was_made_up_begins_at_the_top(licence, inspector):
    for after in ("x", "2026-06-01.x", "9999-99-99.1", "." * 500, "2026-06-01"):
        assert len(queries.desk(inspector, "incoming", at=MONDAY, after=after).rows) == 1
    assert queries.desk(inspector, "no-such-list", at=MONDAY).tab == "in-hand"


def test_a_desk_costs_the_same_for_one_file_or_for_thirty(window, inspector, cost):
    filed(window, 1)
    queries.desk(inspector, "incoming", at=MONDAY)
    one = cost(lambda: queries.desk(inspector, "incoming", at=MONDAY))
    filed(window, 29)

    assert cost(lambda: queries.desk(inspector, "incoming", at=MONDAY)) == one <= 2


def test_a_file_costs_the_same_however_long_its_history(licence, inspector, cost):
    queries.load(licence.id, inspector, at=MONDAY)
    one = cost(lambda: queries.load(licence.id, inspector, at=MONDAY))
    make.take_over(licence, inspector)
    for _ in range(10):
        actions.correct(licence.id, "示例", by=inspector, at=MONDAY)

    assert cost(lambda: queries.load(licence.id, inspector, at=MONDAY)) <= one


def test_a_search_finds_by_reference_however_it_is_typed_and_by_number(licence, inspector):
    reference = licence.case.reference

    for typed in (reference, reference.lower().replace("-", " "), make.COMPANY, f" {make.COMPANY.lower()} "):
        assert [row.id for row in queries.search(inspector, typed, at=MONDAY)] == [licence.id]


def test_a_search_finds_nothing_of_other_places(licence):
    stranger = make.clerk("360402-police", "handle")

    assert queries.search(stranger, licence.case.reference, at=MONDAY) == []
    assert queries.search(stranger, make.COMPANY, at=MONDAY) == []


def test_a_file_of_another_place_does_not_exist_nor_does_a_made_up_one(licence):
    stranger = make.clerk("360402-police", "handle")
    for wanted in (licence.id, licence.case_id, uuid4()):
        with pytest.raises(Missing):
            queries.load(wanted, stranger, at=MONDAY)


def test_the_steps_shown_are_those_of_this_clerk_now(licence, window, inspector):
    assert [step.verb for step in queries.load(licence.id, window, at=MONDAY).steps] == ["withdraw"]

    make.take_over(licence, inspector)

    shown = [step.verb for step in queries.load(licence.id, inspector, at=MONDAY).steps]
    assert shown == ["accept", "correct", "ask", "dismiss", "refuse", "withdraw"]


def test_the_applicant_sees_who_has_it_until_when_and_no_inner_steps(licence, inspector, second):
    make.take_over(licence, inspector)
    actions.accept(licence.id, by=inspector, at=MONDAY)
    actions.review(licence.id, "内部意见", by=second, at=MONDAY)

    seen = queries.track(licence.case_id, at=MONDAY)

    assert [line.verb for line in seen.steps] == ["receive", "take-over", "accept"]
    assert (seen.holder.code, seen.due_on) == (make.MARKET, make.again(licence).due_on)
    assert "内部意见" not in repr(seen)

"""Practice: real rules, both sides, and nothing of it anywhere else."""

from __future__ import annotations

import pytest

from tongban.cases import actions, queries
from tongban.cases.rules.lifecycle import State
from tongban.cases.tests import make
from tongban.lib.refusals import Missing
from tongban.papers import queries as papers
from tongban.trail import queries as trails

MONDAY = make.MONDAY


@pytest.fixture
def learner(world):
    return make.clerk("360111-service-centre", "receive", name="learner", practice=True)


@pytest.fixture
def practised(learner):
    return make.received(learner, make.FOOD)


def test_the_learner_plays_both_sides_to_the_end_and_the_trail_knows_nothing_of_it(learner, practised):
    before = trails.count()
    part = practised.id

    actions.take_over(part, by=learner, at=MONDAY)
    actions.accept(part, by=learner, at=MONDAY)
    actions.review(part, "示例", by=learner, at=MONDAY)
    actions.grant(part, by=learner, at=MONDAY)
    actions.make(part, "示例1号", by=learner, at=MONDAY)
    actions.send(part, "electronic", by=learner, at=MONDAY)

    assert make.again(practised).state == State.CLOSED
    assert trails.count() == before
    assert trails.of_case(practised.case_id) == []


def test_practice_takes_no_number_from_the_real_series(learner, practised, window, inspector):
    actions.take_over(practised.id, by=learner, at=MONDAY)
    actions.accept(practised.id, by=learner, at=MONDAY)
    real = make.take_over(make.received(window, make.FOOD), inspector)
    actions.accept(real.id, by=inspector, at=MONDAY)

    numbers = [papers.papers_of(part.case_id)[-1].number for part in (practised, real)]
    assert numbers[0] != numbers[1]
    assert int(numbers[1][-2]) == 1


def test_practice_lies_on_no_real_desk_and_the_learner_sees_no_real_case(
    learner, practised, window, inspector
):
    real = make.received(window, make.FOOD)

    incoming = queries.desk(inspector, "incoming", at=MONDAY)
    assert ([row.id for row in incoming.rows], incoming.counts["incoming"]) == ([real.id], 1)
    own = queries.desk(learner, "in-hand", at=MONDAY)
    assert [row.id for row in own.rows] == [practised.id]
    assert set(own.counts.values()) == {0}
    with pytest.raises(Missing):
        queries.load(real.id, learner, at=MONDAY)


def test_more_practice_than_fits_on_a_page_is_shown_page_by_page(learner):
    for _ in range(27):
        make.received(learner, make.FOOD)

    first = queries.desk(learner, "in-hand", at=MONDAY)
    rest = queries.desk(learner, "in-hand", at=MONDAY, after=first.after)

    assert (len(first.rows), len(rest.rows), rest.after) == (25, 2, "")


def test_to_everybody_else_a_practised_case_does_not_exist(practised, window, inspector):
    other = make.clerk("360111-service-centre", "receive", name="other", practice=True)
    for somebody in (window, inspector, other):
        with pytest.raises(Missing):
            queries.load(practised.id, somebody, at=MONDAY)
        with pytest.raises(Missing):
            actions.withdraw(practised.id, "示例", by=somebody, at=MONDAY)
        with pytest.raises(Missing):
            actions.renew_code(practised.case_id, by=somebody, at=MONDAY)
        assert queries.search(somebody, practised.case.reference, at=MONDAY) == []


def test_what_could_not_be_done_in_practice_troubles_nobody(learner, practised, inspector):
    before = trails.count()
    found = actions.obstruct("other", "示例", by=learner, at=MONDAY, part=practised.id)

    assert queries.obstacles(inspector) == []
    assert [each.id for each in queries.obstacles(learner)] == [found.id]
    assert trails.count() == before

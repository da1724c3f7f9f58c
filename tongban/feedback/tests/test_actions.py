"""A rating is given once, by the applicant, after the end, and in full words or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tongban.cases import actions as cases
from tongban.cases.tests import make
from tongban.feedback import actions, queries
from tongban.feedback.rules import BAD, Level
from tongban.lib.actors import Citizen
from tongban.lib.ids import new_id
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.trail import queries as trails


def rate(part, level="very-satisfied", words="", by=None):
    return actions.rate(part.case_id, level, words, by=by or Citizen(part.case_id), at=make.MONDAY)


def test_a_rating_is_kept_with_its_words_and_the_body_that_decided(closed_case):
    rate(closed_case, "dissatisfied", "  等了太久\x00  ")

    found = queries.rating(closed_case.case_id)
    assert found
    assert (found.level, found.words) == ("dissatisfied", {"text": "等了太久"})
    assert found.body_id == closed_case.decider_id
    assert found.level in BAD


def test_nothing_said_is_no_rating(closed_case):
    assert queries.rating(closed_case.case_id) is None


def test_the_trail_learns_the_level_and_never_the_words(closed_case):
    rate(closed_case, "satisfied", "窗口的申请人甲谢谢您")

    entry = trails.of_case(closed_case.case_id)[-1]
    assert (entry.event, entry.actor) == ("feedback.rating.give", "applicant")
    assert entry.facts["level"] == "satisfied"
    assert "谢谢" not in str(entry.facts)


def test_a_second_rating_is_refused_and_the_first_stays(closed_case):
    rate(closed_case, "very-dissatisfied")

    with pytest.raises(Refused) as refused:
        rate(closed_case, "very-satisfied")

    assert refused.value.code == "rating.given"
    found = queries.rating(closed_case.case_id)
    assert found
    assert found.level == "very-dissatisfied"


def test_before_the_end_there_is_nothing_to_rate(open_case):
    with pytest.raises(Refused) as refused:
        rate(open_case)

    assert refused.value.code == "rating.too-early"


def test_only_the_applicant_of_the_case_rates_it(closed_case, window):
    with pytest.raises(Missing):
        rate(closed_case, by=Citizen(new_id()))
    with pytest.raises(Missing):
        rate(closed_case, by=window)


@pytest.mark.parametrize("level", ["", "5", "excellent", "VERY_SATISFIED"])
def test_a_level_that_does_not_exist_is_not_a_rating(closed_case, level):
    with pytest.raises(Invalid) as invalid:
        rate(closed_case, level)

    assert invalid.value.field == "level"


def test_words_have_an_end(closed_case):
    with pytest.raises(Invalid):
        rate(closed_case, words="长" * 1001)


def test_practice_stays_out_of_the_trail(window):
    learner = replace(window, practice=True)
    part = make.received(learner)
    cases.withdraw(part.id, "练习", by=learner, at=make.MONDAY)
    before = trails.count()

    assert rate(part).practice
    assert trails.count() == before


def test_five_levels_from_best_to_worst():
    assert len(Level) == 5
    assert Level.values[0] == "very-satisfied"

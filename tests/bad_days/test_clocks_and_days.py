"""A clock that's set back, a year that ends, a calendar that ends."""

from __future__ import annotations

import time
from datetime import date, timedelta

from tongban.cases import actions, queries
from tongban.cases.models import Act
from tongban.cases.tests import make
from tongban.lib import ids
from tongban.papers import queries as papers
from tongban.trail import actions as trail
from tongban.trail import queries as trails

MONDAY = make.MONDAY
NEW_YEARS_EVE = MONDAY.replace(month=12, day=31)


def test_a_clock_set_back_between_steps_leaves_their_order_and_dates_none_before_another(
    licence, inspector, monkeypatch
):
    trail.seal(MONDAY)
    monkeypatch.setattr(time, "time_ns", lambda: 1_700_000_000 * 10**9)
    monkeypatch.setattr(ids, "_last", [0])  # as if started anew
    back = MONDAY - timedelta(days=10)

    actions.take_over(licence.id, by=inspector, at=back)
    actions.accept(licence.id, by=inspector, at=back - timedelta(days=1))
    actions.pause(licence.id, "hearing", "十日", "示例", by=inspector, at=back - timedelta(days=2))
    part = actions.resume(licence.id, by=inspector, at=back - timedelta(days=3))

    acts = list(Act.objects.filter(part=part).order_by("version"))
    assert [act.verb for act in acts] == ["receive", "take-over", "accept", "pause", "resume"]
    assert [act.at for act in acts] == sorted(act.at for act in acts)
    assert {part.received_on, part.taken_over_on, part.accepted_on} == {MONDAY.date()}
    assert part.due_on
    assert part.due_on > MONDAY.date()
    assert "-" not in make.said(part, "pause")["used"] + make.said(part, "resume")["uncounted"]
    assert [line.verb for line in queries.load(part.id, inspector, at=back).history] == [
        act.verb for act in acts
    ]


def test_the_trail_is_sealed_and_proved_after_the_clock_was_set_back(licence, inspector, monkeypatch):
    trail.seal(MONDAY)
    monkeypatch.setattr(time, "time_ns", lambda: 1_700_000_000 * 10**9)
    monkeypatch.setattr(ids, "_last", [0])

    actions.take_over(licence.id, by=inspector, at=MONDAY - timedelta(days=10))

    assert trail.seal(MONDAY - timedelta(days=10)) == 1
    assert trails.audit() == trails.Audit(trails.count(), "")


def test_a_sweep_with_the_clock_set_back_ends_nothing(licence):
    actions.sweep(make.day(4))

    swept = actions.sweep(make.day(-400))

    assert (swept.deemed, swept.lapsed, swept.reminded) == (0, 0, 0)


def test_numbers_begin_anew_with_the_year_of_the_place(window, inspector):
    """It's 2027 at the place while the server's own day, in UTC, is still the last of 2026."""
    late = NEW_YEARS_EVE.replace(hour=17)
    first = make.take_over(make.received(window, make.FOOD, at=NEW_YEARS_EVE), inspector, NEW_YEARS_EVE)
    second = make.take_over(make.received(window, make.FOOD, at=NEW_YEARS_EVE), inspector, NEW_YEARS_EVE)

    actions.accept(first.id, by=inspector, at=NEW_YEARS_EVE)
    part = actions.accept(second.id, by=inspector, at=late)

    numbers = [papers.papers_of(each.case_id)[-1].number for each in (first, second)]
    assert part.accepted_on == date(2027, 1, 1)
    assert ["2026" in numbers[0], "2027" in numbers[1]] == [True, True]
    assert numbers[0][-2:] == numbers[1][-2:]


def test_what_is_filed_as_the_calendar_ends_shows_its_days_as_provisional_on_paper(window, inspector):
    part = make.take_over(make.received(window, make.FOOD, at=NEW_YEARS_EVE), inspector, NEW_YEARS_EVE)
    part = actions.accept(part.id, by=inspector, at=NEW_YEARS_EVE)

    for issued in papers.papers_of(part.case_id):
        words = str(papers.blocks(papers.paper(issued.id)))
        assert "暂定" in words
    assert part.provisional
    assert all(line.provisional for line in queries.load(part.id, inspector, at=NEW_YEARS_EVE).deadlines)

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.lib.texts import Text
from tongban.lib.workdays import Calendar, Kind, SpecialDay, Step

DAY = timedelta(1)
FILE = Path(__file__).resolve().parents[3] / "data" / "calendar" / "cn.csv"


def _china() -> Calendar:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    special = frozenset(
        SpecialDay(
            date.fromisoformat(row["day"]), row["kind"] == "work", Text(row["name_zh"], row["name_en"])
        )
        for row in rows
    )
    return Calendar("cn", special, date(2026, 12, 24))


CHINA = _china()
days = st.dates(date(2004, 1, 1), date(2026, 11, 1))
limits = st.integers(0, 70)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any few days off and worked about one month, so that they fall together often."""
    near = st.dates(date(2024, 2, 1), date(2024, 3, 15))
    off = draw(st.sets(near, max_size=12))
    work = {day for day in draw(st.sets(near, max_size=6)) if day not in off}
    return Calendar.of(off, work, date(2024, 12, 31))


near_days = st.dates(date(2024, 1, 20), date(2024, 3, 20))
pauses = st.lists(
    st.tuples(near_days, st.integers(0, 15)).map(lambda pair: (pair[0], pair[0] + pair[1] * DAY)), max_size=3
)


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        (date(2020, 12, 28), 5, date(2021, 1, 5)),
        (date(2021, 9, 30), 5, date(2021, 10, 13)),
        (date(2021, 2, 9), 20, date(2021, 3, 15)),
        (date(2025, 1, 24), 5, date(2025, 2, 7)),
        (date(2025, 9, 29), 20, date(2025, 11, 3)),
    ],
)
def test_limits_computed_elsewhere_come_out_the_same(start, limit, due):
    found = CHINA.after(start, limit)

    assert (found.day, found.provisional, found.remaining) == (due, False, 0)


def test_a_make_up_saturday_counts_and_says_so():
    steps = CHINA.after(date(2021, 9, 30), 5).steps

    assert steps == (
        Step(Kind.START, date(2021, 9, 30), date(2021, 9, 30)),
        Step(Kind.HOLIDAY, date(2021, 10, 1), date(2021, 10, 7), Text("国庆节", "National Day")),
        Step(Kind.WORKING, date(2021, 10, 8), date(2021, 10, 8)),
        Step(Kind.MAKE_UP, date(2021, 10, 9), date(2021, 10, 9), Text("国庆节", "National Day")),
        Step(Kind.WEEKEND, date(2021, 10, 10), date(2021, 10, 10)),
        Step(Kind.WORKING, date(2021, 10, 11), date(2021, 10, 13)),
    )


def test_a_limit_that_outruns_the_calendar_is_provisional():
    assert CHINA.after(date(2026, 12, 20), 20).provisional
    assert CHINA.after(date(2026, 12, 20), 20).day == date(2027, 1, 15)
    assert not CHINA.after(date(2026, 12, 17), 5).provisional


def test_the_last_days_of_the_year_wait_for_the_next_notice():
    assert CHINA.after(date(2026, 12, 24), 1).provisional


def test_the_leap_day_is_a_day_like_any_other():
    assert CHINA.after(date(2024, 2, 28), 1).day == date(2024, 2, 29)
    assert CHINA.after(date(2024, 2, 29), 1).day == date(2024, 3, 1)
    assert CHINA.add_days(date(2024, 2, 28), 1).day == date(2024, 2, 29)


def test_calendar_days_that_end_on_a_day_off_end_on_the_next_that_works():
    due = CHINA.add_days(date(2021, 9, 24), 10)

    assert due.day == date(2021, 10, 8)
    assert [(step.kind, step.days) for step in due.steps] == [
        (Kind.START, 1),
        (Kind.CALENDAR, 10),
        (Kind.HOLIDAY, 3),
        (Kind.WORKING, 1),
    ]


def test_a_day_cannot_be_off_and_worked():
    with pytest.raises(ValueError):
        Calendar.of({date(2025, 1, 4)}, {date(2025, 1, 4)}, date(2025, 12, 31))


def test_no_days_end_on_the_day_itself():
    assert CHINA.after(date(2025, 10, 1), 0).day == date(2025, 10, 1)


@pytest.mark.parametrize("count", [CHINA.after, CHINA.add_days])
def test_a_limit_below_zero_is_a_mistake(count):
    with pytest.raises(ValueError):
        count(date(2025, 1, 1), -1)


def test_neither_the_day_of_the_stop_nor_that_of_going_on_counts():
    # Monday 2 June is off; Tuesday counts, Wednesday stops, Thursday goes on, Friday counts again.
    due = CHINA.after(date(2025, 6, 2), 2, [(date(2025, 6, 4), date(2025, 6, 5))])

    assert due.day == date(2025, 6, 6)
    assert [(step.kind, step.days) for step in due.steps[1:]] == [
        (Kind.WORKING, 1),
        (Kind.PAUSE, 2),
        (Kind.WORKING, 1),
    ]


def test_a_clock_that_stands_has_no_due_day_but_a_rest():
    due = CHINA.after(date(2025, 6, 2), 5, [(date(2025, 6, 5), None)])

    assert (due.day, due.remaining) == (None, 3)
    assert due.steps[-1] == Step(Kind.PAUSE, date(2025, 6, 5), date(2025, 6, 5))


def test_a_stop_after_the_end_changes_nothing():
    stopped = CHINA.after(date(2025, 6, 2), 2, [(date(2025, 6, 5), None)])

    assert stopped == CHINA.after(date(2025, 6, 2), 2)


def test_a_clock_stopped_before_it_began_has_everything_left():
    due = CHINA.after(date(2025, 6, 2), 5, [(date(2025, 5, 1), None)])

    assert (due.day, due.remaining) == (None, 5)


@given(calendars(), near_days, limits, pauses)
def test_exactly_so_many_days_are_counted_and_none_of_them_in_a_pause(calendar, start, limit, stops):
    due = calendar.after(start, limit, stops)
    assert due.day is not None
    walked = [start + n * DAY for n in range(1, (due.day - start).days + 1)]
    counted = [
        day
        for day in walked
        if calendar.works(day) and not any(first <= day <= last for first, last in stops)
    ]

    assert len(counted) == limit
    assert not limit or counted[-1] == due.day


@given(calendars(), near_days, limits, pauses)
def test_the_explanation_is_gapless_and_adds_up(calendar, start, limit, stops):
    due = calendar.after(start, limit, stops)

    assert sum(step.days for step in due.steps if step.counted) == limit
    assert due.steps[0] == Step(Kind.START, start, start)
    assert due.steps[-1].last == due.day
    for one, next_one in zip(due.steps, due.steps[1:], strict=False):
        assert next_one.first == one.last + DAY
        assert (one.kind, one.name) != (next_one.kind, next_one.name)


@given(calendars(), near_days, st.integers(1, 60), near_days)
def test_counting_before_a_stop_and_the_rest_after_it_is_the_limit(calendar, start, limit, stop):
    due = calendar.after(start, limit, [(stop, None)])
    before = max(0, calendar.between(start, stop - DAY)) if stop > start else 0

    assert due.remaining == max(0, limit - before)
    assert (due.day is None) == (due.remaining > 0)


@given(calendars(), near_days, limits)
def test_between_is_the_inverse_of_after(calendar, start, limit):
    due = calendar.after(start, limit).day

    assert due is not None
    assert calendar.between(start, due) == limit
    assert calendar.between(due, start) == -limit


@given(calendars(), near_days, near_days)
def test_between_counts_as_one_would_by_hand(calendar, first, last):
    low, high = sorted((first, last))
    count = sum(calendar.works(low + n * DAY) for n in range(1, (high - low).days + 1))

    assert calendar.between(low, high) == count


@given(days, limits, limits)
def test_one_limit_after_another_is_their_sum(start, one, other):
    middle = CHINA.after(start, one).day

    assert middle is not None
    assert CHINA.after(middle, other).day == CHINA.after(start, one + other).day


@given(calendars(), near_days)
def test_the_next_working_day_works_and_skips_none(calendar, day):
    found = calendar.next_working(day)

    assert calendar.works(found)
    assert not any(calendar.works(day + n * DAY) for n in range((found - day).days))


@given(calendars(), near_days, limits)
def test_calendar_days_never_end_early(calendar, start, limit):
    due = calendar.add_days(start, limit)

    assert due.day == calendar.next_working(start + limit * DAY)
    assert sum(step.days for step in due.steps if step.kind is Kind.CALENDAR) == limit


@given(days, limits)
def test_what_is_settled_doesnt_depend_on_what_comes_later(start, limit):
    due = CHINA.after(start, limit)
    later = SpecialDay(date(2027, 2, 8), works=False, name=Text("春节", "Spring Festival"))
    longer = Calendar("cn", CHINA.special | {later}, date(2027, 12, 24))

    assert due.provisional or due.day == longer.after(start, limit).day


@given(calendars(), near_days, limits, pauses)
def test_a_longer_limit_or_one_more_stop_never_ends_sooner(calendar, start, limit, stops):
    due, longer = calendar.after(start, limit, stops).day, calendar.after(start, limit + 1, stops).day

    assert due is not None
    assert longer is not None
    assert longer > due
    assert due >= (calendar.after(start, limit).day or date.max)

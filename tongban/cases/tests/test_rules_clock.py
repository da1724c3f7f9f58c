"""The clocks: what starts them, what stops them, which one binds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases.rules import clock
from tongban.cases.rules.clock import Days, Kind, Light
from tongban.cases.rules.lifecycle import FINAL, State
from tongban.cases.tests import rule as made
from tongban.lib.workdays import Calendar

CALENDAR = Calendar.of([date(2026, 6, 19)], [], date(2026, 12, 24))
MONDAY = date(2026, 6, 1)
days = st.dates(date(2026, 1, 5), date(2026, 11, 1))


def kinds(found: list[clock.Deadline]) -> dict[str, date | None]:
    """Return the clocks by kind."""
    return {each.kind: each.on for each in found}


def counted(days: Days, **rule: Any) -> list[clock.Deadline]:
    """Return the clocks of a part under a rule that differs in what is named."""
    return clock.deadlines(days, made.rule(**rule), CALENDAR)


def test_five_working_days_run_from_the_receipt():
    (only,) = counted(Days(State.RECEIVED, MONDAY))

    assert (only.kind, only.on, only.binding) == (Kind.NOTICE, date(2026, 6, 8), True)


def test_where_receipt_and_taking_over_lie_apart_both_clocks_are_shown_and_the_items_policy_binds():
    part = Days(State.RECEIVED, MONDAY, taken_over_on=date(2026, 6, 3))

    safe = counted(part, notice_from="receipt")
    late = counted(part, notice_from="takeover")

    assert kinds(safe) == kinds(late) == {Kind.NOTICE: date(2026, 6, 8), Kind.NOTICE_HERE: date(2026, 6, 10)}
    assert [each.kind for each in safe if each.binding] == [Kind.NOTICE]
    assert [each.kind for each in late if each.binding] == [Kind.NOTICE_HERE]


def test_before_anybody_took_it_over_the_receipt_is_all_there_is_to_count_from():
    (only,) = counted(Days(State.RECEIVED, MONDAY), notice_from="takeover")

    assert only.binding


def test_a_completed_file_has_its_notice_clock_anew():
    part = Days(State.RECEIVED, MONDAY, asked_on=date(2026, 6, 3), completed_on=date(2026, 6, 10))

    assert kinds(counted(part)) == {Kind.NOTICE: date(2026, 6, 17)}


def test_the_limit_runs_from_acceptance_and_the_promise_binds_before_the_law():
    part = Days(State.ACCEPTED, MONDAY, accepted_on=date(2026, 6, 2))

    promised, statutory = counted(part)

    assert (promised.kind, promised.on, promised.binding) == (Kind.PROMISED, date(2026, 6, 16), True)
    assert (statutory.kind, statutory.on) == (Kind.STATUTORY, date(2026, 7, 1))


def test_a_limit_that_runs_from_the_receipt_does_not_count_what_the_applicant_took_to_complete_the_file():
    whole = Days(State.ACCEPTED, MONDAY, accepted_on=date(2026, 6, 2))
    mended = Days(
        State.ACCEPTED,
        MONDAY,
        asked_on=date(2026, 6, 2),
        completed_on=date(2026, 6, 15),
        accepted_on=date(2026, 6, 16),
    )

    assert {each.start for each in counted(whole, limit_from="receipt")} == {MONDAY}
    assert {each.start for each in counted(mended, limit_from="receipt")} == {date(2026, 6, 15)}
    assert {each.start for each in counted(mended, limit_from="acceptance")} == {date(2026, 6, 16)}


def test_a_pause_stops_the_limit_and_moves_it():
    stopped = Days(State.PAUSED, MONDAY, accepted_on=MONDAY, pauses=((date(2026, 6, 3), None),))
    resumed = Days(State.ACCEPTED, MONDAY, accepted_on=MONDAY, pauses=((date(2026, 6, 3), date(2026, 6, 8)),))

    assert {each.on for each in counted(stopped)} == {None}
    promised, _ = counted(resumed)
    assert promised.on == CALENDAR.after(MONDAY, 14).day


def test_an_extension_moves_both_limits():
    part = Days(State.ACCEPTED, MONDAY, accepted_on=MONDAY, extension=10)

    promised, statutory = counted(part)

    assert promised.on == CALENDAR.after(MONDAY, 20).day
    assert statutory.on == CALENDAR.after(MONDAY, 30).day


@given(days, st.booleans())
def test_what_is_handled_jointly_has_the_laws_days_for_that(accepted, extended):
    rule = made.joint()
    longer = rule.extension.days if extended else 0
    part = Days(State.ACCEPTED, accepted, accepted_on=accepted, extension=longer)

    promised, statutory = clock.deadlines(part, rule, CALENDAR)

    assert statutory.days == 45 + (15 if extended else 0)
    assert statutory.on == CALENDAR.after(accepted, statutory.days).day
    assert (promised.kind, promised.days, promised.binding) == (Kind.PROMISED, 30 + longer, True)


@given(days, st.integers(0, 30), st.integers(1, 20))
def test_a_joint_limit_stands_while_the_clock_does(accepted, later, stood):
    since = accepted + timedelta(later)
    pause = (since, since + timedelta(stood))
    still = Days(State.ACCEPTED, accepted, accepted_on=accepted)
    paused = Days(State.ACCEPTED, accepted, accepted_on=accepted, pauses=(pause,))

    _, before = clock.deadlines(still, made.joint(), CALENDAR)
    _, after = clock.deadlines(paused, made.joint(), CALENDAR)

    assert after.days == before.days == 45
    assert after.on == CALENDAR.after(accepted, 45, (pause,)).day
    assert before.on
    assert after.on
    assert after.on >= before.on


def test_only_what_is_handled_jointly_does():
    alone, together = made.rule(), made.joint()
    assert alone.statutory
    assert together.statutory

    assert (alone.statutory.days, alone.extension.days, alone.extension.approver) == (20, 10, "body-head")
    assert (together.statutory.days, together.extension.days) == (45, 15)
    assert (together.statutory.unit, together.extension.approver) == ("working", "government-head")


def test_ten_days_to_deliver_run_from_the_decision():
    part = Days(State.GRANTED, MONDAY, accepted_on=MONDAY, decided_on=date(2026, 6, 4))

    assert kinds(counted(part)) == {Kind.DELIVER: date(2026, 6, 18)}


def test_a_limit_past_the_known_calendar_is_provisional():
    part = Days(State.ACCEPTED, date(2026, 12, 15), accepted_on=date(2026, 12, 15))

    assert all(each.provisional for each in counted(part))


@given(st.sampled_from(sorted(FINAL)), days)
def test_nothing_runs_at_the_end(state, day):
    assert counted(Days(State(state), day)) == []


@given(st.sampled_from(sorted(set(State) - FINAL)), days, st.integers(0, 9), st.integers(0, 9))
def test_exactly_one_clock_binds_at_every_live_state(state, received, later, then):
    accepted = received + timedelta(later)
    part = Days(
        State(state),
        received,
        taken_over_on=accepted,
        asked_on=accepted,
        accepted_on=accepted,
        decided_on=accepted + timedelta(then),
    )

    found = counted(part)

    assert sum(each.binding for each in found) == 1
    assert all(each.on and each.on > each.start for each in found)


@given(days, days)
def test_the_light_turns_with_the_day(due, today):
    shown = clock.light(State.ACCEPTED, due, today, CALENDAR)

    assert (shown is Light.OVERDUE) == (due < today)
    assert (shown is Light.TODAY) == (due == today)


@pytest.mark.parametrize(
    ("state", "due", "shown"),
    [
        (State.CLOSED, MONDAY, Light.DONE),
        (State.PAUSED, None, Light.STOPPED),
        (State.ACCEPTED, MONDAY + timedelta(2), Light.SOON),
        (State.ACCEPTED, MONDAY + timedelta(9), Light.FINE),
    ],
)
def test_lights(state, due, shown):
    assert clock.light(state, due, MONDAY, CALENDAR) is shown

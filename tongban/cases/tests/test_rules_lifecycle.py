"""The lifecycle is one table: whatever walk is taken through it, these hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases.rules import lifecycle
from tongban.cases.rules.lifecycle import FINAL, LIVE, STEPS, Side, Standing, State, Step, WrongStep
from tongban.lib.refusals import Refused

standings = st.builds(
    Standing,
    state=st.sampled_from(State),
    held=st.booleans(),
    offered=st.booleans(),
    needs_review=st.booleans(),
    instant=st.booleans(),
    extension_asked=st.booleans(),
    extended=st.booleans(),
    extendable=st.booleans(),
    silent_since=st.none() | st.dates(),
    over_since=st.none() | st.dates(),
)


def walked(standing: Standing, steps: list[Step]) -> list[State]:
    """Return the states of a walk that takes each step that it may."""
    states = [standing.state]
    for step in steps:
        try:
            standing = replace(standing, state=lifecycle.take(step, standing))
        except Refused:
            continue
        states.append(standing.state)
    return states


@given(standings, st.lists(st.sampled_from(STEPS), max_size=30))
def test_no_walk_ever_leaves_a_final_state(standing, steps):
    states = walked(standing, steps)

    ended = [index for index, state in enumerate(states) if state in FINAL]

    assert not ended or set(states[ended[0] :]) == {states[ended[0]]}


@given(standings, st.lists(st.sampled_from(STEPS), max_size=30))
def test_nothing_is_granted_or_rejected_without_having_been_accepted(standing, steps):
    states = walked(replace(standing, state=State.RECEIVED), steps)

    for decided in (State.GRANTED, State.REJECTED):
        if decided in states:
            assert State.ACCEPTED in states[: states.index(decided)]


@given(standings, st.lists(st.sampled_from(STEPS), max_size=30))
def test_an_item_that_wants_a_second_person_is_never_decided_without_one(standing, steps):
    states = walked(replace(standing, state=State.RECEIVED, needs_review=True), steps)

    for decided in (State.GRANTED, State.REJECTED):
        if decided in states:
            assert State.REVIEWED in states[: states.index(decided)]


@given(standings, st.sampled_from(STEPS))
def test_a_step_is_a_button_exactly_when_it_can_be_taken(standing, step):
    offered = step in lifecycle.open_steps(standing)

    try:
        lifecycle.take(step, standing)
        taken = True
    except Refused:
        taken = False

    assert offered == (taken and step.side is not Side.SYSTEM)


@given(standings)
def test_the_deciding_body_can_do_nothing_before_it_holds_the_part(standing):
    for step in lifecycle.open_steps(replace(standing, held=False)):
        assert step.side is not Side.DECIDER


@pytest.mark.parametrize("state", sorted(LIVE))
def test_no_live_state_is_a_dead_end(state):
    assert any(state in step.begins and step.ends not in {None, state} for step in STEPS)


def test_a_step_from_the_wrong_state_names_itself_and_the_state():
    standing = Standing(State.CLOSED, True, False, False, False, False, False, False)

    with pytest.raises(WrongStep) as refused:
        lifecycle.take(lifecycle.ACCEPT, standing)

    assert refused.value.params == {"step": "accept", "state": "closed"}


def test_the_five_outcomes_of_article_32_all_begin_where_a_file_was_received():
    outcomes = {lifecycle.DISMISS, lifecycle.REFUSE, lifecycle.CORRECT, lifecycle.ASK, lifecycle.ACCEPT}

    assert all(State.RECEIVED in step.begins for step in outcomes)
    assert {step.paper for step in outcomes if step.ends} == {
        "not-needed",
        "not-accepted",
        "supplement",
        "acceptance",
    }


def test_the_chart_for_the_documentation_names_every_step():
    chart = lifecycle.chart()

    assert all(f": {step.verb}\n" in chart for step in STEPS)


def test_what_is_on_its_way_to_a_window_is_not_closed_before_it_arrived():
    standing = Standing(State.SENT, True, True, False, False, False, False, False)

    assert lifecycle.open_steps(standing) == []
    assert lifecycle.open_steps(replace(standing, offered=False)) == [lifecycle.SEND, lifecycle.CLOSE]

"""The main job: received in one place, decided in another, delivered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tongban.cases import actions, queries
from tongban.cases.rules.lifecycle import State
from tongban.cases.tests import make
from tongban.lib.refusals import Missing, NotAllowed, Refused
from tongban.trail import actions as trail
from tongban.trail import queries as trails


def test_a_case_goes_from_the_counter_to_the_delivered_result(window, officer):
    part = make.received(window)
    assert part.state == State.RECEIVED
    assert (part.holder_id, part.offered_to_id) == ("360111-service-centre", "360702-police")

    actions.take_over(part.id, by=officer, at=make.MONDAY)
    actions.accept(part.id, by=officer, at=make.MONDAY)
    actions.grant(part.id, by=officer, at=make.MONDAY)
    actions.make(part.id, "证〔2026〕1号", by=officer, at=make.MONDAY)
    actions.send(part.id, "post", by=officer, at=make.MONDAY, carrier="EMS", waybill="E123")
    actions.close(part.id, "本人签收", by=officer, at=make.MONDAY)

    part = make.again(part)
    assert (part.state, part.outcome, part.holder_id) == (State.CLOSED, "granted", "360702-police")
    events = [entry.event for entry in trails.of_case(part.case_id)]
    assert events == [
        "case.receive",
        "case.custody.take-over",
        "case.part.accept",
        "case.part.grant",
        "case.part.make",
        "case.part.send",
        "case.part.close",
    ]


def test_every_step_costs_a_handful_of_statements(window, officer, cost):
    part = make.received(window)
    actions.take_over(part.id, by=officer, at=make.MONDAY)

    assert cost(lambda: actions.accept(part.id, by=officer, at=make.MONDAY)) <= 8


def test_the_receiving_window_cannot_decide_for_another_place(window, part):
    before = trails.count()

    with pytest.raises(NotAllowed):
        actions.accept(part.id, by=window, at=make.MONDAY)

    assert trails.count() == before


def test_another_place_does_not_know_that_the_case_exists(part):
    elsewhere = make.clerk("360402-police", "handle")

    with pytest.raises(Missing):
        actions.accept(part.id, by=elsewhere, at=make.MONDAY)
    with pytest.raises(Missing):
        queries.load(part.id, elsewhere, at=make.MONDAY)


def test_a_stale_page_is_told_what_happened(part, officer):
    actions.take_over(part.id, by=officer, at=make.MONDAY, seen=part.version)

    with pytest.raises(Refused) as refused:
        actions.take_over(part.id, by=officer, at=make.MONDAY, seen=part.version)

    assert refused.value.code == "part.moved-on"
    assert refused.value.params["step"] == "take-over"


def test_the_trail_of_a_case_can_be_sealed_and_proved(part, officer):
    actions.take_over(part.id, by=officer, at=make.MONDAY)
    trail.seal(make.MONDAY)

    for entry in trails.of_case(part.case_id):
        proof = trails.proof(entry.id)
        from tongban.trail import rules

        assert rules.verify(proof.leaf, proof.number - 1, proof.size, proof.path, proof.root)


def test_silence_for_five_working_days_is_acceptance_from_the_day_of_receipt_for_a_licence(window):
    part = make.received(window, "JX-P-0001")
    actions.sweep(make.MONDAY + timedelta(days=30))

    part = make.again(part)
    assert part.state == State.RECEIVED  # the identity card act knows no deemed acceptance


def test_the_desk_shows_what_is_offered_and_then_what_is_in_hand(part, officer):
    incoming = queries.desk(officer, "incoming", at=make.MONDAY)
    assert [row.reference for row in incoming.rows] == [part.case.reference]
    assert incoming.rows[0].applicant == "申***"

    actions.take_over(part.id, by=officer, at=make.MONDAY)

    assert queries.desk(officer, "incoming", at=make.MONDAY).rows == []
    assert len(queries.desk(officer, "in-hand", at=make.MONDAY).rows) == 1

"""Custody on real rows: one holder, always; taking over is never acceptance."""

from __future__ import annotations

import pytest

from tongban.cases import actions, queries
from tongban.cases.models import Transfer
from tongban.cases.rules.lifecycle import State
from tongban.cases.tests import make
from tongban.lib.refusals import Invalid, NotAllowed, Refused

MONDAY = make.MONDAY
HALL = "360111-service-centre"


def clocks(part) -> tuple[object, ...]:
    part = make.again(part)
    return part.state, part.due_kind, part.due_on, part.accepted_on


def offers(part) -> list[tuple[str, str, str]]:
    rows = Transfer.objects.filter(part=part).order_by("id")
    return [(row.giver_id, row.taker_id, row.state) for row in rows]


def test_until_it_is_taken_over_the_giver_holds_it(licence):
    assert (licence.holder_id, licence.offered_to_id) == (HALL, make.MARKET)
    assert offers(licence) == [(HALL, make.MARKET, "open")]


def test_taking_over_moves_custody_and_nothing_else(licence, inspector):
    before = clocks(licence)

    part = make.take_over(licence, inspector, make.day(1))

    assert (part.holder_id, part.offered_to_id) == (make.MARKET, None)
    assert clocks(licence) == before
    assert make.papers_of(part)[1:] == []


@pytest.mark.parametrize(("move", "ends"), [(actions.give_back, "returned"), (actions.decline, "declined")])
def test_what_is_not_taken_over_stays_with_the_giver_who_can_offer_it_again(
    window, licence, inspector, move, ends
):
    before = clocks(licence)
    part = move(licence.id, "缺少一页", by=inspector, at=MONDAY)

    assert (part.holder_id, part.offered_to_id, part.state) == (HALL, None, State.RECEIVED)
    assert clocks(licence) == before
    actions.offer(licence.id, by=window, at=make.day(1))
    actions.take_over(licence.id, by=inspector, at=make.day(1))
    assert offers(licence) == [(HALL, make.MARKET, ends), (HALL, make.MARKET, "taken")]


def test_an_offer_recalled_cannot_be_taken_over(window, licence, inspector):
    actions.recall(licence.id, "投错了机关", by=window, at=MONDAY)

    with pytest.raises(Refused, match=r"custody\.no-offer"):
        actions.take_over(licence.id, by=inspector, at=MONDAY)


def test_it_can_be_offered_to_a_third_body_while_the_deciding_one_stays_the_same(in_hand, inspector):
    other = make.clerk("360702-health", "handle")
    actions.offer(in_hand.id, "360702-health", by=inspector, at=MONDAY)

    part = make.take_over(in_hand, other)

    assert (part.holder_id, part.decider_id) == ("360702-health", make.MARKET)
    with pytest.raises(Refused, match=r"part\.not-held"):
        actions.accept(in_hand.id, by=inspector, at=MONDAY)


@pytest.mark.parametrize("move", [actions.give_back, actions.decline])
def test_declining_needs_a_reason(licence, inspector, move):
    with pytest.raises(Invalid):
        move(licence.id, " ", by=inspector, at=MONDAY)


def test_only_the_taker_takes_over_and_only_the_giver_recalls(window, licence, inspector):
    with pytest.raises(NotAllowed):
        actions.take_over(licence.id, by=window, at=MONDAY)
    with pytest.raises(NotAllowed):
        actions.recall(licence.id, "示例", by=inspector, at=MONDAY)


def test_nobody_offers_twice_or_to_themselves(window, licence):
    with pytest.raises(Refused, match=r"custody\.offered-already"):
        actions.offer(licence.id, by=window, at=MONDAY)
    actions.recall(licence.id, "示例", by=window, at=MONDAY)
    with pytest.raises(Refused, match=r"custody\.to-oneself"):
        actions.offer(licence.id, HALL, by=window, at=MONDAY)


def test_while_it_is_on_its_way_the_giver_does_not_go_on_working_on_it(window, licence):
    with pytest.raises(Refused, match=r"part\.on-its-way"):
        actions.correct(licence.id, "示例", by=window, at=MONDAY)


def test_what_has_ended_is_offered_to_nobody(window, licence):
    actions.withdraw(licence.id, "示例", by=window, at=MONDAY)

    with pytest.raises(Refused, match=r"part\.ended"):
        actions.offer(licence.id, by=window, at=MONDAY)


def test_a_file_that_ends_is_on_nobodys_desk_any_more(window, officer):
    """What is delivered electronically while the file is being passed on ends the offer, too."""
    part = make.take_over(make.received(window, "JX-P-0010"), officer)
    actions.accept(part.id, by=officer, at=MONDAY)
    actions.reject(part.id, "示例", by=officer, at=MONDAY)
    actions.offer(part.id, "360702-health", by=officer, at=MONDAY)
    actions.send(part.id, "electronic", by=officer, at=MONDAY)

    part = make.again(part)
    assert (part.state, part.offer_id, part.offered_to_id) == (State.CLOSED, None, None)
    assert offers(part)[-1][2] == "withdrawn"


def test_many_are_taken_over_together_or_none(window, inspector):
    parts = [make.received(window, make.FOOD) for _ in range(3)]
    actions.recall(parts[2].id, "示例", by=window, at=MONDAY)

    with pytest.raises(Refused, match=r"custody\.no-offer"):
        actions.take_over_all([part.id for part in parts], by=inspector, at=MONDAY)
    actions.take_over_all([part.id for part in parts[:2]], by=inspector, at=MONDAY)

    assert [make.again(part).holder_id for part in parts] == [make.MARKET, make.MARKET, HALL]


def test_the_moves_shown_are_those_that_succeed(window, licence, inspector):
    assert [str(move.verb) for move in queries.load(licence.id, window, at=MONDAY).moves] == ["recall"]
    shown = queries.load(licence.id, inspector, at=MONDAY).moves
    assert [move.verb for move in shown] == ["take-over", "return", "decline"]

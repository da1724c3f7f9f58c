"""One holder, always."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases.rules import custody
from tongban.cases.rules.custody import MOVES, OFFER, RECALL, TAKE_OVER, Custody, Move, Offer
from tongban.lib.refusals import Refused

BODIES = ("a", "b", "c")
moves = st.tuples(st.sampled_from(MOVES), st.sampled_from(BODIES), st.sampled_from(BODIES))


def after(state: Custody, move: Move, by: str, to: str) -> Custody:
    """Return custody after somebody tried something, as it was if it isn't theirs to do."""
    if move not in custody.open_moves(state, frozenset({by})):
        return state
    return custody.open_offer(state, to) if move is OFFER else custody.answer(state, move)


@given(st.lists(moves, max_size=40))
def test_exactly_one_body_holds_the_part_whatever_is_tried(tries):
    state = Custody("a")

    for move, by, to in tries:
        before = state
        try:
            state = after(state, move, by, to)
        except Refused:
            state = before

        assert state.holder in BODIES
        assert state.offered_to != state.holder
        if state.holder != before.holder:
            assert (move, by, state.holder) == (TAKE_OVER, before.offered_to, before.offered_to)


@given(st.lists(moves, max_size=40))
def test_every_offer_ends_in_exactly_one_way(tries):
    state, opened, ended = Custody("a"), 0, 0

    for move, by, to in tries:
        try:
            following = after(state, move, by, to)
        except Refused:
            continue
        opened += bool(following.offered_to and not state.offered_to)
        ended += bool(state.offered_to and not following.offered_to)
        state = following

    assert opened - ended == bool(state.offered_to)


def test_nobody_offers_what_is_on_offer_already():
    with pytest.raises(Refused, match=r"custody\.offered-already"):
        custody.open_offer(Custody("a", "b"), "c")


def test_nobody_offers_to_themselves():
    with pytest.raises(Refused, match=r"custody\.to-oneself"):
        custody.open_offer(Custody("a"), "a")


def test_what_is_not_on_offer_cannot_be_taken_over():
    with pytest.raises(Refused, match=r"custody\.no-offer"):
        custody.answer(Custody("a"), TAKE_OVER)


def test_while_it_is_on_its_way_the_giver_can_only_recall_it():
    assert custody.open_moves(Custody("a", "b"), frozenset("a")) == [RECALL]


def test_each_move_ends_an_offer_in_its_own_way():
    ends = [move.ends for move in MOVES if move.ends]

    assert sorted(ends) == sorted(set(Offer) - {Offer.OPEN})

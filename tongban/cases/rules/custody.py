"""Who holds a part: exactly one body at any time; it moves only when the other takes it over (签收).

Taking over is never acceptance (受理), and declining custody is never 不予受理.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tongban.lib.refusals import Refused


class Offer(StrEnum):
    """Where an offer of custody stands; every one ends in exactly one of the others."""

    OPEN = "open"
    TAKEN = "taken"
    RETURNED = "returned"
    DECLINED = "declined"
    RECALLED = "recalled"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Custody:
    """Who holds a part, and to whom it's offered ("" for nobody)."""

    holder: str
    offered_to: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """What can be done with custody: by whom, how an open offer ends, whether a reason is due.

    :param by: giver or taker
    :param ends: how the open offer ends; None for the one that opens it
    """

    verb: str
    by: str
    ends: Offer | None
    reason: bool


OFFER = Move("offer", "giver", None, reason=False)
TAKE_OVER = Move("take-over", "taker", Offer.TAKEN, reason=False)
# Returned: looked at and sent back with what has to be put right. Declined: not for this body at all.
RETURN = Move("return", "taker", Offer.RETURNED, reason=True)
DECLINE = Move("decline", "taker", Offer.DECLINED, reason=True)
RECALL = Move("recall", "giver", Offer.RECALLED, reason=True)
WITHDRAW = Move("withdraw", "system", Offer.WITHDRAWN, reason=False)
MOVES = (OFFER, TAKE_OVER, RETURN, DECLINE, RECALL, WITHDRAW)
BY_VERB = {move.verb: move for move in MOVES}


def open_offer(custody: Custody, to: str) -> Custody:
    """Return custody with an open offer; the giver still holds.

    :raises Refused: if an offer is open already, or the offer goes to the holder
    """
    if custody.offered_to:
        raise Refused("custody.offered-already", to=custody.offered_to)
    if to == custody.holder:
        raise Refused("custody.to-oneself")
    return Custody(custody.holder, to)


def answer(custody: Custody, move: Move) -> Custody:
    """Return custody after an open offer was answered: only taking over moves it.

    :raises Refused: if no offer is open
    """
    if not custody.offered_to:
        raise Refused("custody.no-offer", move=move.verb)
    if move.ends is Offer.TAKEN:
        return Custody(custody.offered_to)
    return Custody(custody.holder)


def open_moves(custody: Custody, bodies: frozenset[str]) -> list[Move]:
    """Return what somebody who acts for these bodies can do with custody."""
    if not custody.offered_to:
        return [OFFER] if custody.holder in bodies else []
    moves = [TAKE_OVER, RETURN, DECLINE] if custody.offered_to in bodies else []
    return [*moves, RECALL] if custody.holder in bodies else moves

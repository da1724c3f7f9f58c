"""What the room reads from the trail: a case that was received there, decided here and closed proves the way open."""

from __future__ import annotations

from tongban.lists.actions import proofs
from tongban.trail import queries as trail
from tongban.trail.actions import Entry

ENDS = frozenset({"case.part.close", "case.part.settle"})
DECIDED = frozenset({"case.part.grant", "case.part.reject", "case.part.settle"})


def handle(entry: Entry) -> None:
    """Keep a proof if this is the end of a part that another place decided; reading it twice does no harm.

    An end without a decision proves nothing: a part that was dismissed or refused never came that far.
    """
    if entry.event not in ENDS or entry.case is None:
        return
    told = [each for each in trail.of_case(entry.case) if each.subject == entry.subject]
    received = next((each for each in told if each.event == "case.receive"), None)
    if received is None or not any(each.event in DECIDED for each in told):
        return
    facts = received.facts
    proofs.prove(facts["item"], facts["body"], facts["decider"], at=entry.at, case=entry.case)

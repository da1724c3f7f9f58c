"""Who may do what with lists and agreements: decided here and nowhere else."""

from __future__ import annotations

from tongban.lib.actors import Actor, Clerk
from tongban.lib.refusals import NotAllowed, Refused
from tongban.lists.models import Change, Rehearsal
from tongban.places.rules import Level, Role


def may_propose(by: Actor) -> bool:
    """Return whether the actor may propose changes of lists and write agreements."""
    return isinstance(by, Clerk) and not by.practice and Role.PROPOSE_LISTS in by.roles


def may_review(by: Actor, level: str) -> bool:
    """Return whether the actor may review and publish; only the province does.

    :param level: at which the actor's body stands
    """
    known = isinstance(by, Clerk) and not by.practice and Role.REVIEW_LISTS in by.roles
    return known and level == Level.PROVINCE


def require_propose(by: Actor) -> Clerk:
    """Let pass only who proposes.

    :raises NotAllowed: for everybody else
    """
    if not may_propose(by) or not isinstance(by, Clerk):
        raise NotAllowed
    return by


def require_review(by: Actor, level: str) -> Clerk:
    """Let pass only who reviews for the province.

    :raises NotAllowed: for everybody else
    """
    if not may_review(by, level) or not isinstance(by, Clerk):
        raise NotAllowed
    return by


def require_other(by: Clerk, change: Change) -> None:
    """Let pass only somebody other than who proposed: two members of staff, not two posts of one.

    :raises Refused: for the author
    """
    if str(by.account) == change.proposed_by:
        raise Refused("lists.second-person")


def require_body(by: Actor, body: str) -> Clerk:
    """Let pass only who acts for the body.

    :raises NotAllowed: for everybody else
    """
    if not isinstance(by, Clerk) or by.practice or body not in by.bodies:
        raise NotAllowed
    return by


def require_other_side(by: Clerk, rehearsal: Rehearsal) -> None:
    """Let pass only somebody other than who recorded the rehearsal.

    :raises Refused: for the same person
    """
    if str(by.account) == rehearsal.recorded_by:
        raise Refused("lists.second-person")


def knows(by: Actor) -> bool:
    """Return whether the actor sees what is under way: whoever proposes or reviews."""
    return isinstance(by, Clerk) and bool({Role.PROPOSE_LISTS, Role.REVIEW_LISTS} & by.roles)

"""Who may see a case, and who may do what with it: decided here and nowhere else."""

from __future__ import annotations

from tongban.cases.models import Case, Draft, Part
from tongban.cases.rules.custody import Move
from tongban.cases.rules.lifecycle import Side, Step
from tongban.lib.actors import Actor, Clerk, System
from tongban.lib.refusals import Missing, NotAllowed, Refused


def may_see(by: Actor, part: Part, case: Case) -> bool:
    """Return whether the actor may know of the part: as somebody concerned, or as a supervisor of one."""
    return concerned(by, part, case) or watches(by, part, case)


def watches(by: Actor, part: Part, case: Case) -> bool:
    """Return whether the actor supervises a body that's concerned: sees how the part goes, and takes no step."""
    if not isinstance(by, Clerk) or by.practice or case.practice:
        return False
    return bool(by.watches & {case.body_id, part.holder_id, part.decider_id, part.offered_to_id})


def concerned(by: Actor, part: Part, case: Case) -> bool:
    """Return whether the actor has to do with the part: as receiver, holder, decider, or one it's offered to."""
    if isinstance(by, System):
        return True
    if not isinstance(by, Clerk):
        return bool(by.case == case.id)
    if case.practice or by.practice:
        return bool(case.practice and by.practice and case.post_id == by.post)
    return bool(by.bodies & {case.body_id, part.holder_id, part.decider_id, part.offered_to_id})


def require_sight(by: Actor, part: Part, case: Case) -> None:
    """Let pass only those who may know of the part.

    :raises Missing: for everybody else, as if it didn't exist
    """
    if not may_see(by, part, case):
        raise Missing


def require_concern(by: Actor, part: Part, case: Case) -> None:
    """Let pass only those who have to do with the part.

    :raises NotAllowed: for a supervisor, who only sees it
    :raises Missing: for everybody else, as if it didn't exist
    """
    require_sight(by, part, case)
    if not concerned(by, part, case):
        raise NotAllowed


def require_urging(by: Clerk, body: str) -> None:
    """Let pass only who supervises the body that is urged; while practising, nobody is urged.

    :raises NotAllowed: for everybody else
    """
    if by.practice or body not in by.watches:
        raise NotAllowed


def require_step(by: Actor, step: Step, part: Part, case: Case, *, held: bool) -> None:
    """Let pass only the side that takes the step, with the role that it wants.

    A section that holds the part decides in the name of its body: `held` says whether it does.

    While practising, the learner plays both sides.

    :raises NotAllowed: for others who see the part
    :raises Refused: if a second person is wanted and it's the same
    """
    if isinstance(by, System):
        return
    if not isinstance(by, Clerk) or step.side is Side.SYSTEM:
        raise NotAllowed
    if case.practice:
        return
    sides = {
        Side.DECIDER: {part.decider_id, part.holder_id} if held else {part.decider_id},
        Side.HOLDER: {part.holder_id},
        Side.EITHER: {part.holder_id, part.decider_id, case.body_id},
    }[step.side]
    if not by.bodies & sides or not by.roles & set(step.role.split("|")):
        raise NotAllowed
    if str(by.account) == _other_than(step, part):
        raise Refused("part.second-person")


def _other_than(step: Step, part: Part) -> str:
    """Return who mustn't take the step: two members of staff are wanted (行政许可法 Art. 34), not two posts of one."""
    if step.verb == "review" or (
        step.verb in {"grant", "reject"} and part.deemed and part.state == "reviewed"
    ):
        return part.handler
    return part.extension_asked_by if step.verb == "extend" else ""


def may_rebase(by: Actor, part: Part, case: Case) -> bool:
    """Return whether the actor may let the case go over to a newer revision: who approves at the deciding body."""
    if not isinstance(by, Clerk) or case.practice or by.practice:
        return False
    return part.decider_id in by.bodies and "approve" in by.roles


def require_move(by: Actor, move: Move, part: Part, case: Case) -> None:
    """Let pass only the giver or the taker of custody.

    :raises NotAllowed: for others who see the part
    :raises Refused: if nothing is on offer any more
    """
    if isinstance(by, System):
        return
    if not isinstance(by, Clerk):
        raise NotAllowed
    if case.practice:
        return
    wanted = part.offered_to_id if move.by == "taker" else part.holder_id
    if wanted is None:
        raise Refused("custody.no-offer", move=move.verb)
    if wanted not in by.bodies:
        raise NotAllowed


def require_own(by: Clerk, draft: Draft) -> None:
    """Let pass only the post that writes the draft.

    :raises Missing: for everybody else
    """
    if draft.post_id != by.post or draft.practice != by.practice:
        raise Missing

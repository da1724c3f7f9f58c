"""The legal lifecycle of a part: one table of verbs, from which buttons, API, chart and tests come.

The five outcomes of an application are those of 行政许可法 Art. 32. An item's own steps are data and happen inside
`accepted`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tongban.lib.refusals import Refused


class State(StrEnum):
    """Where a part stands."""

    RECEIVED = "received"
    SUPPLEMENTING = "supplementing"
    ACCEPTED = "accepted"
    PAUSED = "paused"
    REVIEWED = "reviewed"
    GRANTED = "granted"
    REJECTED = "rejected"
    MADE = "made"
    NOT_NEEDED = "not-needed"
    NOT_ACCEPTED = "not-accepted"
    SENT = "sent"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


FINAL = frozenset({State.CLOSED, State.WITHDRAWN, State.LAPSED})
LIVE = frozenset(State) - FINAL


class Side(StrEnum):
    """Who takes a step."""

    DECIDER = "decider"
    HOLDER = "holder"
    EITHER = "either"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Step:
    """One verb: where it begins and ends, who may do it, and what it needs and makes.

    :param ends: None where the part stays in its state
    :param role: the role that the post must have (`places.rules.ROLES`)
    :param paper: the kind of legal document that it issues
    :param needs: the words that must be given with it
    """

    verb: str
    begins: frozenset[State]
    ends: State | None
    side: Side
    role: str
    paper: str = ""
    needs: tuple[str, ...] = ()
    danger: bool = False

    def __str__(self) -> str:
        return self.verb


def _step(
    verb: str,
    begins: Iterable[State],
    ends: State | None,
    side: Side,
    role: str,
    *needs: str,
    paper: str = "",
    danger: bool = False,
) -> Step:
    return Step(verb, frozenset(begins), ends, side, role, paper, needs, danger)


S = State
ACCEPT = _step("accept", {S.RECEIVED}, S.ACCEPTED, Side.DECIDER, "handle", paper="acceptance")
DEEM = _step("deem", {S.RECEIVED}, S.ACCEPTED, Side.SYSTEM, "", paper="deemed-acceptance")
CORRECT = _step("correct", {S.RECEIVED}, None, Side.HOLDER, "receive|handle", "what")
ASK = _step(
    "ask", {S.RECEIVED}, S.SUPPLEMENTING, Side.HOLDER, "receive|handle", "defects", paper="supplement"
)
COMPLETE = _step("complete", {S.SUPPLEMENTING}, S.RECEIVED, Side.EITHER, "receive|handle")
DISMISS = _step(
    "dismiss", {S.RECEIVED}, S.NOT_NEEDED, Side.DECIDER, "handle", "reason", paper="not-needed", danger=True
)
REFUSE = _step(
    "refuse",
    {S.RECEIVED},
    S.NOT_ACCEPTED,
    Side.DECIDER,
    "handle",
    "reason",
    "competent",
    paper="not-accepted",
    danger=True,
)
PAUSE = _step(
    "pause", {S.ACCEPTED}, S.PAUSED, Side.DECIDER, "handle", "ground", "expected", "reason", paper="pause"
)
RESUME = _step("resume", {S.PAUSED}, S.ACCEPTED, Side.DECIDER, "handle", paper="resume")
PROPOSE = _step("propose", {S.ACCEPTED, S.REVIEWED}, None, Side.DECIDER, "handle", "reason")
EXTEND = _step("extend", {S.ACCEPTED, S.REVIEWED}, None, Side.DECIDER, "approve", paper="extension")
REVIEW = _step("review", {S.ACCEPTED}, S.REVIEWED, Side.DECIDER, "review", "opinion")
GRANT = _step("grant", {S.ACCEPTED, S.REVIEWED}, S.GRANTED, Side.DECIDER, "handle", paper="grant")
REJECT = _step(
    "reject",
    {S.ACCEPTED, S.REVIEWED},
    S.REJECTED,
    Side.DECIDER,
    "handle",
    "reason",
    paper="reject",
    danger=True,
)
MAKE = _step("make", {S.GRANTED}, S.MADE, Side.DECIDER, "handle", "result_number")
# From SENT again: the post comes back, or a window can't hand it out.
SEND = _step(
    "send", {S.MADE, S.REJECTED, S.NOT_NEEDED, S.NOT_ACCEPTED, S.SENT}, S.SENT, Side.DECIDER, "handle", "way"
)
CLOSE = _step("close", {S.SENT}, S.CLOSED, Side.EITHER, "receive|handle", "proof", paper="delivery-note")
WITHDRAW = _step(
    "withdraw",
    {S.RECEIVED, S.SUPPLEMENTING, S.ACCEPTED, S.PAUSED, S.REVIEWED},
    S.WITHDRAWN,
    Side.EITHER,
    "receive|handle",
    "reason",
    paper="withdrawal",
    danger=True,
)
LAPSE = _step("lapse", {S.SUPPLEMENTING}, S.LAPSED, Side.SYSTEM, "", paper="lapse")
SETTLE = _step("settle", {S.RECEIVED}, S.CLOSED, Side.DECIDER, "handle", "result_number", paper="grant")

STEPS = (
    ACCEPT, CORRECT, ASK, COMPLETE, DISMISS, REFUSE, PAUSE, RESUME, PROPOSE, EXTEND, REVIEW, GRANT, REJECT, MAKE,
    SEND, CLOSE, WITHDRAW, SETTLE, DEEM, LAPSE,
)  # fmt: skip
BY_VERB = {step.verb: step for step in STEPS}


OUTCOMES = frozenset({ACCEPT, ASK, DISMISS, REFUSE})
"""What the applicant has to be told in time, or the law takes the application as accepted (Art. 32)."""


TOO_LATE = frozenset({"part.silent", "part.limit-over"})
"""Codes of what stands in a step's way since a day is past; the refusal names the day."""


class WrongStep(Refused):
    """The step doesn't begin where the part stands."""

    def __init__(self, step: Step, state: State) -> None:
        super().__init__("part.wrong-step", step=step.verb, state=str(state))


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a part decides which steps are open, besides its state.

    :param held: whether the deciding body holds the part
    :param reviewed_by_second: whether the item wants a second person
    :param instant: whether the item is settled in one visit (即办件)
    :param silent_since: the last day for telling the applicant, once silence has made the part accepted (Art. 32)
    :param over_since: the last day of the limit, once it has ended: nothing is left to extend (Art. 42)
    """

    state: State
    held: bool
    offered: bool
    needs_review: bool
    instant: bool
    extension_asked: bool
    extended: bool
    extendable: bool
    silent_since: date | None = None
    over_since: date | None = None

    @property
    def until(self) -> date | None:
        """Return the day after which a step of this state comes too late, if it's past."""
        return self.silent_since or self.over_since


def take(step: Step, standing: Standing) -> State:
    """Return where `step` leads.

    :raises WrongStep: if the step doesn't begin there
    :raises Refused: if something else stands in its way, named by the code
    """
    if standing.state not in step.begins:
        raise WrongStep(step, standing.state)
    if code := obstacle(step, standing):
        late = {"until": standing.until} if code in TOO_LATE else {}
        raise Refused(code, step=step.verb, **late)
    return step.ends or standing.state


def obstacle(step: Step, standing: Standing) -> str:
    """Return the code of what stands in the way of a step besides the state; empty if nothing does."""
    if step.side is Side.DECIDER and not standing.held:
        return "part.not-held"
    if standing.offered and (
        step.side is Side.HOLDER or step is CLOSE or (step is SEND and standing.state is S.SENT)
    ):
        return "part.on-its-way"
    if step in OUTCOMES and standing.silent_since:
        return "part.silent"
    checks = {
        GRANT: ("part.review-first", standing.needs_review and standing.state is not State.REVIEWED),
        REJECT: ("part.review-first", standing.needs_review and standing.state is not State.REVIEWED),
        REVIEW: ("part.no-review", not standing.needs_review),
        SETTLE: ("part.not-instant", not standing.instant),
        PROPOSE: _may_propose(standing),
        EXTEND: _may_extend(standing),
    }
    code, stands = checks.get(step, ("", False))
    return code if stands else ""


def _may_propose(standing: Standing) -> tuple[str, bool]:
    if not standing.extendable:
        return "part.not-extendable", True
    if standing.extended:
        return "part.extended-once", True
    if standing.over_since:
        return "part.limit-over", True
    return "part.proposed", standing.extension_asked


def _may_extend(standing: Standing) -> tuple[str, bool]:
    if not standing.extension_asked:
        return "part.no-proposal", True
    return "part.limit-over", standing.over_since is not None


def open_steps(standing: Standing) -> list[Step]:
    """Return the steps that people can take now: the buttons of the page."""
    return [
        step
        for step in STEPS
        if step.side is not Side.SYSTEM and standing.state in step.begins and not obstacle(step, standing)
    ]


def chart() -> str:
    """Return the lifecycle as a Mermaid state chart, for the documentation."""
    lines = ["stateDiagram-v2", "    [*] --> received: receive"]
    for step in STEPS:
        for state in sorted(step.begins):
            ends = (step.ends or state).replace("-", "_")
            lines.append(f"    {state.replace('-', '_')} --> {ends}: {step.verb}")
    lines += [f"    {state} --> [*]" for state in sorted(FINAL)]
    return "\n".join(lines) + "\n"

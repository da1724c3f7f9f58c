"""How a revision or a change of standing comes into force: proposed by one person, decided by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tongban.lib.refusals import Invalid, Refused
from tongban.lib.texts import Text


class State(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    REVIEW = "review"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({State.DRAFT, State.RETURNED})
"""In these it can be edited."""

ON_THEIR_WAY = OPEN | {State.REVIEW}
"""In these it may still become a revision."""

STEPS: dict[str, tuple[frozenset[State], State]] = {
    "save": (OPEN, State.DRAFT),
    "submit": (OPEN, State.REVIEW),
    "return": (frozenset({State.REVIEW}), State.RETURNED),
    "publish": (frozenset({State.REVIEW}), State.PUBLISHED),
    "withdraw": (OPEN | {State.REVIEW}, State.WITHDRAWN),
    "recall": (frozenset({State.PUBLISHED}), State.WITHDRAWN),
}

ENDINGS = frozenset({"end", "split", "merge"})
CHANGES = ENDINGS | {"suspend", "resume"}
KINDS = CHANGES | {"recall"}
"""What is proposed and decided about an item beside its revisions; a recall takes back one that hasn't begun."""


def step(verb: str, state: str) -> State:
    """Return where a step leads.

    :raises Refused: if it doesn't begin where the proposal stands: somebody else was quicker
    """
    begins, ends = STEPS[verb]
    if State(state) not in begins:
        raise Refused("proposal.moved-on", state=state)
    return ends


def require_second(account: str, hands: Sequence[str]) -> None:
    """Let nobody decide what they wrote: author and approver are two people.

    :raises Refused: if it's the same account
    """
    if account in hands:
        raise Refused("proposal.second-person")


def require_day(day: date | None, today: date, before: date | None) -> date:
    """Return the day from which something holds.

    :raises Invalid: if there is none, it's past, or it's before the day of the revision that it follows
    """
    if day is None:
        raise Invalid("proposal.day", field="valid_from")
    if day < today:
        raise Invalid("proposal.day-past", field="valid_from")
    if before and day < before:
        raise Invalid("proposal.day-before", field="valid_from", day=before.isoformat())
    return day


def require_ahead(day: date, today: date) -> None:
    """Let only what hasn't begun be recalled: what held on a day stays as it was.

    :raises Refused: if it has begun
    """
    if day <= today:
        raise Refused("recall.begun", day=day.isoformat())


class Force(StrEnum):
    """Where a published revision stands on a day: nothing but its days decides it."""

    SCHEDULED = "scheduled"
    IN_FORCE = "in-force"
    ENDED = "ended"


def force(valid_from: date, valid_until: date | None, day: date) -> Force:
    """Return where a published revision stands on a day."""
    if valid_until is not None and valid_until <= max(day, valid_from):
        return Force.ENDED
    return Force.SCHEDULED if valid_from > day else Force.IN_FORCE


_NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an item can be received on a day: open, suspended or ended, since when, until when and why."""

    state: str
    since: date | None = None
    until: date | None = None
    because: Text = _NOTHING

    @property
    def is_open(self) -> bool:
        """Return whether a window can receive it."""
        return self.state == "open"


def standing(
    day: date,
    suspended_on: date | None,
    suspended_until: date | None,
    ended_on: date | None,
    because: Text,
) -> Standing:
    """Return the standing that an item's days give it on a day."""
    if ended_on is not None and ended_on <= day:
        return Standing("ended", ended_on, None, because)
    if (
        suspended_on is not None
        and suspended_on <= day
        and (suspended_until is None or day < suspended_until)
    ):
        return Standing("suspended", suspended_on, suspended_until, because)
    return Standing("open")


def require_change(kind: str, item: str, until: date | None, on: date, successors: Sequence[str]) -> None:
    """Let pass only a change that makes sense by itself.

    :raises Invalid: names the field that doesn't
    """
    wanted = {"split": (2, 99), "merge": (1, 1), "end": (0, 1)}.get(kind, (0, 0))
    if kind not in CHANGES:
        raise Invalid("change.kind", field="kind")
    if not wanted[0] <= len(successors) <= wanted[1] or item in successors:
        raise Invalid("change.successors", field="successors")
    if until is not None and (kind != "suspend" or until <= on):
        raise Invalid("change.until", field="until")

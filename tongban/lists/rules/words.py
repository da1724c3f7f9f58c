"""The words of the room."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """How far somebody may stand from the place of power and still be served."""

    NEARBY = "nearby"
    SEVERAL_POINTS = "several-points"
    SAME_CITY = "same-city"
    PROVINCE = "province"
    AGREEMENT = "agreement"
    COOPERATION = "cooperation"
    NATIONWIDE = "nationwide"
    POST = "post"


WITHIN_CITY = (Scope.NEARBY, Scope.SEVERAL_POINTS, Scope.SAME_CITY)
"""Scopes that hold for every item, listed or not."""

PACTS = (Scope.AGREEMENT, Scope.COOPERATION)
"""Scopes that an agreement with places of another province opens."""


class Mode(StrEnum):
    """How an item is handled away from its place of power; the nearest to the applicant first."""

    ONLINE = "online"
    WINDOW = "window"
    COUNTER = "counter"
    JOINT = "joint"


IN_PERSON = frozenset({Mode.WINDOW, Mode.COUNTER, Mode.JOINT})
"""Modes for which somebody walks into a hall."""


class Direction(StrEnum):
    """Who receives for whom: `in` our windows for other places, `out` theirs for ours."""

    BOTH = "both"
    IN = "in"
    OUT = "out"

    def allows(self, wanted: Direction) -> bool:
        """Return whether the direction includes the one wanted."""
        return self in {Direction.BOTH, wanted}


class Kind(StrEnum):
    """What a change does to an entry."""

    LIST = "list"
    REVISE = "revise"
    WITHDRAW = "withdraw"


class State(StrEnum):
    """How far a change has come."""

    PROPOSED = "proposed"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    RETURNED = "returned"


OPEN = (State.PROPOSED, State.REVIEWED)
"""States of a change that still leads somewhere."""


class Passed(StrEnum):
    """What proved that an item passes between two places."""

    CASE = "case"
    REHEARSAL = "rehearsal"


class Pact(StrEnum):
    """How far one revision of an agreement's terms has come; in force and ended are told by the day."""

    DRAFT = "draft"
    SIGNED = "signed"


class Clock(StrEnum):
    """From when a clock runs in a case under an agreement."""

    RECEIPT = "receipt"
    TAKING_OVER = "taking-over"

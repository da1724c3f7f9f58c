"""Who acts: small values that hold codes only, never words about a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Clerk:
    """A member of staff at work at one post.

    `bodies` are the bodies for which the post acts (its own and the sections below it);
    `roles` are words of `places.rules.ROLES`; `practice` is true while they train. `watches` are the bodies that a
    supervisor keeps an eye on: whose cases they see, and whom they urge.
    """

    account: UUID
    post: UUID
    body: str
    bodies: frozenset[str]
    region: str
    window: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    practice: bool = False
    # As it stands on documents: staff act in public office. Never recorded; the trail knows the post.
    name: str = ""
    watches: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return f"post:{self.post}"


@dataclass(frozen=True, slots=True)
class Citizen:
    """An applicant who proved to hold the query code of one case."""

    case: UUID

    def __str__(self) -> str:
        return "applicant"


@dataclass(frozen=True, slots=True)
class System:
    """Tongban itself: a sweep, an import, a command of an operator."""

    name: str = "clock"

    def __str__(self) -> str:
        return f"system:{self.name}"


Actor = Clerk | Citizen | System

"""Where and how an item can be handled: the facts that the answer rests on, and the answer, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tongban.lib.texts import Text
from tongban.places.rules import Directory


@dataclass(frozen=True, slots=True)
class Spot:
    """A hall with its region."""

    code: str
    name: Text
    region: str
    address: str = ""
    hours: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """An item's standing on a list on the day in question."""

    list: str
    name: Text
    reach: str
    modes: tuple[str, ...]
    direction: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Pact:
    """An agreement in force that covers the item, as seen from one pair of its parties."""

    code: str
    name: Text
    scope: str
    ours: str
    theirs: str
    their_name: Text
    direction: str
    since: date
    until: date | None = None
    postal: Text = field(default_factory=lambda: Text(""))
    fees: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds for every item decided at a level, listed or not."""

    scope: str
    level: str
    name: Text
    basis: str
    since: date
    until: date | None = None
    procedure: str = ""
    illustrative: bool = True


@dataclass(frozen=True, slots=True)
class Presence:
    """The law that demands that somebody comes in person."""

    title: str
    article: str
    says: Text


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the answer rests on."""

    directory: Directory
    spots: Mapping[str, tuple[Spot, ...]]
    level: str
    decider: str = ""
    procedure: str = ""
    presence: Presence | None = None
    listed: tuple[Listed, ...] = ()
    pacts: tuple[Pact, ...] = ()
    policies: tuple[Policy, ...] = ()
    proved: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """What makes a way possible: a list, an agreement, a scope for all items, or a law; with its days."""

    kind: str
    code: str
    name: Text
    since: date | None = None
    until: date | None = None
    basis: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way of handling the item; the lower its rank, the nearer to the person.

    :param proved: whether an item has passed between both places; None where there is nothing to pass
    """

    mode: str
    scope: str
    rank: int
    reason: Reason
    spot: Spot | None = None
    place: Text = field(default_factory=lambda: Text(""))
    proved: bool | None = None
    pact: Pact | None = None


@dataclass(frozen=True, slots=True)
class Barred:
    """A way that isn't possible, and why: a code that the door words, with what it needs."""

    mode: str
    why: str
    name: Text = field(default_factory=lambda: Text(""))
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Where and how, nearest first; what isn't possible and why; where one can always go."""

    ways: tuple[Way, ...]
    barred: tuple[Barred, ...]
    go_to: tuple[Spot, ...]
    go_to_name: Text
    more: int = 0

    @property
    def here(self) -> bool:
        """Whether it can be done without going to the place of power."""
        return any(way.scope != "there" for way in self.ways)

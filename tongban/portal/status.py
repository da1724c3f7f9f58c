"""A case as its applicant reads it: what the rooms know, put into plain words and into order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tongban.cases.queries import Tracked
from tongban.cases.rules.clock import Deadline, Kind
from tongban.cases.rules.lifecycle import State
from tongban.lib import workdays
from tongban.lib.texts import Text
from tongban.papers import rules as papers
from tongban.portal import words
from tongban.portal.words import Told, Words


@dataclass(frozen=True, slots=True)
class Run:
    """A run of days in a sum: what they are, from when to when, and how many of them count."""

    words: Words
    name: Text
    first: date
    last: date
    counted: int
    start: bool
    stands: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit, in words, with the sum behind its day."""

    words: Words
    deadline: Deadline
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of what has happened; `state` is a word of the design's timeline."""

    what: Words
    body: Text
    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its place in the list, so that no address has to name it."""

    place: int
    name: Words
    number: str
    on: date


@dataclass(frozen=True, slots=True)
class Status:
    """All that the page of a case says."""

    told: Told
    since: datetime
    clocks: list[Clock]
    events: list[Event]
    then: Words
    documents: list[Document]
    way: Words
    has_result: bool


def status(tracked: Tracked) -> Status:
    """Return what the page says of the case."""
    return Status(
        told=told(tracked),
        since=held_since(tracked),
        clocks=[_clock(deadline) for deadline in tracked.deadlines],
        events=_events(tracked),
        then=words.NEXT[Kind(tracked.due_kind)] if tracked.due_kind and not tracked.final else "",
        documents=[_document(place, row) for place, row in enumerate(tracked.papers, start=1)],
        way=words.WAYS.get(tracked.delivery.way, "") if tracked.delivery else "",
        has_result=bool(result_of(tracked)),
    )


def told(tracked: Tracked) -> Told:
    """Return what is the matter and what comes next."""
    if tracked.state is State.CLOSED:
        return words.CLOSED.get(tracked.outcome, words.STATES[State.CLOSED])
    if tracked.state is State.RECEIVED and tracked.offered_to:
        return words.ON_ITS_WAY
    if tracked.state is State.SENT and tracked.outcome in _REFUSED:
        return words.STATES[_REFUSED[tracked.outcome]]
    return words.STATES[tracked.state]


_REFUSED = {
    "rejected": State.REJECTED,
    "not-needed": State.NOT_NEEDED,
    "not-accepted": State.NOT_ACCEPTED,
}
"""Outcomes of which the applicant goes on being told while the paper is on its way: no result is coming."""


def held_since(tracked: Tracked) -> datetime:
    """Return since when the body that has the papers has had them."""
    taken = [line.at for line in tracked.steps if line.verb in {"receive", "take-over"}]
    return taken[-1] if taken else tracked.since


def result_of(tracked: Tracked) -> str:
    """Return the hash of the electronic result, if one stands ready: not before it was sent, whichever way."""
    sent = tracked.state in {State.SENT, State.CLOSED}
    return (tracked.delivery.result_id or "") if sent and tracked.delivery else ""


def _events(tracked: Tracked) -> list[Event]:
    last = len(tracked.steps) - 1
    return [
        Event(
            words.VERBS.get(line.verb, words.ANY_STEP),
            line.body,
            line.at,
            "now" if place == last and not tracked.final else "done",
        )
        for place, line in enumerate(tracked.steps)
    ]


def _document(place: int, row: Any) -> Document:
    return Document(place, papers.Kind(row.kind).label, row.number, row.issued_on)


def _clock(deadline: Deadline) -> Clock:
    return Clock(words.LIMITS[deadline.kind], deadline, _runs(deadline.steps))


def _runs(steps: Sequence[workdays.Step]) -> list[Run]:
    return [
        Run(
            words=words.DAYS[step.kind],
            name=step.name,
            first=step.first,
            last=step.last,
            counted=step.days if step.counted else 0,
            start=step.kind is workdays.Kind.START,
            stands=step.kind is workdays.Kind.PAUSE and step is steps[-1],
        )
        for step in steps
    ]

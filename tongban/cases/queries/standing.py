"""What of a part's row decides its clocks and its open steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tongban.cases.models import Part
from tongban.cases.rules import clock, lifecycle
from tongban.cases.rules.lifecycle import State
from tongban.catalogue.rules import Rule
from tongban.places.rules import Directory


def held(part: Part, directory: Directory) -> bool:
    """Return whether the deciding body holds the part, itself or by one of its sections."""
    return part.holder_id in directory.below(part.decider_id)


def standing(part: Part, rule: Rule, directory: Directory, today: date) -> lifecycle.Standing:
    """Return what of the part decides which steps are open on a day."""
    return lifecycle.Standing(
        state=State(part.state),
        held=held(part, directory),
        offered=part.offered_to_id is not None,
        needs_review=rule.review,
        instant=rule.instant,
        extension_asked=bool(part.extension_asked_by),
        extended=part.extension > 0,
        extendable=rule.extension.days > 0,
        silent_since=_silent_since(part, rule, today),
        over_since=_over_since(part, today),
    )


def _silent_since(part: Part, rule: Rule, today: date) -> date | None:
    """Return the last day for telling the applicant, if silence made the part accepted, recorded yet or not."""
    binds = rule.procedure.deemed and not (part.practice or part.provisional)
    waits = binds and State(part.state) is State.RECEIVED
    return part.due_on if waits and part.due_on and part.due_on < today else None


def _over_since(part: Part, today: date) -> date | None:
    """Return the last day of the limit, if it's past: the law's where there is one, else the promised one.

    A day that isn't settled yet has no legal effect.
    """
    if State(part.state) not in lifecycle.EXTEND.begins:
        return None
    by_law = (part.law_due_on, part.law_provisional)
    last, provisional = by_law if part.law_due_on else (part.due_on, part.provisional)
    return last if last and last < today and not provisional else None


def days_of(part: Part) -> clock.Days:
    """Return the days that the part's clocks count from."""
    return clock.Days(
        state=State(part.state),
        received_on=part.received_on,
        taken_over_on=part.taken_over_on,
        asked_on=part.asked_on,
        completed_on=part.completed_on,
        accepted_on=part.accepted_on,
        decided_on=part.decided_on,
        pauses=tuple(_pause(pause) for pause in part.pauses),
        extension=part.extension,
    )


def _pause(pause: Mapping[str, str | None]) -> tuple[date, date | None]:
    until = pause["until"]
    return date.fromisoformat(pause["from"] or ""), date.fromisoformat(until) if until else None

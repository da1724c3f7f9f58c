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


def standing(part: Part, rule: Rule, directory: Directory) -> lifecycle.Standing:
    """Return what of the part decides which steps are open."""
    return lifecycle.Standing(
        state=State(part.state),
        held=held(part, directory),
        offered=part.offered_to_id is not None,
        needs_review=rule.review,
        instant=rule.instant,
        extension_asked=bool(part.extension_asked_by),
        extended=part.extension > 0,
        extendable=rule.extension.days > 0,
    )


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

"""What it means for a running case to go over to a newer revision of its item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.cases.rules.enclosures import Defect, Enclosed, defects, unanswered
from tongban.cases.rules.lifecycle import State
from tongban.catalogue.rules import Answers, Limit, Rule

OPEN = frozenset({State.RECEIVED, State.SUPPLEMENTING, State.ACCEPTED, State.PAUSED, State.REVIEWED})
"""Only before it's decided: a decision stands on the revision that it names."""
_PROMISED = OPEN - {State.RECEIVED, State.SUPPLEMENTING}
"""In these the applicant was told by when it's decided."""


@dataclass(frozen=True, slots=True)
class Rebased:
    """What would change: the answers that hold then, what is lacking only then and what no longer, and what hinders.

    `obstacle` is the code of a refusal, or "" if nothing hinders.
    """

    answers: Answers
    unanswered: tuple[str, ...]
    lacking: tuple[Defect, ...]
    settled: tuple[Defect, ...]
    obstacle: str


def rebased(
    before: Rule,
    after: Rule,
    *,
    answers: Answers,
    given: Answers,
    enclosed: Mapping[str, Enclosed],
    notices: int,
    state: State,
) -> Rebased:
    """Return what changes for a case with these answers and materials.

    A case that was accepted, or whose one notice was given, is never asked for more by it, and an accepted one never
    takes longer: what the applicant was told stands (行政许可法 Art. 8, 32, 42).

    :param given: answers to situations that only the newer revision knows
    """
    known = {each.code: {answer.code for answer in each.answers} for each in after.situations}
    held = {code: answer for code, answer in {**answers, **given}.items() if answer in known.get(code, ())}
    missing = tuple(unanswered(after, held))
    old, new = (
        {each.material: each for each in defects(rule, chosen, enclosed)}
        for rule, chosen in ((before, answers), (after, held))
    )
    lacking = tuple(each for code, each in new.items() if code not in old)
    settled = tuple(each for code, each in old.items() if code not in new)
    strict = bool(notices) or state is not State.RECEIVED
    hindered = _obstacle(before, after, missing, bool(lacking and strict))
    if not hindered and state in _PROMISED and _longer(before.promised, after.promised):
        hindered = "rebase.longer"
    return Rebased(held, missing, lacking, settled, hindered)


def _longer(before: Limit, after: Limit) -> bool:
    """Return whether a limit may end later; days that become working days do."""
    return after.days > before.days or (after.unit == "working" and before.unit != "working")


def _obstacle(before: Rule, after: Rule, missing: tuple[str, ...], asks_more: bool) -> str:
    if (before.decided_by, before.decided_level) != (after.decided_by, after.decided_level):
        return "rebase.other-body"
    if missing:
        return "rebase.unanswered"
    return "rebase.asks-more" if asks_more else ""

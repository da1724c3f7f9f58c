"""What was done about each material, and how far a file can be trusted.

Trust levels are those of 国办函〔2016〕108号: A from the issuer, B checked against the original at a window, C handed
in by the user, D made by the user.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tongban.catalogue.rules import Answers, Material, Rule, asked


class How(StrEnum):
    """What was done about a material."""

    SEEN = "seen"
    HANDED_IN = "handed-in"
    FETCHED = "fetched"
    PROMISED = "promised"
    MISSING = "missing"


class Trust(StrEnum):
    """How far a file can be trusted."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    NONE = ""


DEFECTS = (
    "missing", "incomplete", "illegible", "expired", "not-original", "mismatch", "unsigned", "wrong-form", "field",
)  # fmt: skip
"""The ways in which a material or a field can fall short; each defect of a notice is one of them."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What was done about one material: pages are the hashes of the files, in order."""

    material: str
    how: How
    pages: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that has to be put right, and the standard that it must meet."""

    material: str
    kind: str
    note: str = ""


def trust(enclosed: Enclosed, material: Material) -> Trust:
    """Return the trust level of a material's files: a window that sees the original raises them to B."""
    if enclosed.how is How.FETCHED:
        return Trust.A
    if enclosed.how is How.SEEN:
        return Trust.B
    if enclosed.how is How.HANDED_IN:
        return Trust.C if material.issuer else Trust.D
    return Trust.NONE


def defects(rule: Rule, answers: Answers, enclosed: Mapping[str, Enclosed]) -> list[Defect]:
    """Return everything that a file lacks by the deciding place's rule: what the one notice has to name."""
    found = [_defect(material, enclosed.get(material.code)) for material in asked(rule, answers)]
    return [defect for defect in found if defect]


def _defect(material: Material, enclosed: Enclosed | None) -> Defect | None:
    if enclosed is None or enclosed.how is How.MISSING:
        return (
            Defect(material.code, "missing", enclosed.reason if enclosed else "")
            if material.required
            else None
        )
    if enclosed.how is How.PROMISED:
        allowed = material.promise_allowed or material.missable
        return None if allowed else Defect(material.code, "missing")
    if enclosed.how is How.HANDED_IN and material.form.startswith("original"):
        return Defect(material.code, "not-original")
    return None


def unanswered_defects(
    told: Iterable[Defect],
    by_rule: Iterable[Defect],
    brought: Collection[str],
    rule: Rule,
    *,
    put_right: bool,
) -> list[Defect]:
    """Return what is still lacking of what a notice told, and what the rule finds besides; each subject once.

    :param told: what the notice asked for
    :param by_rule: what the file lacks by the rule, with what was brought
    :param put_right: whether words say what was put right besides: that answers for all that is no material
    """
    open_ = [
        each
        for each in told
        if each.material not in brought and not (put_right and rule.material(each.material) is None)
    ]
    named = {each.material for each in open_}
    return open_ + [each for each in by_rule if each.material not in named]


def open_ways(material: Material) -> list[How]:
    """Return what can be done about a material at a window: the choices of the page, the usual one first."""
    ways = [How.SEEN, How.HANDED_IN]
    if material.form == "electronic":
        ways.reverse()
    if material.fetchable:
        ways.append(How.FETCHED)
    if material.promise_allowed or material.missable:
        ways.append(How.PROMISED)
    return [*ways, How.MISSING]


def unscanned(material: Material, how: str, pages: int) -> bool:
    """Return whether an original was seen of which the rule wants a picture kept, and none was made."""
    return how == How.SEEN and material.keep == "archive-scan" and not pages


def unanswered(rule: Rule, answers: Answers) -> Sequence[str]:
    """Return the situations that have no valid answer yet."""
    return [
        situation.code
        for situation in rule.situations
        if answers.get(situation.code) not in {answer.code for answer in situation.answers}
    ]

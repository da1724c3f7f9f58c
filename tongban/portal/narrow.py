"""What one's own case needs: the materials that the answers to an item's questions leave, and the words to pass on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tongban.catalogue.queries import Edition
from tongban.catalogue.rules import Material, Rule, Situation, Standing
from tongban.portal.templatetags.portal import limit

PREFIX = "s-"


@dataclass(frozen=True, slots=True)
class Needed:
    """One material with the situations in which it's asked for: the question, and the answers that ask for it."""

    material: Material
    when: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers: code, words, and whether it was chosen."""

    name: str
    ask: str
    answers: list[tuple[str, str, bool]]

    @property
    def answered(self) -> bool:
        """Return whether one of the answers was chosen."""
        return any(chosen for _code, _label, chosen in self.answers)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was answered, and what is needed then; `open` questions leave their materials in."""

    questions: list[Question]
    needed: list[Needed]
    answered: bool
    left_out: int
    query: str

    @property
    def open(self) -> bool:
        """Return whether a question is still to be answered."""
        return any(not each.answered for each in self.questions)


def narrow(rule: Rule, asked: Mapping[str, str]) -> Narrowed:
    """Return the materials that are needed for what was answered; an unknown answer counts as none."""
    answers = {
        each.code: value
        for each in rule.situations
        if (value := asked.get(PREFIX + each.code, "")) in {answer.code for answer in each.answers}
    }
    needed = [material for material in rule.materials if _possible(material, answers)]
    return Narrowed(
        questions=[_question(each, answers) for each in rule.situations],
        needed=[Needed(material, _when(material, rule, answers)) for material in needed],
        answered=bool(answers),
        left_out=len(rule.materials) - len(needed),
        query="&".join(f"{PREFIX}{code}={value}" for code, value in answers.items()),
    )


def _possible(material: Material, answers: Mapping[str, str]) -> bool:
    return all(answers.get(code, wanted[0]) in wanted for code, wanted in material.when.items() if wanted)


def _question(each: Situation, answers: Mapping[str, str]) -> Question:
    chosen = answers.get(each.code)
    options = [(answer.code, str(answer.label), answer.code == chosen) for answer in each.answers]
    return Question(PREFIX + each.code, str(each.ask), options)


def _when(material: Material, rule: Rule, answers: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Return the questions that are still open and decide about the material."""
    known = {each.code: each for each in rule.situations}
    return [
        (str(known[code].ask), [str(option.label) for option in known[code].answers if option.code in wanted])
        for code, wanted in material.when.items()
        if code not in answers
    ]


def message(edition: Edition, narrowed: Narrowed, address: str, stands: Standing) -> str:
    """Return a short text to paste into a message: what it is, what to bring, how long, what it costs, where."""
    rule = edition.rule
    lines = [
        f"{rule.name} ({edition.item})",
        _("Bring:"),
        *(f"{number}. {each.material.name}" for number, each in enumerate(narrowed.needed, 1)),
        _("Where: the window for other places in any hall of the province"),
        _("Takes at most: %(limit)s, as promised") % {"limit": limit(rule.promised)},
        _("Costs: %(fee)s") % {"fee": rule.fee_says},
        address,
    ]
    if edition.illustrative:
        lines.insert(1, _("Illustrative: not confirmed by the place that decides."))
    if stands.state == "suspended":
        lines[1:1] = [_("Suspended: it can't be applied for at present"), str(stands.because)]
    return "\n".join(lines)

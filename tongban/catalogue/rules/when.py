"""What of a rule applies to one case, given the answers to its situations."""

from __future__ import annotations

from collections.abc import Mapping

from tongban.catalogue.rules.elements import Material, Rule

Answers = Mapping[str, str]


def applies(material: Material, answers: Answers) -> bool:
    """Return whether the material is asked for: every situation that it names was answered so."""
    return all(answers.get(situation) in wanted for situation, wanted in material.when.items())


def asked(rule: Rule, answers: Answers) -> list[Material]:
    """Return the materials that a case with these answers needs."""
    return [material for material in rule.materials if applies(material, answers)]

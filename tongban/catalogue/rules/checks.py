"""What makes a rule contradict itself."""

from __future__ import annotations

from tongban.catalogue.rules.elements import Broken, Rule

CATCH_ALL = "其他材料"


def check(rule: Rule) -> None:
    """Refuse content whose elements contradict each other.

    :raises Broken: names the first contradiction
    """
    for find in (_wrong_answer, _catch_all, _without_source, _promise, _twice, _presence):
        fault = find(rule)
        if fault:
            raise Broken(f"{rule.code}: {fault}")


def _wrong_answer(rule: Rule) -> str:
    answers = {each.code: {answer.code for answer in each.answers} for each in rule.situations}
    for material in rule.materials:
        for situation, wanted in material.when.items():
            if not set(wanted) <= answers.get(situation, set()):
                return f"{material.code} asks for an answer that {situation} doesn't have"
    return ""


def _catch_all(rule: Rule) -> str:
    """Name a line such as "other materials": what is wanted has to be said (安阳市政务服务条例 Art. 13)."""
    vague = next((material.code for material in rule.materials if CATCH_ALL in material.name.zh), "")
    return f"{vague} is a catch-all; say what is wanted" if vague else ""


def _without_source(rule: Rule) -> str:
    unknown = {key for keys in rule.cites.values() for key in keys} - set(rule.sources)
    return f"cites {sorted(unknown)} without a source" if unknown else ""


def _promise(rule: Rule) -> str:
    """Name a promise that is longer than the law allows (优化营商环境条例 Art. 36)."""
    law, promised = rule.statutory, rule.promised
    if law is None or law.unit != promised.unit or promised.days <= law.days:
        return ""
    return f"promises {promised.days} days where the law gives {law.days}"


def _twice(rule: Rule) -> str:
    codes = [material.code for material in rule.materials]
    return "two materials share a code" if len(set(codes)) != len(codes) else ""


def _presence(rule: Rule) -> str:
    """Name a demand to come in person that says neither article nor what the law says there."""
    law = rule.presence
    return (
        ""
        if law is None or (law.article and law.says)
        else "demands presence without citing the law's article"
    )

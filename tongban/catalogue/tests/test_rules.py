"""A revision's content is read whole or refused, with what is wrong named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tongban.catalogue.rules import Broken, Rule, applies, asked, parse
from tongban.catalogue.tests import make
from tongban.lib.texts import Text


@pytest.fixture(scope="module")
def rule() -> Rule:
    return parse(make.content())


def test_a_licence_brings_the_laws_set_with_it(rule):
    procedure = rule.procedure

    assert (procedure.licence, procedure.deemed) == (True, True)
    assert (procedure.notice_days, procedure.extension.days, procedure.deliver_days) == (5, 10, 10)
    assert {ground.code for ground in procedure.grounds} >= {"hearing", "inspection", "expert-review"}
    assert procedure.ground("lunch") is None


def test_an_item_that_is_no_licence_brings_its_own():
    rule = parse(make.content("id-card-renew"))

    assert (rule.procedure.licence, rule.procedure.deemed) == (False, False)


def test_a_cited_element_leads_to_its_source_and_an_illustrative_one_to_none(rule):
    path = next(iter(rule.cites))

    assert rule.cited(path)[0].trust in {"F", "P", "R"}
    assert rule.cited("nothing.of.the.kind") == ()


BREAKS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "an element is missing": (lambda it: it.pop("limits"), "limits"),
    "a material asks for an answer that doesn't exist": (
        lambda it: it["materials"][0].update(when={"no-such": ["yes"]}),
        "doesn't have",
    ),
    "a catch-all material": (lambda it: it["materials"][0]["name"].update(zh="其他材料"), "catch-all"),
    "a cite without a source": (lambda it: it["cites"].update(fee=["s99"]), "s99"),
    "a promise longer than the law": (
        lambda it: it["limits"].update(
            statutory={"days": 20, "unit": "working"}, promised={"days": 21, "unit": "working"}
        ),
        "promises 21 days",
    ),
    "joint handling where the procedure knows none": (
        lambda it: it.update(joint=True, procedure={**it["procedure"], "joint": None}),
        "joint",
    ),
    "a limit of its own beside the joint one": (
        lambda it: it.update(joint=True),
        "jointly",
    ),
    "two materials with one code": (lambda it: it["materials"].append(it["materials"][0]), "share a code"),
}


@pytest.mark.parametrize("case", BREAKS)
def test_broken_content_is_refused_by_name(case):
    content = make.content()
    change, said = BREAKS[case]
    change(content)

    with pytest.raises(Broken, match=said):
        parse(content)


@given(st.data())
def test_exactly_the_materials_whose_situations_were_answered_so_are_asked_for(data):
    rule = parse(make.content())
    answers = {
        each.code: data.draw(st.sampled_from([answer.code for answer in each.answers]))
        for each in rule.situations
    }

    wanted = asked(rule, answers)

    for material in rule.materials:
        assert (material in wanted) == all(answers.get(key) in among for key, among in material.when.items())
        assert (material in wanted) == applies(material, answers)


def test_words_are_in_the_language_of_the_page():
    said = Text("受理", "accept")

    with override("en"):
        assert str(said) == "accept"
    with override("zh-hans"):
        assert str(said) == "受理"
    assert not Text("")

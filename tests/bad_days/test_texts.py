"""What people type: too much, invisible, turned around, rare; through the actions into documents."""

from __future__ import annotations

from typing import Any

import pytest

from tongban.cases import actions, queries
from tongban.cases.rules.enclosures import Defect
from tongban.cases.tests import make
from tongban.lib.refusals import Invalid
from tongban.papers import queries as papers

MONDAY = make.MONDAY
HARD = "申请人𠮷䶮·“引号”<b>&amp;#let x = 1 $y$ \\ @甲 *乙* _丙_ `丁`"
HIDDEN = "甲\x00\u202e乙\x1b[31m\u200f丙\ufeff\x7f"
TOO_LONG = "长" * 100_000


def applicant(name: str, address: str = "虚构路1号") -> dict[str, Any]:
    return {"applicant": {**make.typed()["applicant"], "name": name, "address": address}}


@pytest.mark.parametrize("name", ["申请人𠮷", "申请人䶮", "阿卜杜·热依木", "Ö. Ångström"])
def test_a_name_comes_out_on_the_receipt_and_on_the_desk_as_it_was_typed(window, name):
    part = make.received(window, **applicant(name))

    receipt = papers.paper(papers.papers_of(part.case_id)[0].id)
    assert receipt.content["applicant"] == name
    assert papers.draw(receipt).startswith(b"%PDF")
    assert queries.load(part.id, window, at=MONDAY).applicant.name == name


def test_what_cannot_be_seen_is_taken_out_and_nothing_else(window):
    part = make.received(window, **applicant(HIDDEN))

    assert queries.load(part.id, window, at=MONDAY).applicant.name == "甲乙[31m丙"


def test_words_that_look_like_markup_are_words(window, inspector):
    part = make.take_over(make.received(window, make.FOOD), inspector)
    actions.ask(part.id, [Defect("application-form", "mismatch", HARD)], by=inspector, at=MONDAY)

    notice = papers.paper(papers.papers_of(part.case_id)[-1].id)

    assert HARD in notice.content["defects"][0]["problem"]
    assert "#let x = 1 $y$" in str(papers.blocks(notice))
    assert papers.draw(notice).startswith(b"%PDF")


def test_the_longest_words_allowed_can_be_printed(window, inspector):
    part = make.take_over(make.received(window, make.FOOD), inspector)
    actions.dismiss(part.id, ("很长的理由。" * 400)[:2000], by=inspector, at=MONDAY)

    assert papers.pdf(papers.papers_of(part.case_id)[-1].id).startswith(b"%PDF")


def test_a_hundred_kilobytes_are_refused_in_every_field_of_a_filing(window):
    whole = make.typed()
    for changes in (
        applicant(TOO_LONG),
        applicant("甲", TOO_LONG),
        {"fields": dict.fromkeys(whole["fields"], TOO_LONG)},
        {"enclosed": {code: {"how": "missing", "reason": TOO_LONG} for code in whole["enclosed"]}},
        {"wish": {"way": "post", "address": TOO_LONG}},
    ):
        with pytest.raises(Invalid):
            make.received(window, **changes)


def test_a_hundred_kilobytes_are_refused_in_every_step(window, inspector):
    received = make.take_over(make.received(window, make.FOOD), inspector)
    accepted = make.take_over(make.received(window, make.FOOD), inspector)
    actions.accept(accepted.id, by=inspector, at=MONDAY)
    offered = make.received(window, make.FOOD)
    how = {"by": inspector, "at": MONDAY}
    for act in (
        lambda: actions.correct(received.id, TOO_LONG, **how),
        lambda: actions.ask(received.id, [Defect("application-form", "missing", TOO_LONG)], **how),
        lambda: actions.dismiss(received.id, TOO_LONG, **how),
        lambda: actions.refuse(received.id, TOO_LONG, "360402-health", **how),
        lambda: actions.withdraw(received.id, TOO_LONG, **how),
        lambda: actions.pause(accepted.id, "hearing", "十日", TOO_LONG, **how),
        lambda: actions.propose_extension(accepted.id, TOO_LONG, **how),
        lambda: actions.decline(offered.id, TOO_LONG, **how),
        lambda: actions.give_back(offered.id, TOO_LONG, **how),
        lambda: actions.obstruct("other", TOO_LONG, **how),
    ):
        with pytest.raises(Invalid, match=r"text\.too-long"):
            act()


def test_half_a_character_shows_as_a_question_mark_and_breaks_nothing(window):
    part = make.received(window, **applicant("甲\ud842"))

    assert queries.load(part.id, window, at=MONDAY).applicant.name == "甲?"
    assert queries.search(window, "\ud842", at=MONDAY) == []


@pytest.mark.parametrize("typed", [TOO_LONG, HIDDEN, HARD, "", "-", "360111-20260601-" + "0" * 500])
def test_searching_for_anything_finds_nothing_and_breaks_nothing(window, typed):
    assert queries.search(window, typed, at=MONDAY) == []

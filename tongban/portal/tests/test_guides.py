"""Guides in all their forms say all that the item says, and their charts are made of its steps."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise, product
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from tongban.cases.tests import make
from tongban.catalogue import queries
from tongban.catalogue.queries import Edition, Form
from tongban.catalogue.rules import charts, guides
from tongban.catalogue.rules.wording import Speaker
from tongban.lists.queries import standing
from tongban.portal.tests import pdf_text

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
ITEMS = sorted(
    ("JX-P-0001", "JX-P-0005", "JX-P-0013", "JX-P-0019", "JX-P-0020", "JX-P-0021", "JX-P-0008", "JX-P-0017")
)


@pytest.fixture(autouse=True)
def world(db):
    make.lists()


@lru_cache(maxsize=64)
def edition(code: str) -> Edition:
    return queries.in_force(code, TODAY)


def forms(of: Edition) -> tuple[Form, ...]:
    return queries.guide_forms(of, standing.modes(of.item, TODAY))


def every() -> list[Edition]:
    return [edition(each.code) for each in queries.everything(TODAY) if each.number]


def said(made: queries.Guide) -> str:
    return str(made.blocks)


def test_every_complete_item_has_every_form_that_its_lists_name_in_both_languages():
    found = {each.item: forms(each) for each in every()}

    assert len(found) == 21
    assert all(Form.WINDOW in forms for forms in found.values())
    assert {item for item, forms in found.items() if Form.SEVERAL in forms} == {
        "JX-P-0019",
        "JX-P-0020",
        "JX-P-0021",
    }
    assert Form.ONLINE in found["JX-P-0013"]


def test_a_guide_says_everything_that_the_rule_says():
    for each, language in product(every(), guides.LANGUAGES):
        for form in forms(each):
            text, say = said(queries.guide(each, form, language, TODAY)), Speaker(each.rule, language)
            told = [
                *each.rule.conditions,
                *each.rule.receiving_rules,
                each.rule.fee_says,
                each.rule.result_name,
            ]
            told += [part for material in each.rule.materials for part in (material.name, material.standard)]
            told += [situation.ask for situation in each.rule.situations]
            missing = [say.text(part) for part in told if repr(say.text(part))[1:-1] not in text]
            assert missing == []


def test_what_has_no_source_is_marked_and_what_has_one_leads_there():
    made = queries.guide(edition(make.RENEW), Form.WINDOW, "zh", TODAY)
    rows = {row["label"]: row["mark"] for row in made.blocks[1]["rows"]}

    assert rows["法定时限"].startswith("[")
    assert rows["咨询"] == "（示例）"
    assert made.blocks[0]["kind"] == "notice"


def test_limits_are_said_in_plain_words():
    say = Speaker(edition(make.RENEW).rule, "zh")

    assert say.limit(edition(make.RENEW).rule.promised) == "20个工作日，约4周（节假日不算）"
    assert say.limit(edition(make.PROOF).rule.promised) == "当场办结"
    assert say.limit(None) == "法律没有规定"


def test_a_chart_has_a_box_for_each_step_and_asks_once_whether_all_is_there():
    for each in every():
        for form in forms(each):
            chart = queries.guide(each, form, "zh", TODAY).chart
            asks = [node for node in chart.nodes if node.kind == "choice"]
            steps = [str(step.name.zh) for step in each.rule.steps]

            assert [node.text for node in chart.nodes if node.text in steps] == steps
            assert len(asks) == (0 if each.rule.instant else 1)
            assert {node.lane for node in chart.nodes} == set(range(len(chart.lanes)))
            ends = {arrow.end for arrow in chart.arrows}
            assert ends == {node.key for node in chart.nodes if node.kind != "start"}


def test_with_several_places_each_has_a_lane():
    chart = queries.guide(edition("JX-P-0021"), Form.SEVERAL, "zh", TODAY).chart

    assert chart.lanes == ("您", "就近的大厅", "迁入地", "迁出地")
    assert any(line.startswith("迁出地: ") for line in chart.told())


def test_the_drawing_is_well_formed_and_its_boxes_never_overlap():
    for each in every():
        for form, language in product(forms(each), guides.LANGUAGES):
            made = queries.guide(each, form, language, TODAY)
            root = ET.fromstring(queries.guide_chart(made))
            drawn = "".join(root.itertext())
            assert all(node.text.replace(" ", "") in drawn.replace(" ", "") for node in made.chart.nodes)
            boxes = root.findall(".//{*}g/{*}rect")
            spans = [(float(box.get("y", 0)), float(box.get("height", 0)), box.get("x")) for box in boxes]
            for lane in {x for *_, x in spans}:
                mine = sorted((y, height) for y, height, x in spans if x == lane)
                assert all(y + height <= below for (y, height), (below, _) in pairwise(mine))


@pytest.mark.parametrize(
    "text", ["办理", "a very long line of English words", "混合 mixed 文字（12项）。", ""]
)
def test_words_in_a_box_are_broken_without_losing_any(text):
    lines = charts.wrapped(text, 60)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line.startswith(("，", "。", "）")) for line in lines)


def test_an_item_without_joint_or_online_mode_has_one_form():
    assert guides.forms(edition(make.RENEW).rule, set()) == (Form.WINDOW,)
    assert guides.forms(replace(edition(make.RENEW).rule, received_where=""), {"online"}) == (Form.ONLINE,)


@pytest.mark.parametrize("code", ITEMS)
def test_the_pdf_is_accessible_whole_and_lacks_no_character(code):
    each = edition(code)
    for form, language in zip(forms(each), ("zh", "en"), strict=False):
        made = queries.guide(each, form, language, TODAY)
        pdf = queries.guide_pdf(each, made, TODAY, address="http://localhost/items/x/")
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            metadata = opened.open_metadata()
            assert metadata["pdfuaid:part"] == "1"
            assert str(opened.Root.Lang) == ("zh-CN" if language == "zh" else "en-GB")
        text, say = pdf_text.words(pdf), Speaker(each.rule, language)
        assert pdf_text.MISSING not in text
        for part in (*each.rule.conditions, *(material.standard for material in each.rule.materials)):
            assert pdf_text.tight(say.text(part)) in text
        assert pdf_text.tight(made.foot) in text


def test_large_type_takes_more_room_and_the_same_day_the_same_bytes():
    each = edition(make.FOOD)
    made = queries.guide(each, Form.WINDOW, "zh", TODAY)
    normal, large = (queries.guide_pdf(each, made, TODAY, large=large) for large in (False, True))

    assert len(pikepdf.open(io.BytesIO(large)).pages) > len(pikepdf.open(io.BytesIO(normal)).pages)
    assert normal == queries.guide_pdf(each, made, TODAY)


def test_what_is_published_is_what_is_in_force():
    assert [each.number for each in queries.editions(make.RENEW, TODAY)] == [1]
    assert queries.changed(TODAY, item=make.RENEW)[0].since == date(2026, 1, 1)
    assert queries.changed(date(2025, 1, 1)) == []
    assert len(queries.everything(TODAY)) == queries.counts()[0]

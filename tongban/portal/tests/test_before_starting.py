"""The item's page has everything one needs before starting, and the list for one's own case."""

from __future__ import annotations

import io
import json
import re

import pytest
import zxingcpp
from django.utils import timezone
from django.utils.html import escape
from PIL import Image

from tongban.cases.tests import make
from tongban.catalogue import queries as catalogue
from tongban.lists import actions
from tongban.lists.queries import lists
from tongban.papers import queries as papers
from tongban.portal import linked, narrow
from tongban.portal.views import guides

pytestmark = pytest.mark.usefixtures("listed")
MOVE = "JX-P-0021"
ROLES = ("propose-lists", "review-lists")
FAMILY = {"s-home": "family", "s-children": "no"}


def rule(code: str = MOVE):
    return catalogue.in_force(code, make.MONDAY.date()).rule


def test_the_three_ways_stand_side_by_side_and_say_which_there_are(client):
    page = client.get(f"/items/{MOVE}/").content.decode()

    assert page.count("is-absent") == 1
    assert f"/items/{MOVE}/guides/several/" in page
    assert f"/items/{MOVE}/guides/window.zh.large.pdf" in page
    assert f"/items/{MOVE}/guides/online/" not in page
    assert "迁出地" in page


def test_the_page_tells_machines_what_service_it_is(client):
    page = client.get(f"/items/{MOVE}/").content.decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    said = json.loads(text)

    assert said["@type"] == "GovernmentService"
    assert said["name"][0]["@value"] == "夫妻投靠户口迁移"
    assert said["url"] == f"http://testserver/items/{MOVE}/"
    assert said["offers"]["price"] == "0"


def test_linked_data_can_not_end_its_element():
    assert "</script>" not in linked.block({"name": "</script><script>alert(1)</script>&"})


def test_the_list_for_ones_case_leaves_out_what_does_not_concern_it(client):
    narrowed = narrow.narrow(rule(), FAMILY)
    names = {each.material.code for each in narrowed.needed}
    page = client.get(f"/items/{MOVE}/mine/", FAMILY).content.decode()

    assert narrowed.left_out == 3
    assert all(not each.when for each in narrowed.needed)
    assert {"head-consent", "application-form"} <= names
    assert not {"home-title", "collective-consent", "children-birth-certificates"} & names
    assert f"您的情况需要{len(names)}项材料" in page
    assert "随迁子女出生医学证明" not in page
    assert 'value="family" checked' in page


@pytest.mark.parametrize("asked", [{}, {"s-home": "moon"}, {"s-nothing": "x"}, {"home": "family"}])
def test_an_answer_that_nobody_offered_leaves_everything_in(asked):
    narrowed = narrow.narrow(rule(), asked)

    assert len(narrowed.needed) == len(rule().materials)
    assert not narrowed.answered


def test_the_list_says_which_questions_are_open(client):
    said = "还没有选，可能要的材料都列在下面"
    assert f"最多需要{len(rule().materials)}项材料" in client.get(f"/items/{MOVE}/mine/").content.decode()

    assert client.get(f"/items/{MOVE}/mine/").content.decode().count(said) == len(rule().situations)
    assert client.get(f"/items/{MOVE}/mine/", FAMILY).content.decode().count(said) < len(rule().situations)


def test_the_questions_work_without_script(client):
    page = client.get(f"/items/{MOVE}/").content.decode()

    assert f'<form method="get" action="/items/{MOVE}/mine/"' in page
    assert page.count('type="radio"') == 5
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_text_to_send_names_what_to_bring_and_where_it_was_found(client, language):
    text = client.get(f"/items/{MOVE}/message.{language}.txt").content.decode()

    assert f"http://testserver/items/{MOVE}/" in text
    assert ("结婚证" if language == "zh" else "Marriage") in text
    assert len(text) < 1000


def test_the_phone_goes_on_where_the_code_leads():
    address = f"http://testserver/items/{MOVE}/"
    svg = papers.qr_svg(address)

    assert svg.startswith("<svg")
    import segno

    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="png", scale=6)
    assert zxingcpp.read_barcodes(Image.open(out).convert("L"))[0].text == address


def test_every_revision_has_an_address_that_stays(client):
    listed = client.get(f"/items/{MOVE}/revisions/").content.decode()
    page = client.get(f"/items/{MOVE}/revisions/1/").content.decode()

    assert f"/items/{MOVE}/revisions/1/" in listed
    assert "第1版" in page
    assert f'rel="canonical" href="http://testserver/items/{MOVE}/"' in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", ["window", "several"])
def test_a_guide_stands_as_page_chart_and_pdf_in_both_languages(client, language, form):
    client.cookies["django_language"] = language
    page = client.get(f"/items/{MOVE}/guides/{form}/").content.decode()
    short = "en" if language == "en" else "zh"
    name = rule().materials[0].name
    wanted = name.en if short == "en" else name.zh

    assert page.count("<h1") == 1
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="chart"' in page
    assert " style=" not in page
    assert escape(wanted) in page
    assert f"guides/{form}.{short}.normal.pdf" in page
    assert client.get(f"/items/{MOVE}/guides/{form}.{short}.normal.pdf").content.startswith(b"%PDF")
    assert client.get(f"/items/{MOVE}/guides/{form}.{short}.svg")["Content-Type"] == "image/svg+xml"


def test_every_complete_item_has_all_its_guides(client):
    for each in catalogue.everything(make.MONDAY.date()):
        if each.number:
            edition = catalogue.in_force(each.code, make.MONDAY.date())
            for form in guides.forms_of(edition, make.MONDAY.date()):
                assert client.get(f"/items/{each.code}/guides/{form}/").status_code == 200


def publish(listed: str, item: str, *modes: str) -> None:
    """Have a list say otherwise how an item is handled."""
    at, centre = timezone.now(), "360000-service-centre"
    keeper, reviewer = (make.clerk(centre, role, name=f"{role}-{listed}") for role in ROLES)
    says = {**lists.entry_of(listed, item, at.date()).stored(), "modes": modes}
    change = actions.propose(listed, item, "revise", says, "示例", by=keeper, at=at)
    actions.review(change.id, "", by=reviewer, at=at)
    actions.publish(change.id, timezone.localdate(at), by=reviewer, at=at)


def has(client, item: str, form: str) -> bool:
    """Return whether an item's page leads to a form of its guide, and the guide is there and only then."""
    guide = f"/items/{item}/guides/{form}/"
    there = guide in client.get(f"/items/{item}/").content.decode()
    assert client.get(guide).status_code == client.get(f"{guide[:-1]}.zh.svg").status_code
    assert client.get(guide).status_code == (200 if there else 404)
    return there


def test_a_mode_that_is_published_shows_on_the_page_and_as_a_guide(client):
    assert not has(client, make.FOOD, "several")

    publish("province", make.FOOD, "counter", "joint")

    assert has(client, make.FOOD, "several")


def test_a_mode_goes_once_no_list_says_it_any_more(client):
    publish("province", MOVE, "counter")
    assert has(client, MOVE, "several")

    publish("national", MOVE, "counter")

    assert not has(client, MOVE, "several")

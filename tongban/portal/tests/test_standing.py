"""Old addresses lead on; a suspended item says so; what stands beside a guide is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tongban.cases.tests import make
from tongban.catalogue import actions
from tongban.portal.tests import pdf_text

WHY = {"zh": "系统升级", "en": "The system is renewed"}
MARKET, FOOD = "360000-market-supervision", make.FOOD

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def let(world):
    editor, approver = (make.clerk(MARKET, role, name=role) for role in ("edit-items", "approve-items"))

    def hold(kind, **more):
        now = timezone.now()
        row = actions.propose_change(FOOD, kind, timezone.localdate(), WHY, "1号", by=editor, at=now, **more)
        actions.approve_change(row.id, by=approver, at=now)

    return hold


def test_an_ended_item_leads_on_to_its_only_successor_for_good(client, let):
    let("merge", successors=["JX-P-0004"])

    answer = client.get(f"/items/{FOOD}/")

    assert (answer.status_code, answer["Location"]) == (301, "/items/JX-P-0004/")


def test_one_with_several_successors_shows_them(client, let):
    let("split", successors=["JX-P-0004", "JX-P-0008"])

    page = client.get(f"/items/{FOOD}/")

    assert page.status_code == 200
    assert 'href="/items/JX-P-0004/"' in page.content.decode()
    assert 'href="/items/JX-P-0008/"' in page.content.decode()


def test_one_without_a_successor_is_gone(client, let):
    let("end")

    assert client.get(f"/items/{FOOD}/").status_code == 410
    assert f"/items/{FOOD}/" not in client.get("/items/").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_suspended_item_says_why_and_until_when(client, let, language):
    until = timezone.localdate() + timedelta(days=9)
    let("suspend", until=until)
    client.cookies["django_language"] = language

    page = client.get(f"/items/{FOOD}/").content.decode()

    assert WHY["zh" if language == "zh-hans" else "en"] in page
    assert f'datetime="{until.isoformat()}"' in page
    assert {"zh-hans": "暂停办理", "en": "Suspended"}[language] in client.get("/items/").content.decode()


def test_an_address_that_never_was_is_nothing(client):
    assert client.get("/items/no-such/").status_code == 404


def test_implementing_rules_stand_beside_the_guide(client):
    client.cookies["django_language"] = "en"

    page = client.get(f"/items/{FOOD}/").content.decode()

    assert "(Example) Implementing rules for food business licences" in page
    assert "illustrative" in page


PLACES = "here=360111&power=360702"
NAME = "食品经营许可（新办）"


def read(client, url, status=200):
    answer = client.get(url, {"lang": "zh"} if "?" not in url else None)
    assert answer.status_code == status, url
    return answer.content.decode()


@pytest.fixture
def lists(world):
    make.lists()


@pytest.mark.parametrize("url", ["/", "/halls/360111-hall/", "/embed/"])
def test_what_is_suspended_is_offered_nowhere(client, lists, let, url):
    assert NAME in read(client, url)
    let("suspend")

    assert NAME not in read(client, url)


def test_a_notice_board_leaves_out_what_is_suspended(client, lists, let):
    boards = "".join(read(client, f"/board/?page={number}") for number in range(1, 5))
    assert NAME in boards
    let("suspend")

    assert NAME not in "".join(read(client, f"/board/?page={number}") for number in range(1, 5))


@pytest.mark.parametrize(
    "url",
    [
        f"/where/?item={FOOD}&{PLACES}",
        f"/items/{FOOD}/guides/window/",
        f"/items/{FOOD}/mine/",
        f"/embed/items/{FOOD}/",
        f"/items/{FOOD}/message.zh.txt",
    ],
)
def test_every_page_of_a_suspended_item_says_so(client, lists, let, url):
    assert "暂停办理" not in read(client, url)
    let("suspend")

    page = read(client, url)

    assert "暂停办理" in page
    assert WHY["zh"] in page


def test_no_ways_are_shown_for_what_is_suspended(client, lists, let):
    assert "就近窗口" in read(client, f"/where/?item={FOOD}&{PLACES}")
    let("suspend")

    assert "就近窗口" not in read(client, f"/where/?item={FOOD}&{PLACES}")


def test_where_to_get_an_ended_item_done_leads_on_to_its_successor(client, lists, let):
    let("merge", successors=["JX-P-0004"])

    page = read(client, f"/where/?item={FOOD}&{PLACES}")

    assert "就近窗口" not in page
    assert f'href="/where/?item=JX-P-0004&amp;{PLACES.replace("&", "&amp;")}"' in page


@pytest.mark.parametrize(("kind", "tag"), [("suspend", "暂停办理"), ("end", "已取消")])
def test_a_zone_marks_what_cant_be_applied_for(client, lists, let, kind, tag):
    let(kind)

    page = read(client, "/zones/province/?subject=company&batch=province-1")

    row = page.split(f"{NAME}</a>")[1].split("</li>")[0]
    assert tag in row
    assert "/tell/" not in row or kind == "suspend"


def test_the_printed_guide_says_that_the_item_is_suspended(client, lists, let):
    let("suspend")

    text = pdf_text.words(client.get(f"/items/{FOOD}/guides/window.zh.normal.pdf").content)

    assert "暂停办理" in text
    assert WHY["zh"] in text


def test_open_data_says_what_is_suspended_or_ended(client, lists, let):
    rows = client.get("/data/items.zh.json").json()["rows"]
    assert {each["standing"] for each in rows} == {"open"}
    let("merge", successors=["JX-P-0004"])

    rows = {each["code"]: each for each in client.get("/data/items.zh.json").json()["rows"]}

    assert (rows[FOOD]["standing"], rows[FOOD]["revision"]) == ("ended", 0)


def test_the_map_of_the_site_leaves_out_what_has_ended(client, lists, let):
    assert f"/items/{FOOD}/" in read(client, "/sitemap.xml")
    let("merge", successors=["JX-P-0004"])

    assert f"/items/{FOOD}/" not in read(client, "/sitemap.xml")


def test_who_looks_for_an_ended_item_finds_what_replaced_it(client, lists, let):
    let("merge", successors=["JX-P-0004"])

    for typed in (NAME, FOOD):
        page = read(client, f"/items/?q={typed}")
        assert "/items/JX-P-0004/" in page.split('<ul class="found">')[1].split("</li>")[0]


def test_the_feeds_tell_that_an_item_was_suspended_and_that_it_ended(client, lists, let):
    let("suspend")
    assert "暂停办理" in read(client, "/feed.zh.atom")
    let("resume")
    assert "恢复办理" in read(client, f"/items/{FOOD}/feed.atom")
    let("merge", successors=["JX-P-0004"])

    assert "并入其他事项" in read(client, "/feed.zh.atom")

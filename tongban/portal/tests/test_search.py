"""Searching on the citizens' pages: reasons, filters, answers while typing, wishes."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from tongban.cases.tests import make
from tongban.lists import actions
from tongban.lists.actions import demand
from tongban.lists.models import Demand
from tongban.lists.rules.demand import Kind

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def nothing_gathered():
    demand._gathered.clear()
    yield
    demand._gathered.clear()


def gathered() -> list[tuple[str, str, str, str]]:
    return [(str(each.kind), each.region, each.item, each.query) for each in demand._gathered]


def withdraw(listed: str, item: str) -> None:
    """Take an item off a list."""
    at, centre = timezone.now(), "360000-service-centre"
    change = actions.propose(
        listed, item, "withdraw", None, "示例", by=make.clerk(centre, "propose-lists"), at=at
    )
    reviewer = make.clerk(centre, "review-lists")
    actions.review(change.id, "", by=reviewer, at=at)
    actions.publish(change.id, timezone.localdate(at), by=reviewer, at=at)


def test_every_result_says_why(client):
    page = client.get("/items/", {"q": "身份证丢了怎么办"}).content.decode()

    assert "您说的“身份证丢了”就是“居民身份证补领”" in page
    assert page.index("/items/JX-P-0002/") < page.index("/items/JX-P-0001/")


def test_it_says_so_in_english_too(client):
    client.cookies["django_language"] = "en"

    page = client.get("/items/", {"q": "get married"}).content.decode()

    assert "What you call “married” is" in page
    assert "Registration of marriage" in page


def test_who_asks_in_english_is_told_names_in_english(client):
    client.cookies["django_language"] = "en"

    page = client.get("/items/", {"q": "identity card"}).content.decode()

    assert "Ministry of Public Security" in page
    assert not re.search(r"is “[^”]*[\u4e00-\u9fff]", page)


def test_filters_are_kept_in_the_form_and_narrow(client):
    page = client.get("/items/", {"q": "注销", "subject": "company", "place": "360700"}).content.decode()

    assert '<option value="company" selected>' in page
    assert '<option value="360700" selected>' in page
    assert "赣州市" in page
    assert "/items/QG-056/" in page
    assert "/items/QG-076/" not in page


@pytest.mark.parametrize("more", [{"subject": "x"}, {"theme": "none"}, {"place": "1'"}, {"place": "\x00"}])
def test_filters_that_nobody_offered_do_no_harm(client, more):
    assert client.get("/items/", {"q": "身份证", **more}).status_code == 200


def test_an_empty_result_says_what_to_do_next(client):
    page = client.get("/items/", {"q": "暂住证"}).content.decode()

    assert 'href="/#themes"' in page
    assert 'href="/halls/"' in page
    assert "/wish/?q=" in page


def test_answers_while_typing_are_few_the_same_for_all_and_may_be_kept(client):
    answer = client.get("/items/suggest.json", {"q": "hzgq", "hl": "zh-hans"})

    assert answer["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies
    assert len(client.get("/items/suggest.json", {"q": "证"}).json()["results"]) <= 8
    assert client.get("/items/suggest.json").json() == {"results": []}
    first = client.get("/items/suggest.json", {"q": "离婚", "hl": "en"}).json()["results"][0]
    assert first["label"] == "Registration of divorce"
    assert first["url"] == "/items/QG-069/"
    assert "离婚" in first["hint"]
    assert gathered() == []


def test_the_form_goes_without_script_and_offers_more_with_it(client):
    page = client.get("/").content.decode()

    assert 'action="/items/" method="get" role="search"' in page
    assert 'data-suggest="/items/suggest.json?hl=zh-hans"' in page


def test_searches_and_opened_items_are_counted_without_a_statement(client, cost):
    client.get("/items/", {"q": "赣州护照过期"})
    client.get("/items/", {"q": "赵六 13800000000"})
    client.get("/items/QG-015/")
    client.get(f"/items/{make.RENEW}/")

    assert ("searched", "360700", "", "护照过期") in gathered()
    assert ("opened", "", "QG-015", "") in gathered()
    assert ("opened", "", make.RENEW, "") in gathered()
    assert not any("赵六" in query for *_, query in gathered())
    assert cost(lambda: client.get("/items/", {"q": "护照过期"})) <= 2
    assert not Demand.objects.exists()


def test_a_wish_is_counted_once_for_a_browser(client):
    page = client.get("/items/QG-008/").content.decode()
    assert 'href="/wish/?item=QG-008"' in page
    assert "赣州市" in client.get("/wish/?item=QG-008").content.decode()

    for _ in range(2):
        client.post("/wish/?item=QG-008", {"place": "360700"})
    answer = client.post("/wish/?item=QG-008", {"place": "360700"}, follow=True)

    assert "不记录您是谁" in answer.content.decode()
    row = Demand.objects.get()
    assert (row.kind, row.item, row.region, row.count) == (Kind.WISHED, "QG-008", "360700", 1)


def test_the_page_of_a_complete_item_offers_a_wish_while_a_way_lacks(client, listed):
    page = client.get(f"/items/{make.RENEW}/").content.decode()

    assert f'href="/wish/?item={make.RENEW}"' in page
    assert "/wish/" not in client.get(f"/items/{make.RENEW}/revisions/1/").content.decode()


def test_what_cannot_be_done_at_the_place_offers_a_wish_for_that_place(client, listed):
    item, wish = "JX-P-0018", "/wish/?item=JX-P-0018&amp;place=360700"
    searched, asked = "/items/?q=失业保险金&place=360700", f"/where/?item={item}&here=360702&power=360111"
    assert [wish in client.get(url).content.decode() for url in (searched, asked)] == [False, False]

    withdraw("province", item)

    assert [wish in client.get(url).content.decode() for url in (searched, asked)] == [True, True]
    assert wish not in client.get("/items/?q=失业保险金").content.decode()
    assert '<option value="360700" selected>' in client.get(wish.replace("&amp;", "&")).content.decode()


def test_a_wish_in_ones_own_words_leaves_no_words_yet(client):
    client.post("/wish/?q=暂住证", {"place": "nowhere"})

    row = Demand.objects.get()
    assert (row.kind, row.item, row.query, row.region) == (Kind.WISHED, "", "", "")


@pytest.mark.parametrize("address", ["/wish/", "/wish/?item=nothing", "/wish/?q=%00"])
def test_a_wish_for_nothing_is_missing(client, address):
    assert client.get(address).status_code == 404

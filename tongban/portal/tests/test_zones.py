"""The two zones, a list on any day, the ways of handling, and the register."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tongban.cases.tests import make
from tongban.catalogue import actions as catalogue
from tongban.catalogue.actions import normative
from tongban.lib.actors import System
from tongban.lib.texts import Text
from tongban.lists import actions
from tongban.lists.actions import Paragraphs
from tongban.places import actions as places

BENEFIT, RENEW, CARE = "JX-P-0018", "JX-P-0001", "JX-P-0014"
CENTRE = "360000-service-centre"


@pytest.fixture
def zones(world):
    at = timezone.now()
    actions.load(make.DATA / "lists", by=System("test"), at=at)
    normative.load_normative(make.DATA / "lists" / "normative.csv", by=System("test"), at=at)
    places.load_responsible(make.DATA / "places" / "responsible.csv", by=System("test"), at=at)


@pytest.fixture
def keepers(zones):
    return make.clerk(CENTRE, "propose-lists", name="keeper"), make.clerk(
        CENTRE, "review-lists", name="reviewer"
    )


def stopped(item, kind):
    """Let an item be suspended or ended today, by two people of the department that keeps it."""
    at, why = timezone.now(), {"zh": "系统升级", "en": "Maintenance"}
    police = "360000-police"
    editor, approver = (make.clerk(police, role, name=role) for role in ("edit-items", "approve-items"))
    change = catalogue.propose_change(item, kind, timezone.localdate(), why, "示例文件", by=editor, at=at)
    catalogue.approve_change(change.id, by=approver, at=at)


def says(client, url, *words):
    answer = client.get(url, headers={"accept-language": "zh-hans"})
    text = answer.content.decode()
    assert answer.status_code == 200, url
    assert [word for word in words if word not in text] == []
    return text


def test_the_first_page_leads_to_both_zones(client, zones):
    says(client, "/zones/", "跨省通办", "省内通办", "84个事项", "80个事项", "出生")


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("event=birth", "出生", "公司设立"),
        ("theme=housing", "住房公积金", "居民身份证换领"),
        ("subject=company&batch=province-1", "食品经营许可", "失业保险金申领"),
        ("mode=online&batch=province-1", "失业保险金申领", "居民身份证换领"),
        ("department=江西省公安厅", "居民身份证换领", "住房公积金"),
    ],
)
def test_a_zone_is_narrowed(client, zones, query, there, not_there):
    found = says(client, f"/zones/province/?{query}", there).split('<ul class="found">')[1]

    assert not_there not in found


def test_a_zone_says_what_is_listed_and_what_is_open(client, zones):
    assert "已开通</span>" not in says(client, "/zones/province/", "已列入清单")
    actions.prove(RENEW, "360111-service-centre", "360702-police", at=timezone.now())

    says(client, "/zones/province/", "已开通</span>")
    says(client, "/zones/province/?theme=identity&place=360111", "本地已开通")
    assert "本地已开通" not in says(client, "/zones/province/?theme=identity&place=360102")


def test_what_passed_within_the_province_is_not_open_across_provinces(client, zones):
    actions.prove(RENEW, "360111-service-centre", "360702-police", at=timezone.now())

    assert "已开通</span>" not in says(client, "/zones/national/", "已列入清单")
    assert "本地已开通" not in says(client, "/zones/national/?theme=identity&place=360111")


@pytest.mark.parametrize(("kind", "said"), [("suspend", "暂停办理"), ("end", "已取消")])
def test_what_cannot_be_applied_for_is_open_nowhere(client, zones, kind, said):
    actions.prove(RENEW, "360111-service-centre", "360702-police", at=timezone.now())
    here = f"/where/?item={RENEW}&here=360111&power=360702"
    says(client, here, "青山湖区")
    stopped(RENEW, kind)

    listed = says(client, "/zones/province/?theme=identity&place=360111")
    assert said in listed.split('<ul class="found">')[1]
    assert "本地已开通" not in listed
    answer = says(client, here, "系统升级")
    assert '<ol class="found">' not in answer


def test_a_list_can_be_read_as_published_on_a_day(client, keepers):
    keeper, reviewer = keepers
    at, today = timezone.now(), timezone.localdate()
    change = actions.propose("province", BENEFIT, "withdraw", None, "示例", by=keeper, at=at)
    actions.review(change.id, "", by=reviewer, at=at)
    actions.publish(change.id, today, by=reviewer, at=at)

    assert "失业保险金申领" not in says(client, "/zones/province/?batch=province-1").split('class="found"')[1]
    yesterday = today - timedelta(days=1)
    says(client, f"/zones/province/?batch=province-1&on={yesterday}", "失业保险金申领", "其他日期的清单")
    says(client, "/zones/province/?on=2010-01-01", "当时清单上没有内容")


def test_the_pages_of_a_zone_lead_on(client, zones):
    text = says(client, "/zones/province/")
    url = next(part.split('"')[0] for part in text.split('href="') if "after=" in part)

    assert says(client, f"/zones/province/{url.replace('&amp;', '&')}").count("<li><a") > 30


def test_the_ways_stand_side_by_side_nearest_first(client, zones):
    text = says(
        client,
        f"/where/?item={CARE}&here=360111&power=360700",
        "全程网办",
        "在任何地方都能办",
        "到有权办理"[:1],
    )
    assert "赣州市医疗保障局" in text

    text = says(
        client,
        f"/where/?item={RENEW}&here=360111&power=360702",
        "就近窗口",
        "全省可办",
        "章贡区公安局",
        "示范负责人",
    )
    halls = [text.index(hall) for hall in ("青山湖区政务服务大厅", "东湖区政务服务大厅")]
    assert halls == sorted(halls)
    says(client, f"/where/?item={RENEW}&here=360111&power=360702", "《中华人民共和国居民身份证法》第三条")


def test_what_is_not_possible_says_why_and_where_to_go(client, keepers):
    keeper, reviewer = keepers
    at = timezone.now()
    change = actions.propose("province", BENEFIT, "withdraw", None, "示例", by=keeper, at=at)
    actions.review(change.id, "", by=reviewer, at=at)
    actions.publish(change.id, timezone.localdate(), by=reviewer, at=at)

    says(
        client,
        f"/where/?item={BENEFIT}&here=360111&power=360702",
        "在您所在地办不了",
        "不在省内通办清单上",
        "请到：",
        "章贡区政务服务大厅",
    )


def test_an_agreements_place_can_be_chosen(client, keepers):
    keeper, reviewer = keepers
    at, today = timezone.now(), timezone.localdate()
    says_ = Paragraphs(
        name=Text("示例协议"),
        parties=(("360700", Text("")), ("440200", Text("广东省韶关市"))),
        items=((BENEFIT, "both"),),
        since=today,
        postal=Text("由收件地寄递"),
    )
    terms = actions.draft("gz-sg", "agreement", says_, by=keeper, at=at)
    actions.sign(terms.id, today, by=reviewer, at=at)

    says(
        client, f"/where/?item={BENEFIT}&here=440200&power=360702", "示例协议", "广东省韶关市", "由收件地寄递"
    )


@pytest.mark.parametrize(
    "query",
    [f"item={RENEW}&here=&power=", f"item={RENEW}&here=nowhere&power=360702", "here=360111&power=360702"],
)
def test_a_question_that_is_not_whole_is_asked_again(client, zones, query):
    says(client, f"/where/?{query}", "三项都要选择")
    assert client.get("/where/?item=nothing&here=360111&power=360702").status_code == 404


def test_the_register_can_be_read_by_everybody(client, zones):
    says(client, "/register/", "（示例）", "已超期", "示例")


def test_a_zone_costs_the_same_for_many_and_for_few(client, zones, cost):
    client.get("/zones/province/")
    few = cost(lambda: client.get("/zones/province/?event=birth"))

    assert cost(lambda: client.get("/zones/province/")) <= few
    assert few <= 14


def test_coming_from_an_item_nothing_is_said_to_be_missing_yet(client, zones):
    answer = client.get(f"/where/?item={RENEW}", headers={"accept-language": "zh-hans"})
    assert "三项都要选择" not in answer.content.decode()
    assert f'value="{RENEW}"' in answer.content.decode()


def test_the_home_page_leads_to_the_search_the_zones_the_ways_and_ones_case(client, zones):
    text = says(client, "/", "跨省通办", "省内通办", 'href="/zones/national/"', 'href="/zones/province/"')
    body = text[text.index("<h1>") :]

    places = [body.index(each) for each in ('role="search"', 'href="/where/"', "/zones/", 'href="/follow/"')]
    assert places == sorted(places)


def test_a_way_leads_to_its_hall_and_to_the_guide_of_the_way_online(client, zones):
    says(client, f"/where/?item={RENEW}&here=360111&power=360702", 'href="/halls/360111-hall/"')
    says(client, f"/where/?item={CARE}&here=360111&power=360700", f'href="/items/{CARE}/guides/online/"')

    known_by_name = says(client, "/where/?item=QG-034&here=360111&power=360700", "全程网办")
    assert "/guides/" not in known_by_name


def test_an_item_known_by_name_leads_to_where_it_can_be_done(client, zones):
    says(client, "/items/QG-014/", 'href="/where/?item=QG-014"')


def test_a_zone_says_what_is_wrong_with_a_day(client, zones):
    says(client, "/zones/national/?on=2024-02-30", "没有这一天")
    says(client, "/zones/national/?on=soon", "没有这一天")
    assert "没有这一天" not in says(client, "/zones/national/?on=2021-01-01", "公布的清单")

    later = (timezone.localdate() + timedelta(days=400)).isoformat()
    assert "公布的清单" not in says(client, f"/zones/national/?on={later}", "还没有到")


def test_a_zone_in_which_nothing_fits_says_to_leave_out_a_condition(client, zones):
    text = says(client, "/zones/national/?theme=none", "没有符合条件的事项")

    assert "请换一个日期" not in text


def test_no_theme_of_the_first_page_leads_to_an_empty_list(client, zones):
    text = says(client, "/zones/", "产业链供应链", 'href="/zones/province/?theme=housing"')

    assert "theme=supply-chain" not in text
    for theme in re.findall(r"\?theme=([a-z-]+)", text):
        assert "没有符合条件的事项" not in says(client, f"/zones/province/?theme={theme}")

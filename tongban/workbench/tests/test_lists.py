"""The pages of lists, agreements, rehearsals, the register and who answers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tongban.cases.tests import make as cases
from tongban.catalogue.actions import normative
from tongban.lib.actors import Clerk, System
from tongban.lists import actions
from tongban.lists.queries import agreements
from tongban.lists.queries import lists as queries
from tongban.lists.rules.words import Direction
from tongban.places import actions as places_actions
from tongban.workbench.tests.desk_world import browser

CENTRE, POLICE, ITEM = "360000-service-centre", "360702-police", "JX-P-0018"


@pytest.fixture
def world(db):
    cases.data()
    actions.load(cases.DATA / "lists", by=System("test"), at=timezone.now())
    normative.load_normative(cases.DATA / "lists" / "normative.csv", by=System("test"), at=timezone.now())
    places_actions.load_responsible(
        cases.DATA / "places" / "responsible.csv", by=System("test"), at=timezone.now()
    )
    return cases


@pytest.fixture
def keeper(world) -> Client:
    return sit_down(cases.clerk(CENTRE, "propose-lists", name="keeper"))


@pytest.fixture
def reviewer(world) -> Client:
    return sit_down(cases.clerk(CENTRE, "review-lists", name="reviewer"))


@pytest.fixture
def officer(world) -> Client:
    return sit_down(cases.clerk(POLICE, "handle", name="officer"))


def sit_down(clerk: Clerk) -> Client:
    """Return a browser in which the clerk is at work, in Chinese."""
    return browser(clerk, english=False)


def says(client: Client, url: str, *words: str, status: int = 200) -> str:
    answer = client.get(url)
    text = answer.content.decode()
    assert answer.status_code == status, url
    assert [word for word in words if word not in text] == []
    return text


def proposal(listed: str, **changes: object) -> dict[str, object]:
    batch = {"province": "province-1", "national": "national-1"}[listed]
    return {
        "batch": batch,
        "unit_zh": "江西省示范厅",
        "modes": ["counter"],
        "direction": str(Direction.BOTH),
        "reason": "示例理由",
        **changes,
    }


def under_way(listed: str, item: str = ITEM):
    entry = queries.entry_id(listed, item)
    assert entry
    found = queries.entry(entry, timezone.localdate()).open
    assert found
    return found


def walk(keeper: Client, reviewer: Client, listed: str, kind: str, **changes: object) -> None:
    """Propose, review and publish by the pages."""
    answer = keeper.post(f"/desk/lists/of/{listed}/{ITEM}/{kind}", proposal(listed, **changes))
    assert answer.status_code == 302
    change = under_way(listed)
    assert reviewer.post(f"/desk/lists/changes/{change.id}/review", {"opinion": ""}).status_code == 302
    day = timezone.localdate().isoformat()
    assert reviewer.post(f"/desk/lists/changes/{change.id}/publish", {"day": day}).status_code == 302


def test_lists_and_batches_are_shown_with_what_is_late(keeper):
    text = says(
        keeper,
        "/desk/lists/",
        "省内通办清单",
        "跨省通办清单",
        "全国清单：2020年底前",
        "须全部列入：省内通办清单",
    )

    assert "row-overdue" in text


def test_a_list_is_read_by_its_date(keeper, reviewer):
    today = timezone.localdate()
    walk(keeper, reviewer, "province", "revise", modes=["window"])

    later = says(keeper, "/desk/lists/of/province?batch=province-1", "异地窗口当场办")
    before = says(keeper, f"/desk/lists/of/province?batch=province-1&on={today - timedelta(days=1)}")
    assert later.count("</span></th>") == before.count("</span></th>")
    cell = '<td data-label="办理方式">异地窗口当场办</td>'
    assert later.count(cell) == before.count(cell) + 1
    says(keeper, "/desk/lists/of/province?on=2019-01-01", "当时清单上没有内容")
    says(keeper, "/desk/lists/of/province?on=nonsense", "下一页")
    says(keeper, f"/desk/lists/entries/{queries.entry_id('province', ITEM)}", "第2版", "变更前", "示例理由")


def test_an_item_on_the_inner_list_alone_is_refused_with_the_way_to_do_it(keeper, reviewer):
    walk(keeper, reviewer, "province", "withdraw", wanted_from="")

    answer = keeper.post(f"/desk/lists/of/national/{ITEM}/list", proposal("national"))

    assert answer.status_code == 409
    text = answer.content.decode()
    assert "请先把它列入“省内通办清单”" in text
    assert f"/desk/lists/of/province/{ITEM}/list" in text


def test_who_proposes_does_not_review_and_others_do_neither(keeper, reviewer, officer):
    keeper.post(f"/desk/lists/of/province/{ITEM}/revise", proposal("province"))
    change = under_way("province")

    for client in (keeper, officer):
        assert client.get(f"/desk/lists/changes/{change.id}/review").status_code == 403
    for client in (reviewer, officer):
        assert client.get(f"/desk/lists/of/province/{ITEM}/revise").status_code == 403
    says(reviewer, f"/desk/lists/changes/{change.id}/review", "审核通过", "示例理由", "变更后")
    says(reviewer, f"/desk/lists/changes/{change.id}/publish", f'value="{timezone.localdate().isoformat()}"')
    says(reviewer, "/desk/lists/", "待审核")
    assert "待审核" not in says(officer, "/desk/lists/")


def test_what_is_missing_is_asked_for(keeper, reviewer):
    answer = keeper.post(f"/desk/lists/of/province/{ITEM}/revise", proposal("province", reason="", modes=[]))
    assert answer.status_code == 422
    assert keeper.get(f"/desk/lists/of/province/{ITEM}/sideways").status_code == 404
    assert keeper.get("/desk/lists/of/nothing").status_code == 404
    says(keeper, "/desk/lists/of/national/choose?q=失业", "失业保险金申领")


TERMS = {
    "code": "gz-sg",
    "scope": "agreement",
    "name_zh": "示例协议",
    "ours": "赣州市",
    "theirs": "440200, 广东省韶关市, Shaoguan",
    "items": f"{ITEM}, out\nJX-P-0001",
    "valid_from": timezone.localdate().isoformat(),
    "notice_clock": "receipt",
    "limit_clock": "taking-over",
}


def test_an_agreement_is_written_signed_revised_and_ended(keeper, reviewer):
    answer = keeper.post("/desk/lists/agreements/new", TERMS)
    assert answer.status_code == 302
    url = answer["Location"]
    says(keeper, url, "草案", "广东省韶关市", "对方代收")
    says(keeper, f"{url}/write", "440200, 广东省韶关市, Shaoguan")
    assert keeper.get(f"{url}/sign").status_code == 403
    today = timezone.localdate().isoformat()
    assert reviewer.post(f"{url}/sign", {"day": today}).status_code == 302
    says(keeper, "/desk/lists/agreements", "生效中", "赣州市")
    later = (timezone.localdate() + timedelta(days=9)).isoformat()
    assert keeper.post(f"{url}/write", {**TERMS, "valid_from": later}).status_code == 302
    assert reviewer.post(f"{url}/sign", {"day": today}).status_code == 302
    says(keeper, url, "第2版", "已签署，尚未生效", "生效中")
    assert reviewer.post(f"{url}/end/sign").status_code == 409
    assert keeper.post(f"{url}/end", {"day": today, "reason": "示例"}).status_code == 302
    says(reviewer, url, "已提出终止", "示例", "签署终止")
    assert reviewer.post(f"{url}/end/drop").status_code == 302
    assert keeper.post(f"{url}/end", {"day": today, "reason": "示例"}).status_code == 302
    assert keeper.post(f"{url}/end/sign").status_code == 403
    assert reviewer.post(f"{url}/end/sign").status_code == 302
    says(keeper, url, "已终止")


@pytest.mark.parametrize(
    "wrong", [{"ours": "没有这个地方"}, {"theirs": "360700, 赣州市"}, {"items": "nothing"}]
)
def test_an_agreement_names_real_places_and_items(keeper, wrong):
    answer = keeper.post("/desk/lists/agreements/new", {**TERMS, **wrong})

    assert answer.status_code == 422


def test_a_rehearsal_is_recorded_by_one_and_confirmed_by_the_other(world, officer):
    window = sit_down(cases.clerk("360111-service-centre", "receive", name="window"))
    said = {
        "item": "JX-P-0001",
        "place": "章贡区",
        "walked_on": timezone.localdate().isoformat(),
        "words": "示例",
    }

    assert window.post("/desk/lists/rehearsals/new", said).status_code == 302
    text = says(officer, "/desk/lists/rehearsals", "确认演练")
    url = text.split('href="')[-1]
    url = next(part.split('"')[0] for part in text.split('href="') if "/confirm" in part)
    assert officer.post(url, {"answer": "已办结"}).status_code == 302
    says(window, "/desk/lists/rehearsals", "双方已确认")
    assert window.post("/desk/lists/rehearsals/new", {**said, "place": "火星"}).status_code == 422


def test_a_rehearsal_beyond_the_first_page_is_confirmed(world, officer, monkeypatch):
    monkeypatch.setattr(agreements.rehearsals, "__kwdefaults__", {"after": "", "limit": 1})
    window = sit_down(cases.clerk("360111-service-centre", "receive"))
    for day in ("2026-05-01", "2026-05-02"):
        said = {"item": "JX-P-0001", "place": "360702", "walked_on": day, "words": ""}
        assert window.post("/desk/lists/rehearsals/new", said).status_code == 302
    first = says(officer, "/desk/lists/rehearsals", "下一页")
    (older,) = re.findall(r'href="(\?after=[^"]+)"', first)

    last = says(officer, f"/desk/lists/rehearsals{older}", "确认演练")
    (confirm,) = re.findall(r'href="(/desk/lists/rehearsals/[^"]+/confirm)"', last)
    assert confirm not in first
    assert officer.post(confirm, {"answer": ""}).status_code == 302
    entry = queries.entry_id("province", "JX-P-0001")
    says(officer, f"/desk/lists/entries/{entry}", "两地共同演练", "章贡区公安局")


def test_a_body_says_who_answers_for_it(officer):
    says(officer, "/desk/lists/responsible", "章贡区公安局", "示范负责人", "已过时", "示例")

    assert officer.post("/desk/lists/responsible/confirm").status_code == 302
    named = {"charge": "liaison", "name": "示范联络员", "phone": "0000-0000001"}
    assert officer.post("/desk/lists/responsible/name", named).status_code == 302
    says(officer, "/desk/lists/responsible", "示范联络员", "本季度已确认")
    assert officer.post("/desk/lists/responsible/name", {**named, "phone": ""}).status_code == 422


def test_the_register_is_kept_by_its_keepers(keeper, officer):
    text = says(keeper, "/desk/lists/register", "（示例）", "row-overdue", "登记完成")
    assert text.count("<tr") == 9
    document = {
        "code": "NORM-90",
        "title_zh": "（示例）某细则",
        "unit_zh": "示范厅",
        "level": "province",
        "conflict_zh": "示例",
        "action": "amend",
        "items": "JX-P-0001，QG-028",
        "due": "2026-01-01",
        "state": "open",
    }
    assert keeper.post("/desk/lists/register/new", document).status_code == 302
    assert keeper.post("/desk/lists/register/new", document).status_code == 422
    edited = {**document, "state": "review", "seen": "1"}
    assert keeper.post("/desk/lists/register/NORM-90", edited).status_code == 302
    assert keeper.post("/desk/lists/register/NORM-90", edited).status_code == 409
    done = {"day": timezone.localdate().isoformat(), "outcome": "已修改"}
    assert keeper.post("/desk/lists/register/NORM-90/settle", done).status_code == 302
    says(officer, "/desk/lists/register?state=done", "NORM-90")
    assert officer.get("/desk/lists/register/new").status_code == 403


def test_coverage_names_what_is_not_online(officer):
    says(officer, "/desk/lists/coverage", "84个事项 × 100个县", "中华人民共和国居民身份证法", "100 %")


def test_a_page_costs_the_same_for_many_and_for_few(keeper, cost):
    few = cost(lambda: keeper.get("/desk/lists/of/province?batch=province-1"))

    assert cost(lambda: keeper.get("/desk/lists/of/province")) <= few + 1
    assert few <= 12

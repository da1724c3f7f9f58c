"""An agreement with a city of another province: written by one, recorded as signed by another, found by everybody."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.journeys import steps
from tongban.cases.tests import make
from tongban.lib.actors import System
from tongban.lists import actions

CENTRE, ITEM = "360000-service-centre", "JX-P-0018"
THEIRS, NAME = "440200", "赣州韶关合作协议（示例）"


@pytest.fixture
def people(house):
    actions.load(make.DATA / "lists", by=System("test"), at=timezone.now())
    return house.employ(CENTRE, "propose-lists"), house.employ(CENTRE, "review-lists")


def test_an_agreement_is_written_signed_and_answers_where(people, sit_down, hold_phone):
    keeper, reviewer = people
    page = sit_down()
    steps.sign_in(page, keeper)
    page.goto("/desk/lists/agreements")
    steps.look(page)
    steps.follow(page, "新建协议")
    steps.look(page)
    steps.fill(
        page,
        code="journey-gz-sg",
        name_zh=NAME,
        ours="赣州市",
        theirs=f"{THEIRS}, 广东省韶关市",
        items=f"{ITEM}, both",
        valid_from=timezone.localdate().isoformat(),
        postal_zh="由收件地寄递（示例）",
    )
    steps.go(page, "Control+Enter")
    steps.look(page)
    steps.says(page, NAME, "草案", "失业保险金申领")
    # Who wrote it doesn't sign it.
    assert page.get_by_role("link", name="登记签署").count() == 0

    desk = sit_down()
    steps.sign_in(desk, reviewer)
    desk.goto(page.url)
    steps.look(desk)
    steps.follow(desk, "登记签署")
    steps.look(desk)
    steps.go(desk, "Control+Enter")
    steps.look(desk)
    steps.says(desk, "生效中")

    phone = hold_phone()
    where = f"/where/?item={ITEM}&here={THEIRS}&power=360702"
    steps.see(phone, where, "广东省韶关市", NAME, "由收件地寄递（示例）")

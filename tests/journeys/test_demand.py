"""What can't be done is wished for on a phone, seen by who keeps the lists, and proposed for the next batch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys import steps
from tongban.cases.tests import make
from tongban.lib.actors import System
from tongban.lists import actions
from tongban.lists.actions import demand
from tongban.lists.actions.demand import Wanted
from tongban.lists.queries import lists as queries
from tongban.lists.rules.demand import Kind

CENTRE, ITEM, NAME, IN_VAIN = "360000-service-centre", "JX-P-0010", "开具户籍类证明", "暂住证"


@pytest.fixture
def keeper(house):
    """A list-keeper; the item stands on no list, and others searched in vain on other days."""
    at = timezone.now()
    actions.load(make.DATA / "lists", by=System("test"), at=at)
    keeper, reviewer = house.employ(CENTRE, "propose-lists"), house.employ(CENTRE, "review-lists")
    # From the inner list first: no list says more than the one around it.
    for code in ("national", "province"):
        if ITEM not in {row.item for row in queries.as_on(code, at.date(), limit=500).rows}:
            continue
        change = actions.propose(code, ITEM, "withdraw", None, "示例", by=keeper.clerk, at=at)
        actions.review(change.id, "", by=reviewer.clerk, at=at)
        actions.publish(change.id, timezone.localdate(at), by=reviewer.clerk, at=at)
    for days in (3, 2, 1):
        demand.count(Wanted(at.date() - timedelta(days), "360700", Kind.NOTHING, query=IN_VAIN))
    return keeper


def wish(phone) -> None:
    """Say on a phone where one would like to do it: the place that was asked for is filled in."""
    steps.look(phone)
    expect(phone.get_by_role("combobox")).to_have_value("360700")
    phone.get_by_role("button", name="提交愿望").click()
    steps.says(phone, "您的愿望已计入")


def test_what_cannot_be_done_is_wished_for_ranked_and_proposed(keeper, sit_down, hold_phone):
    phone = hold_phone()
    phone.goto(f"/items/?q={IN_VAIN}&place=360700")
    steps.look(phone)
    steps.says(phone, "没有找到")
    phone.get_by_role("link", name="告诉我们").click()
    wish(phone)
    phone.goto("/items/?q=户籍证明&place=360700")
    steps.look(phone)
    result = phone.locator(".found > li").filter(has_text=NAME)
    expect(result).to_contain_text("目前还不能在那里办")
    result.get_by_role("link", name="告诉我们").click()
    wish(phone)

    page = sit_down()
    steps.sign_in(page, keeper)
    page.goto("/desk/demand?days=7&place=360700")
    steps.look(page)
    row = page.locator("tbody tr").filter(has_text=ITEM)
    expect(row.locator('[data-label="希望能办"]')).to_have_text("1")
    expect(page.locator("tbody tr").filter(has_text=IN_VAIN).locator('[data-label="希望能办"]')).to_have_text(
        "1"
    )
    with page.expect_navigation():
        row.get_by_role("link", name="建议列入下一批").press("Enter")
    steps.look(page)
    steps.fill(page, unit_zh="江西省示范厅", reason="群众有需要")
    page.locator('[name="modes"]').first.check()
    steps.go(page, "Control+Enter")
    steps.look(page)
    steps.says(page, NAME, "待审核", "群众有需要")

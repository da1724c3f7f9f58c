"""An item is wanted on the cross-province list only: refused with an explanation, then done properly, read by date."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.journeys import steps
from tongban.cases.tests import make
from tongban.lib.actors import System
from tongban.lists import actions
from tongban.lists.queries import lists as queries

CENTRE, ITEM, NAME = "360000-service-centre", "JX-P-0018", "失业保险金申领"


@pytest.fixture
def lists(house):
    """The lists of the data, and a keeper and a reviewer; the item stands on none."""
    at = timezone.now()
    actions.load(make.DATA / "lists", by=System("test"), at=at)
    keeper, reviewer = house.employ(CENTRE, "propose-lists"), house.employ(CENTRE, "review-lists")
    if ITEM in {row.item for row in queries.as_on("province", at.date(), limit=500).rows}:
        change = actions.propose("province", ITEM, "withdraw", None, "示例", by=keeper.clerk, at=at)
        actions.review(change.id, "", by=reviewer.clerk, at=at)
        actions.publish(change.id, timezone.localdate(at), by=reviewer.clerk, at=at)
    return keeper, reviewer


def propose(page) -> None:
    steps.fill(page, unit_zh="江西省示范厅", reason="群众有需要")
    page.locator('[name="batch"]').select_option(index=0)
    steps.go(page, "Control+Enter")
    steps.look(page)


def published(page, entry: str, verb: str) -> None:
    """Go from an entry through one step of its change."""
    page.goto(entry)
    steps.look(page)
    steps.follow(page, verb)
    steps.look(page)
    steps.go(page, "Control+Enter")
    steps.look(page)


def test_an_item_goes_on_both_lists_or_on_neither(house, lists, sit_down, hold_phone):
    keeper, reviewer = lists
    page = sit_down()
    steps.sign_in(page, keeper)
    page.goto("/desk/lists/of/national/choose?q=失业")
    steps.look(page)
    steps.follow(page, NAME)
    propose(page)
    steps.says(page, "请先把它列入“省内通办清单”", "不能只列入这一份清单")

    # The page that refuses leads to where it has to go first.
    steps.follow(page, "申报列入省内通办清单")
    propose(page)
    outer = page.url
    page.goto(f"/desk/lists/of/national/{ITEM}/list")
    propose(page)
    inner = page.url
    assert "/entries/" in inner != outer

    desk = sit_down()
    steps.sign_in(desk, reviewer)
    for entry in (inner, outer):
        published(desk, entry, "审核通过")
    published(desk, inner, "公布")
    steps.says(desk, "请先把它列入“省内通办清单”")
    published(desk, outer, "公布")
    published(desk, inner, "公布")
    steps.says(desk, "省内通办清单", "群众有需要")

    phone = hold_phone()
    steps.see(phone, "/zones/national/?theme=employment", NAME)
    before = timezone.localdate() - timedelta(days=1)
    phone.goto(f"/zones/national/?theme=employment&on={before}")
    steps.look(phone)
    assert NAME not in phone.locator("main").inner_text()
    steps.see(phone, f"/where/?item={ITEM}&here=360111&power=360702", "就近窗口", "青山湖区政务服务大厅")

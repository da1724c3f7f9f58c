"""What stands beside the lists: coverage, documents that stand in the way, and who answers for a body."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys import steps
from tongban.cases.tests import make
from tongban.lib.actors import System
from tongban.lists import actions
from tongban.places.actions import Named, name_responsible

CENTRE, BODY = "360000-service-centre", "360702-police"
TITLE, OUTCOME = "（示例）居住登记办理细则", "已按通办要求修改（示例）"


@pytest.fixture
def keeper(house):
    actions.load(make.DATA / "lists", by=System("test"), at=timezone.now())
    return house.employ(CENTRE, "propose-lists")


def test_coverage_says_how_much_can_be_done_and_what_no_law_keeps_offline(keeper, sit_down):
    page = sit_down()
    steps.sign_in(page, keeper)
    page.goto("/desk/lists/coverage")
    steps.look(page)
    steps.says(page, "省内通办（按清单）", "全程网办", "依法不能网办", "居民身份证法")
    page.set_viewport_size({"width": 390, "height": 844})
    steps.look(page)


def test_a_document_in_the_way_is_entered_settled_and_read_by_everybody(keeper, sit_down, hold_phone):
    page = sit_down()
    steps.sign_in(page, keeper)
    page.goto("/desk/lists/register")
    steps.look(page)
    phone = hold_phone()
    phone.goto("/register/")
    assert TITLE not in phone.locator("main").inner_text()
    steps.follow(page, "登记文件")
    steps.look(page)
    steps.fill(
        page,
        code="JOURNEY-1",
        title_zh=TITLE,
        unit_zh="江西省示范厅",
        conflict_zh="要申请人回户籍地（示例）",
        items="JX-P-0001",
        due="2026-01-01",
    )
    steps.go(page, "Control+Enter")
    steps.look(page)
    steps.see(phone, "/register/", TITLE)
    line = phone.locator(".found > li").filter(has_text=TITLE)
    expect(line).to_contain_text("已超期")
    expect(line).to_contain_text("居民身份证换领")

    row = page.locator("tbody tr").filter(has_text=TITLE)
    with page.expect_navigation():
        row.get_by_role("link", name="登记完成").press("Enter")
    steps.look(page)
    steps.fill(page, outcome=OUTCOME)
    steps.go(page, "Control+Enter")
    steps.look(page)
    steps.see(phone, "/register/", OUTCOME)
    expect(line).to_contain_text("已完成")
    expect(line).to_contain_text(OUTCOME)
    assert "已超期" not in line.inner_text()


def test_a_body_confirms_once_a_quarter_who_answers_for_it(house, sit_down):
    officer = house.employ(BODY)
    long_ago = timezone.now() - timedelta(days=200)
    said = Named("liaison", "示范联络员", "联络员", "0000-0000000")
    name_responsible(BODY, said, by=officer.clerk, at=long_ago)
    page = sit_down()
    steps.sign_in(page, officer)
    page.goto("/desk/lists/responsible")
    steps.look(page)
    own = page.locator("section.panel")
    expect(own).to_contain_text("已过时")
    steps.follow(page, "以上信息仍然正确")
    steps.look(page)
    expect(own).to_contain_text("本季度已确认")
    assert "已过时" not in own.inner_text()

    steps.follow(page, "填报或者修改")
    steps.look(page)
    steps.fill(page, charge="principal", name="示范负责人", phone="0000-0000001")
    steps.go(page, "Control+Enter")
    steps.look(page)
    expect(own).to_contain_text("示范负责人")

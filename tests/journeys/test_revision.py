"""A revision is written at a desk, reviewed on a phone with its impact page, and holds; running cases keep theirs."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys import cases, steps

PROVINCE = "360000-market-supervision"
# Received by no other journey: they share an installation, and what is published stays.
COMPANY = "JX-P-0008"


def _press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(f"^{name}")).first.press("Enter")


def test_a_revision_is_published_through_review_with_its_impact_page(house, sit_down, hold_phone):
    editor, approver = house.employ(PROVINCE, "edit-items"), house.employ(PROVINCE, "approve-items")
    received = cases.received(house.employ().clerk, COMPANY)

    # The editor begins a draft, takes a line out, types a catch-all, is told, and puts it right.
    desk = sit_down()
    steps.sign_in(desk, editor)
    steps.follow(desk, "事项与规则")
    steps.look(desk)
    desk.goto(f"/desk/catalogue/items/{COMPANY}")
    steps.look(desk)
    _press(desk, "起草新版本")
    steps.look(desk)
    draft = desk.url
    steps.follow(desk, "申请材料")
    steps.look(desk)
    name = desk.locator('[name="0.name.zh"]')
    kept = name.input_value()
    name.fill("其他材料")
    steps.go(desk, "Control+Enter")
    steps.look(desk)
    steps.says(desk, "兜底")
    desk.locator('[name="0.name.zh"]').fill(kept)
    desk.locator("#row-5").get_by_role("button", name=re.compile("^删除")).press("Enter")
    desk.wait_for_load_state()
    expect(desk.locator(".error-summary")).to_have_count(0)
    steps.look(desk)
    desk.goto(f"{draft}/limits")
    desk.locator('[name="0.limits.promised.days"]').fill("2")
    steps.go(desk, "Control+Enter")
    steps.look(desk)
    desk.goto(f"{draft}/preview?on=phone")
    steps.look(desk)
    desk.goto(draft)
    steps.says(desk, "上述人员身份证明", "承诺时限")
    desk.locator('[name="valid_from"]').fill(desk.evaluate("new Date().toLocaleDateString('sv')"))
    desk.locator('[name="reason_zh"]').fill("减少材料，缩短时限")
    desk.locator('[name="rests_on"]').fill("（示例）1号")
    _press(desk, "送审")
    steps.look(desk)
    steps.says(desk, "等待另一人审核")

    # The approver looks at it on a phone, in English, and sees what it does before publishing it.
    phone = hold_phone(locale="en-GB")
    steps.sign_in(phone, approver)
    phone.goto("/desk/catalogue")
    steps.look(phone)
    phone.goto(draft)
    steps.look(phone)
    phone.goto(f"{draft}/impact")
    steps.look(phone)
    steps.says(phone, "Identity cards of those persons", "3 → 2", "1 case runs on to its end", "Public guide")
    _press(phone, "Publish")
    steps.look(phone)
    steps.says(phone, "Revision 2", "In force")
    steps.follow(phone, "Show what differs")
    steps.look(phone)
    steps.says(phone, "Identity cards of those persons")

    # The case that runs keeps its revision; the public reads the new one.
    assert cases.part(received).case.revision_id == f"{COMPANY}@1"
    public = sit_down()
    public.goto(f"/items/{COMPANY}/")
    expect(public.get_by_role("heading", name="公司登记（备案）申请书")).to_have_count(1)
    expect(public.get_by_role("heading", name="上述人员身份证明")).to_have_count(0)

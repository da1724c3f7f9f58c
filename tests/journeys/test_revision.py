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


def test_a_copy_sheet_is_filled_on_a_phone_and_items_are_merged_at_once(house, sit_down, hold_phone):
    editor, approver = house.employ(PROVINCE, "edit-items"), house.employ(PROVINCE, "approve-items")
    phone = hold_phone()
    steps.sign_in(phone, editor)
    phone.goto(f"/desk/catalogue/items/{COMPANY}")
    _press(phone, "起草新版本")
    draft = phone.url

    # A row is added, refused by its number, put right, and told where the draft tells what it changes.
    phone.goto(f"{draft}/copy_sheet")
    steps.look(phone)
    _press(phone, "增加一行")
    phone.locator('[name="head.copy_sheet.system.zh"]').fill("登记系统")
    phone.locator('[name="0.label.zh"]').fill("企业名称")
    _press(phone, "保存")
    steps.look(phone)
    steps.says(phone, "第1行 · 企业名称", "请选择此字段填入办件的哪一项")
    phone.locator('[name="0.from"]').select_option("applicant.name")
    _press(phone, "保存")
    expect(phone.locator(".error-summary")).to_have_count(0)
    for section in ("subjects", "procedure", "deciding", "presence"):
        phone.goto(f"{draft}/{section}")
        steps.look(phone)
    phone.goto(f"{draft}/impact")
    steps.look(phone)
    steps.says(phone, "登记系统", "企业名称 ← 申请人姓名或者名称", "承办人员的录入单")
    phone.goto(draft)
    _press(phone, "撤回修订稿")

    # Two items are proposed to be merged into a third, looked at by somebody else, and turned down there.
    desk = sit_down()
    steps.sign_in(desk, editor)
    desk.goto(f"/desk/catalogue/items/{COMPANY}/change/merge")
    steps.look(desk)
    desk.locator('[name="into"]').select_option("JX-P-0005")
    desk.locator('[name="others"][value="JX-P-0004"]').check()
    desk.locator('[name="valid_from"]').fill(desk.evaluate("new Date().toLocaleDateString('sv')"))
    desk.locator('[name="reason_zh"]').fill("同类事项合并")
    desk.locator('[name="rests_on"]').fill("（示例）2号")
    steps.go(desk, "Control+Enter")
    other = sit_down()
    steps.sign_in(other, approver)
    for item in (COMPANY, "JX-P-0004"):
        other.goto(f"/desk/catalogue/items/{item}")
        other.get_by_role("link", name="合并", exact=True).first.click()
        steps.look(other)
        steps.says(other, "与它一并提出")
        other.locator('[name="answer"]').fill("暂不合并")
        _press(other, "不同意")

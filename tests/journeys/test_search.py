"""Finding an item by what one calls it, on a phone: while typing, by keyboard, and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import steps


def test_an_everyday_phrase_leads_to_the_item(house, hold_phone):
    page = hold_phone()
    page.goto("/")
    page.get_by_role("combobox").fill("孩子上户口要什么材料")
    page.get_by_role("button", name="搜索").click()
    steps.look(page)
    first = page.locator(".found > li").first
    expect(first).to_contain_text("新生儿入户")
    expect(first).to_contain_text("您说的“孩子上户口”就是“新生儿入户”")
    first.get_by_role("link").click()
    steps.look(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("新生儿入户")
    # What was typed stands in the page's own address only, never in what the server notes.
    assert "孩子上户口" not in house.log
    assert "%E5%AD%A9" not in house.log


def test_answers_come_while_one_types_and_the_keyboard_goes_there(house, hold_phone):
    page = hold_phone()
    page.goto("/")
    field = page.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("lihun", delay=30)
    expect(page.get_by_role("option").first).to_contain_text("离婚登记")
    expect(field).to_have_attribute("aria-expanded", "true")
    steps.look(page)
    # Nothing is chosen by itself; Escape leaves what was typed.
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("lihun")
    field.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_contain_text("离婚登记")
    field.press("Enter")
    page.wait_for_url("**/items/QG-069/")
    steps.look(page)


def test_enter_searches_for_what_was_typed(house, hold_phone):
    page = hold_phone()
    page.goto("/items/")
    field = page.get_by_role("combobox")
    field.press_sequentially("sfz", delay=30)
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Enter")
    page.wait_for_url("**/items/?q=sfz*")
    steps.says(page, "居民身份证换领")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_what_is_not_there_ends_in_a_wish(house, hold_phone, script):
    page = hold_phone(java_script_enabled=script)
    # A word that no other journey counts: they share an installation, and come in any order.
    page.goto("/items/?q=今天吃什么")
    page.get_by_role("link", name="告诉我们").click()
    if script:
        steps.look(page)
    page.get_by_role("combobox").select_option(label="赣州市")
    page.get_by_role("button", name="提交愿望").click()
    steps.says(page, "您的愿望已计入")


def test_it_goes_without_script(house, hold_phone):
    page = hold_phone(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("医保卡在外地能用吗")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator(".found > li").first).to_contain_text("异地就医结算备案")
    steps.fits(page)

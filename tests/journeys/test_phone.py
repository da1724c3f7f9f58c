"""The applicant's phone: who has the case, since when, until when, without an account and without a trace."""

from __future__ import annotations

import pytest

from tests.journeys import cases, steps

POLICE = "360702-police"


def address(case) -> str:
    return f"/follow/#c={case.reference}&k={case.code}"


def test_the_qr_opens_the_case_and_the_code_stays_nowhere(house, hold_phone):
    case = cases.received(house.employ().clerk)
    asked: list[str] = []
    page = hold_phone()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address(case))
    page.wait_for_url("**/follow/case/")
    steps.look(page)
    assert case.code not in page.url
    assert case.code not in page.evaluate("JSON.stringify([history.state, location.href, {...localStorage}])")
    page.go_back()
    assert case.code not in page.url
    # Neither the addresses that were asked for nor what the server noted name the code or the case.
    assert not [url for url in asked if case.code in url or case.reference in url]
    assert case.code not in house.log
    assert case.reference not in house.log


def test_it_says_who_has_it_since_when_until_when_and_what_comes_next(house, hold_phone):
    window, officer = house.employ(), house.employ(POLICE)
    case = cases.received(window.clerk)
    page = hold_phone()
    page.goto(address(case))
    page.wait_for_url("**/follow/case/")
    steps.says(page, "居民身份证换领", "青山湖区", "章贡区", case.reference)
    day = page.locator("dt", has_text="期限").locator("xpath=following-sibling::dd")
    assert "2026年" in day.inner_text()
    cases.actions.take_over(cases.part(case).id, by=officer.clerk, at=cases.timezone.now())
    page.reload()
    holder = page.locator("dt", has_text="材料在哪里").locator("xpath=following-sibling::dd")
    assert "公安" in holder.inner_text()
    page.get_by_text("这个日期怎么算出来的").first.click()
    steps.look(page)
    assert page.locator(".timeline li").count() >= 3


def test_documents_want_a_second_proof(house, hold_phone):
    case = cases.received(house.employ().clerk)
    page = hold_phone()
    page.goto(address(case))
    page.wait_for_url("**/follow/case/")
    assert page.locator("ul.documents a").count() == 0
    locked = page.request.get("/follow/case/documents/1.pdf")
    assert not locked.body().startswith(b"%PDF")
    page.get_by_role("textbox").fill("0018")
    steps.follow(page, "查看文书")
    steps.look(page)
    assert page.locator("ul.documents a").count() == 0
    page.get_by_role("textbox").fill("0017")
    steps.follow(page, "查看文书")
    steps.look(page)
    paper = page.locator("ul.documents a").first.get_attribute("href")
    assert page.request.get(paper).body().startswith(b"%PDF")


def test_a_wrong_code_is_refused_without_saying_what_was_wrong(house, hold_phone):
    case = cases.received(house.employ().clerk)
    page = hold_phone()
    page.goto("/follow/")
    steps.look(page)
    steps.fill(page, case=case.reference, code="0000-0000-00000")
    steps.follow(page, "查询")
    steps.look(page)
    steps.says(page, "办件编号或者查询码不正确")
    assert page.url.endswith("/follow/")


def test_after_the_end_it_is_rated_once(house, hold_phone):
    case = cases.received(house.employ().clerk)
    cases.closed(case, house.employ(POLICE).clerk)
    page = hold_phone()
    page.goto(address(case))
    page.wait_for_url("**/follow/case/")
    steps.look(page)
    steps.says(page, "E0000000001CN")
    page.locator('[name="level"]').nth(1).check()
    page.locator('[name="words"]').fill("很方便，没有跑第二趟")
    steps.follow(page, "提交评价")
    steps.look(page)
    steps.says(page, "很方便，没有跑第二趟")
    assert page.locator('[name="level"]').count() == 0


def test_large_type_makes_everything_larger_and_still_fits(house, hold_phone):
    case = cases.received(house.employ().clerk)
    page = hold_phone()
    page.goto(address(case))
    page.wait_for_url("**/follow/case/")
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = page.evaluate(size)
    steps.follow(page, "大字版")
    assert page.evaluate(size) >= 1.15 * before
    steps.look(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_pages_for_everybody(house, hold_phone, dark):
    page = hold_phone(color_scheme="dark" if dark else "light")
    for where in (
        "/",
        "/items/?q=sfz",
        "/items/JX-P-0001/",
        "/items/JX-P-0005/",
        "/halls/",
        "/follow/",
        "/no-such-page",
    ):
        page.goto(where)
        steps.look(page)


def test_everything_goes_without_script(house, hold_phone):
    case = cases.received(house.employ().clerk)
    page = hold_phone(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="查我的办件").first.click()
    steps.fill(page, case=case.reference.lower(), code=case.code)
    page.get_by_role("button", name="查询").click()
    steps.says(page, case.reference, "决定机关签收后就开始核对")
    page.get_by_role("textbox").fill("0017")
    page.get_by_role("button", name="查看文书").click()
    assert page.locator("ul.documents a").count() >= 1
    steps.fits(page)

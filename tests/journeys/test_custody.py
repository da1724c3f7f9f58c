"""Custody (签收): a file offered, declined, offered again, sent back, offered once more; always in one place."""

from __future__ import annotations

from tests.journeys import cases, steps

POLICE = "360702-police"


def test_a_file_is_declined_offered_again_returned_and_taken_over(house, sit_down):
    window, officer = house.employ(), house.employ(POLICE)
    case = cases.received(window.clerk)
    here, there = sit_down(), sit_down()
    steps.sign_in(here, window)
    steps.sign_in(there, officer)

    steps.open_case(there, case.reference)
    steps.follow(there, "更多")
    steps.follow(there, "拒收")
    steps.look(there)
    # Declining custody refuses nothing to the applicant, and the page says so.
    steps.says(there, "不是对申请人不予受理")
    steps.fill(there, reason="户口簿地址待核对")
    steps.go(there, "Control+Enter")
    steps.look(there)
    assert there.get_by_text(case.reference).count() <= 1

    steps.open_case(here, case.reference)
    steps.says(here, "户口簿地址待核对", "已拒收")
    hand_over(here)
    steps.says(here, "待签收")

    steps.open_case(there, case.reference)
    steps.take(there, "r", reason="请先核对申请人电话")
    here.reload()
    steps.says(here, "请先核对申请人电话", "已退回移交方")
    holder = here.locator("section[aria-labelledby=custody] dd").first
    assert "青山湖区" in holder.inner_text()

    hand_over(here)
    steps.open_case(there, case.reference)
    steps.go(there, "t")
    steps.look(there)
    holder = there.locator("section[aria-labelledby=custody] dd").first
    assert "公安" in holder.inner_text()
    there.locator("summary", has_text="全部移交记录").press("Enter")
    steps.look(there)
    assert there.locator("section[aria-labelledby=custody] .timeline li").count() == 3


def hand_over(page):
    steps.go(page, "o")
    steps.look(page)
    steps.find(page, "移交给", "章贡区公安局")
    steps.go(page, "Control+Enter")
    steps.look(page)


def test_the_second_of_two_is_told_what_happened(house, sit_down):
    one, other = house.employ(POLICE), house.employ(POLICE)
    case = cases.received(house.employ().clerk)
    first, second = sit_down(), sit_down()
    for page, who in ((first, one), (second, other)):
        steps.sign_in(page, who)
        steps.open_case(page, case.reference)
    steps.go(first, "t")
    steps.go(second, "t")
    steps.look(second)
    steps.says(second, "没有重复办理")
    steps.go(second, "Enter")
    steps.look(second)


def test_a_case_of_another_place_does_not_exist(house, sit_down):
    case = cases.received(house.employ().clerk)
    page = sit_down()
    steps.sign_in(page, house.employ("360703-police"))
    page.goto(f"/desk/parts/{cases.part(case).id}")
    steps.look(page)
    steps.says(page, "这个地址没有内容")

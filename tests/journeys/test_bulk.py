"""Many at once: rows are walked and chosen by keyboard, then taken over or accepted in one step."""

from __future__ import annotations

from tests.journeys import cases, steps

POLICE = "360703-police"
MANY = 4


def test_a_desk_is_emptied_by_keyboard(house, sit_down):
    window, officer = house.employ(), house.employ(POLICE)
    found = [cases.received(window.clerk, place="360703").reference for _ in range(MANY)]
    page = sit_down()
    steps.sign_in(page, officer)
    steps.follow(page, "待签收")
    steps.look(page)
    for _ in found:
        page.keyboard.press("j")
        page.keyboard.press("x")
    steps.says(page, f"已选 {MANY} 项")
    steps.go(page, "t")
    steps.look(page)
    steps.says(page, f"{MANY} 件")
    assert page.locator("[data-check]").count() == 0

    steps.go(page, "d")
    steps.look(page)
    for reference in found:
        steps.says(page, reference)
    page.locator("[data-check-all]").press("Space")
    steps.go(page, "a")
    steps.look(page)
    steps.says(page, f"{MANY}件中有{MANY}件材料按规则有欠缺", "未扫描")
    steps.go(page, "Control+Enter")
    steps.look(page)
    steps.says(page, f"{MANY} 件")


def test_if_one_can_not_all_stay_and_the_page_says_which(house, sit_down):
    window, officer = house.employ(), house.employ("360704-police")
    first, second = (cases.received(window.clerk, place="360704") for _ in range(2))
    page = sit_down()
    steps.sign_in(page, officer)
    steps.follow(page, "待签收")
    page.locator("[data-check-all]").press("Space")
    cases.actions.take_over(cases.part(first).id, by=officer.clerk, at=cases.timezone.now())
    steps.go(page, "t")
    steps.look(page)
    steps.says(page, "没有执行任何操作", first.reference)
    assert cases.part(second).offered_to_id == "360704-police"

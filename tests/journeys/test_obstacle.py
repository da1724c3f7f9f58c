"""What could not be done (办不成事): recorded at the window with cause and owner, answered by who owns it."""

from __future__ import annotations

from tests.journeys import cases, steps

POLICE = "360702-police"
WHY = "户籍系统停用，申请人已等待两天"


def test_it_is_recorded_answered_and_read(house, sit_down):
    window, officer = house.employ(), house.employ(POLICE)
    case = cases.received(window.clerk)
    page = sit_down()
    steps.sign_in(page, window)
    page.goto(f"/desk/window/obstacles/new?part={cases.part(case).id}")
    steps.look(page)
    # Nothing said: the form says what is wanted, and nothing is recorded.
    steps.go(page, "Control+Enter")
    steps.look(page)
    assert page.locator(".error-summary").count()
    page.locator('[name="cause"]').first.focus()
    page.keyboard.press("2")
    page.locator('[name="text"]').fill(WHY)
    steps.fill(page, owner=POLICE)
    steps.go(page, "Control+Enter")
    steps.look(page)
    steps.says(page, WHY, "章贡区公安局", case.reference)
    record = page.url

    desk = sit_down()
    steps.sign_in(desk, officer)
    desk.goto("/desk/window/obstacles")
    steps.look(desk)
    desk.get_by_role("row").filter(has_text=case.reference).get_by_role("link").first.press("Enter")
    desk.wait_for_url(record)
    steps.fill(desk, text="系统已恢复，今天下午三点前办理")
    steps.go(desk, "Control+Enter")
    steps.look(desk)

    page.reload()
    steps.look(page)
    steps.says(page, "系统已恢复，今天下午三点前办理")
    steps.open_case(page, case.reference)
    steps.says(page, "已答复")


def test_a_stranger_sees_no_record(house, sit_down):
    window = house.employ()
    case = cases.received(window.clerk)
    row = cases.actions.obstruct(
        "system-down", WHY, by=window.clerk, at=cases.timezone.now(), part=cases.part(case).id, owner=POLICE
    )
    page = sit_down()
    steps.sign_in(page, house.employ("360703-police"))
    page.goto(f"/desk/window/obstacles/{row.id}")
    steps.says(page, "这个地址没有内容")

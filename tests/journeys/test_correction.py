"""Correction (补正): the receiving window gives the one notice, the applicant brings the rest, the officer accepts."""

from __future__ import annotations

from tests.journeys import cases, steps

BODY = "360702-market-supervision"


def test_the_one_notice_is_given_where_the_person_is(house, sit_down, hold_phone):
    window, officer = house.employ(), house.employ(BODY)
    lacks = {"safety-rules": {"how": "missing", "reason": "申请人未携带"}}
    enclosed = {**cases.make.typed(cases.FOOD)["enclosed"], **lacks}
    case = cases.received(window.clerk, cases.FOOD, enclosed=enclosed)
    page = sit_down()
    steps.sign_in(page, window)
    steps.open_case(page, case.reference)
    steps.go(page, "b")
    steps.look(page)
    # What the rule finds lacking is chosen already; another defect is added, with its kind.
    assert page.locator('[name="on-safety-rules"]').is_checked()
    page.locator('[name="on-premises-paper"]').press("Space")
    page.locator('[name="kind-premises-paper"]').select_option("illegible")
    page.locator('[name="note-premises-paper"]').fill("第二页看不清")
    steps.follow(page, "先看文书")
    steps.look(page)
    steps.says(page, "第二页看不清", "申请人未携带")
    steps.go(page, "Control+Enter")
    steps.look(page)
    steps.says(page, "待补正")

    phone = hold_phone()
    phone.goto(f"/follow/#c={case.reference}&k={case.code}")
    phone.wait_for_url("**/follow/case/")
    steps.look(phone)
    steps.says(phone, "补正")

    steps.go(page, "b")
    steps.look(page)
    page.locator('[name="how-safety-rules"][value="handed-in"]').press("Space")
    page.locator('[name="how-premises-paper"][value="seen"]').press("Space")
    # Handed in without a page: nobody could look at it there.
    steps.go(page, "Control+Enter")
    steps.look(page)
    page.locator('[name="pages-safety-rules"]').set_input_files(
        {"name": "rules.jpg", "mimeType": "image/jpeg", "buffer": cases.scan()}
    )
    steps.go(page, "Control+Enter")
    steps.look(page)

    desk = sit_down()
    steps.sign_in(desk, officer)
    steps.open_case(desk, case.reference)
    steps.says(desk, "后补")
    steps.go(desk, "t")
    steps.go(desk, "a")
    steps.look(desk)
    steps.says(desk, "已受理，审查中")


def test_a_second_notice_wants_a_reason_and_is_marked(house, sit_down):
    window, officer = house.employ(), house.employ(BODY)
    case, at = cases.received(window.clerk, cases.FOOD), cases.timezone.now()
    part = cases.part(case).id
    cases.actions.take_over(part, by=officer.clerk, at=at)
    defect = cases.Defect("safety-rules", "incomplete", "缺少留样制度")
    cases.actions.ask(part, [defect], by=officer.clerk, at=at)
    cases.actions.complete(part, [cases.Enclosed("safety-rules", cases.How.SEEN)], by=officer.clerk, at=at)
    page = sit_down()
    steps.sign_in(page, officer)
    steps.open_case(page, case.reference)
    steps.go(page, "b")
    steps.look(page)
    steps.says(page, "已经告知过一次")
    page.locator('[name="on-premises-paper"]').press("Space")
    steps.go(page, "Control+Enter")
    steps.look(page)
    assert page.locator(".error-summary, .field__error:visible").count()
    page.locator('[name="again"]').fill("第一次审查时未发现")
    steps.go(page, "Control+Enter")
    steps.look(page)
    steps.says(page, "再次告知")

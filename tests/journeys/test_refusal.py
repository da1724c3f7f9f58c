"""Refusals: outside this body's power, naming the body that has it; and against the applicant, with remedies."""

from __future__ import annotations

from tests.journeys import cases, steps

BODY, OTHER = "360702-market-supervision", "360703-market-supervision"


def at_the_desk(house, sit_down, item=cases.FOOD):
    officer = house.employ(BODY)
    case = cases.received(house.employ().clerk, item)
    cases.actions.take_over(cases.part(case).id, by=officer.clerk, at=cases.timezone.now())
    page = sit_down()
    steps.sign_in(page, officer)
    steps.open_case(page, case.reference)
    return page, case, officer


def open_paper(page, name):
    page.locator("section[aria-labelledby=documents]").get_by_role("link", name=name, exact=True).press(
        "Enter"
    )
    page.wait_for_url("**/papers/*")
    steps.look(page)


def test_what_others_decide_is_not_accepted_and_the_decision_says_who_decides(house, sit_down):
    page, _, _ = at_the_desk(house, sit_down)
    steps.follow(page, "更多")
    steps.follow(page, "不予受理")
    steps.look(page)
    page.locator('[name="reason"]').fill("经营场所不在本区，不属于本机关职权范围")
    steps.find(page, "有权机关", "南康区", "市场监督")
    steps.go(page, "Control+Enter")
    steps.look(page)
    # The document is shown before it's issued: this can't be taken back.
    steps.says(page, "南康区", "经营场所不在本区")
    steps.go(page, "Control+Enter")
    steps.look(page)
    steps.says(page, "不予受理")
    open_paper(page, "不予受理决定书")
    steps.says(page, "南康区", "复议", "诉讼")


def test_a_decision_against_the_applicant_gives_reasons_and_remedies(house, sit_down):
    page, case, officer = at_the_desk(house, sit_down, cases.SHOP)
    cases.actions.accept(cases.part(case).id, by=officer.clerk, at=cases.timezone.now())
    page.reload()
    steps.follow(page, "更多")
    steps.follow(page, "作出不予决定")
    steps.look(page)
    steps.fill(page, reason="经营场所证明与登记地址不一致")
    steps.go(page, "Control+Enter")
    steps.look(page)
    steps.go(page, "Control+Enter")
    steps.look(page)
    open_paper(page, "不予决定书")
    steps.says(page, "经营场所证明与登记地址不一致", "60日", "复议", "诉讼")

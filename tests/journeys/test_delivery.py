"""Delivery (送达): by post, as wished, or collected at another window than the one that received the papers."""

from __future__ import annotations

from tests.journeys import cases, steps

POLICE = "360702-police"


def made(house, sit_down):
    """Return the officer's page of a case whose result is made, and the case."""
    officer = house.employ(POLICE)
    case, at = cases.received(house.employ().clerk), cases.timezone.now()
    part = cases.part(case).id
    for step in (cases.actions.take_over, cases.actions.accept, cases.actions.grant):
        step(part, by=officer.clerk, at=at)
    cases.actions.make(part, "示例证〔2026〕2号", by=officer.clerk, at=at)
    page = sit_down()
    steps.sign_in(page, officer)
    steps.open_case(page, case.reference)
    return page, case


def test_by_post_it_needs_a_waybill_that_the_applicant_sees(house, sit_down, hold_phone):
    page, case = made(house, sit_down)
    steps.go(page, "s")
    steps.look(page)
    # The applicant's wish is chosen already.
    assert page.locator('[name="way"][value=post]').is_checked()
    page.locator('[name="waybill"]').fill("")
    steps.go(page, "Control+Enter")
    steps.look(page)
    assert page.locator(".error-summary").count()
    steps.fill(page, carrier="EMS", waybill="E0000000002CN")
    steps.go(page, "Control+Enter")
    phone = hold_phone()
    phone.goto(f"/follow/#c={case.reference}&k={case.code}")
    phone.wait_for_url("**/follow/case/")
    steps.look(phone)
    steps.says(phone, "EMS", "E0000000002CN")


def test_it_is_collected_at_another_window(house, sit_down, hold_phone):
    page, case = made(house, sit_down)
    steps.go(page, "s")
    steps.fill(page, way="window")
    steps.find(page, "窗口所在地", "濂溪区")
    steps.follow(page, "显示该地窗口")
    steps.look(page)
    page.locator('[name="way"][value=window]').press("Space")
    options = page.locator('[name="window"] option')
    assert "濂溪区" in options.nth(1).inner_text()
    page.locator('[name="window"]').select_option(index=1)
    steps.go(page, "Control+Enter")
    steps.look(page)
    steps.says(page, "濂溪区")
    phone = hold_phone()
    phone.goto(f"/follow/#c={case.reference}&k={case.code}")
    phone.wait_for_url("**/follow/case/")
    steps.look(phone)
    steps.says(phone, "濂溪区")

"""An item of one visit (即办件): the applicant waits, and goes home with the result."""

from __future__ import annotations

from tests.journeys import cases, steps


def test_it_is_settled_while_the_applicant_waits(house, sit_down, hold_phone):
    case = cases.received(house.employ().clerk, cases.INSURANCE, place="360700")
    officer = house.employ(cases.part(case).offered_to_id)
    page = sit_down()
    steps.sign_in(page, officer)
    steps.follow(page, "待签收")
    steps.look(page)
    # Whoever waits stands first, and it's said in words.
    assert "申请人在等候" in page.locator("tbody tr").first.inner_text()
    page.keyboard.press("j")
    steps.go(page, "Enter")
    steps.go(page, "t")
    steps.go(page, "g")
    steps.look(page)
    steps.fill(page, result_number="参保证明2026-0001", way="electronic")
    page.locator('[name="file"]').set_input_files(
        {"name": "proof.jpg", "mimeType": "image/jpeg", "buffer": cases.scan()}
    )
    steps.go(page, "Control+Enter")
    steps.look(page)
    steps.says(page, "已办结", "参保证明2026-0001")

    phone = hold_phone()
    phone.goto(f"/follow/#c={case.reference}&k={case.code}")
    phone.wait_for_url("**/follow/case/")
    steps.look(phone)
    steps.says(phone, "已办结")
    phone.locator("[name=last]").fill(steps.NUMBER[-4:])
    steps.follow(phone, "查看文书")
    steps.look(phone)
    assert phone.get_by_role("link", name="办理结果").first.get_attribute("href") == "/follow/case/result/"

"""Supervision (督办): what is late is seen, urged, marked on the desk, answered, and read by who urged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.journeys import cases, steps
from tests.journeys.conftest import PHONE

POLICE = "360702-police"


def late(house):
    """Return a case that was received long ago and that nobody took over."""
    at = cases.timezone.now() - timedelta(days=20)
    window = house.employ()
    part = cases.make.received(window.clerk, at=at)
    for day in (12, 8, 0):
        cases.actions.sweep(cases.timezone.now() - timedelta(days=day))
    return part


def test_a_supervisor_urges_and_is_answered(house, sit_down):
    part = late(house)
    supervisor, officer = house.employ("360700-service-centre", "supervise"), house.employ(POLICE)
    here, there = sit_down(), sit_down()
    steps.sign_in(here, supervisor)
    steps.look(here)
    steps.says(here, "个工作日", part.case.reference)
    here.goto("/desk/watch/overdue")
    steps.look(here)
    here.get_by_role("link", name=part.case.reference, exact=True).first.press("Enter")
    here.wait_for_url(f"**/parts/{part.id}")
    steps.look(here)
    steps.says(here, "您以监督人员身份查看", "申***")

    steps.go(here, "u")
    steps.look(here)
    # Nothing said: the form says what is wanted, and nothing is recorded.
    steps.go(here, "Control+Enter")
    steps.look(here)
    assert here.locator(".error-summary").count()
    steps.fill(here, text="请今天签收并说明原因")
    steps.go(here, "Control+Enter")
    steps.look(here)
    steps.says(here, "请今天签收并说明原因", "章贡区公安局")

    steps.sign_in(there, officer)
    there.goto("/desk/cases/incoming")
    steps.look(there)
    steps.says(there, "督办：请于", "等待本单位答复")
    there.goto("/desk/urged")
    steps.look(there)
    there.get_by_role("link", name=part.case.reference, exact=True).first.press("Enter")
    there.wait_for_url(f"**/parts/{part.id}")
    steps.look(there)
    steps.fill(there, text="今天上午已签收，材料齐全")
    steps.follow(there, "答复")
    steps.look(there)

    here.reload()
    steps.look(here)
    steps.says(here, "今天上午已签收，材料齐全", "已答复")


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_the_watch_fits_a_phone_in_both_languages(house, sit_down, language):
    late(house)
    page = sit_down(viewport=PHONE, locale=language)
    steps.sign_in(page, house.employ("360000-service-centre", "supervise"))
    steps.look(page)
    steps.says(page, "督办台" if language == "zh-CN" else "Watch")
    for group in ("overdue", "offers", "urged", "obstacles", "deemed"):
        page.goto(f"/desk/watch/{group}")
        steps.look(page)
    page.goto("/desk/watch/overdue")
    page.locator("tbody th a").first.press("Enter")
    page.wait_for_url("**/parts/**")
    steps.look(page)


def test_both_sides_print_the_slip_of_a_handover(house, sit_down):
    window, officer = house.employ(), house.employ(POLICE)
    part = cases.make.received(window.clerk, at=cases.timezone.now())
    page = sit_down()
    steps.sign_in(page, officer)
    steps.open_case(page, part.case.reference)
    steps.go(page, "t")
    page.locator("summary", has_text="全部移交记录").press("Enter")
    steps.follow(page, "移交签收单")
    steps.look(page)
    steps.says(page, "移交签收单", "青山湖区政务服务中心", "章贡区公安局")

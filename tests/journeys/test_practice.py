"""Practice: a whole filing under the real rules, marked everywhere, that nobody else ever sees."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys import filing, steps
from tests.journeys.keyboard import Keyboard


def test_a_practised_case_is_marked_and_stays_in_the_room(house, sit_down):
    clerk, officer = house.employ(), house.employ("360702-police")
    page = sit_down()
    steps.sign_in(page, clerk)
    page.goto("/desk/practice")
    steps.look(page)
    steps.follow(page, "开始练习")
    steps.look(page)
    page.goto("/desk/window/")
    keys = Keyboard(page)
    filing.begin(keys)
    filing.who_and_where(keys)
    filing.applicant(keys)
    filing.saw_all(keys)
    marked(page)
    keys.press("Control+Enter")
    page.wait_for_url("**/receipts/*")
    steps.look(page)
    marked(page)
    # Printed, the mark stays while everything around the receipt goes.
    page.emulate_media(media="print")
    marked(page)
    assert not page.locator(".nav").first.is_visible()
    page.emulate_media(media="screen")
    reference = page.locator("a.code").first.inner_text()
    # Both sides are played: the same person decides it.
    steps.follow(page, reference)
    steps.go(page, "t")
    steps.go(page, "a")
    steps.look(page)
    marked(page)
    steps.says(page, "已受理，审查中")

    desk = sit_down()
    steps.sign_in(desk, officer)
    for tab in ("incoming", "in-hand", "review"):
        desk.goto(f"/desk/cases/{tab}")
        assert reference not in desk.content()
    steps.open_case(desk, reference)
    steps.says(desk, "没有查到您可以查看的办件")

    page.goto("/desk/practice")
    steps.follow(page, "结束练习")
    assert page.locator(".banner--practice").count() == 0
    page.goto("/desk/cases/sent")
    assert reference not in page.content()


def marked(page) -> None:
    """See the banner that says that this is practice."""
    expect(page.locator(".banner--practice")).to_be_visible()
    expect(page.locator(".banner--practice")).to_contain_text("练习")

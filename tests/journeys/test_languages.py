"""English all along: no word of ours stays Chinese; and everything can be read in the dark."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import trans_real

from tests.journeys import cases, steps

BODY = "360702-market-supervision"
HAN = re.compile(r"[\u3400-\u9fff]")
TEXTS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const place = walker.currentNode.parentElement;
    if (!place.closest("script, [lang|=zh], .sheet")) found.push(walker.currentNode.textContent.trim());
  }
  return found;
}"""


def ours() -> set[str]:
    """Return every Chinese text of our own catalogues that stands by itself on a page."""
    said = trans_real.translation("zh-hans")._catalog.items()  # type: ignore[attr-defined]  # gettext's own
    return {text for _, text in said if isinstance(text, str) and HAN.search(text) and "%" not in text} - {
        steps.NAME
    }


def read_in_english(page, words: set[str]) -> None:
    steps.look(page)
    assert page.locator("html").get_attribute("lang") == "en"
    left = {text for text in page.evaluate(TEXTS) if text in words}
    assert not left, f"{page.url} says {left}"


def test_the_window_and_the_desk_in_english(house, sit_down):
    words = ours()
    window, officer = house.employ(), house.employ(BODY)
    case = cases.received(window.clerk, cases.FOOD)
    part = cases.part(case).id
    page = sit_down(locale="en-US")
    page.goto("/desk/sign-in")
    read_in_english(page, words)
    steps.sign_in(page, window)
    read_in_english(page, words)
    page.locator('form:has([value="JX-P-0005"]) button.item__begin').press("Enter")
    page.wait_for_url("**/drafts/*")
    read_in_english(page, words)
    for where in ("drafts", "obstacles", "obstacles/new", f"receipts/{case.case}"):
        page.goto(f"/desk/window/{where}")
        read_in_english(page, words)
    page.goto("/desk/practice")
    read_in_english(page, words)

    desk = sit_down(locale="en-US")
    steps.sign_in(desk, officer)
    desk.goto("/desk/cases/incoming")
    read_in_english(desk, words)
    steps.open_case(desk, case.reference)
    steps.go(desk, "t")
    read_in_english(desk, words)
    for verb in ("ask", "refuse", "dismiss", "withdraw", "offer", "correct"):
        desk.goto(f"/desk/parts/{part}/{verb}")
        read_in_english(desk, words)


def test_the_applicant_in_english(house, hold_phone):
    words = ours()
    case = cases.received(house.employ().clerk)
    page = hold_phone(locale="en-US")
    for where in ("/", "/items/", "/items/JX-P-0005/", "/halls/", "/follow/"):
        page.goto(where)
        read_in_english(page, words)
    page.goto(f"/follow/#c={case.reference}&k={case.code}")
    page.wait_for_url("**/follow/case/")
    read_in_english(page, words)


def test_the_language_is_changed_on_the_page(house, sit_down):
    page = sit_down()
    page.goto("/")
    steps.follow(page, "English")
    assert page.locator("html").get_attribute("lang") == "en"
    steps.follow(page, "中文")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


@pytest.mark.parametrize("width", [390, 1920])
def test_the_workbench_in_the_dark(house, sit_down, width):
    window = house.employ()
    case = cases.received(window.clerk)
    page = sit_down(color_scheme="dark", viewport={"width": width, "height": 844})
    steps.sign_in(page, window)
    for where in (
        "window/",
        "cases/sent",
        f"parts/{cases.part(case).id}",
        f"window/receipts/{case.case}",
        "window/obstacles",
    ):
        page.goto(f"/desk/{where}")
        steps.look(page)

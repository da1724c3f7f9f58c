"""Filing the renewal of an identity card at a window, by keyboard, as far as several journeys go the same way."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.keyboard import Keyboard


def begin(keys: Keyboard) -> None:
    """Find the item by the initials of its pinyin; Enter takes the first."""
    keys.search("sfzhl")
    expect(keys.page.get_by_role("option").first).to_contain_text("居民身份证换领")
    keys.press("Enter")
    keys.page.wait_for_url("**/drafts/*")


def who_and_where(keys: Keyboard) -> None:
    """Answer both questions with a digit, and find the deciding place by initials."""
    keys.press("1", "Enter", "1", "Enter")
    keys.search("zgq")
    expect(keys.page.get_by_role("option").first).to_contain_text("章贡区")
    keys.press("Enter")
    expect(keys.page.locator("#deciding")).to_contain_text("章贡区公安局")
    keys.press("Enter")


def applicant(keys: Keyboard) -> None:
    """Type the applicant's own data; Enter goes on, also past the kind of number, which is right already."""
    keys.say(steps.NAME)
    keys.press("Enter", "Enter")
    keys.say(steps.NUMBER)
    keys.press("Enter")
    keys.say(steps.PHONE)
    keys.press("Enter")
    keys.say(steps.ADDRESS)
    keys.press("Enter")


def saw_all(keys: Keyboard) -> None:
    """Mark every original as seen with one key."""
    keys.press("Alt+o")
    expect(keys.page.locator("#summary .lacking")).to_have_count(0)

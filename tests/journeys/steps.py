"""What people do on the pages, and how a page has to look wherever they come by."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response, expect

if TYPE_CHECKING:
    from tests.journeys.installation import Staff

PASSWORD = "a-long-enough-word"
NUMBER = "360121180001010017"
KEPT = 60
"""Seconds for which a public page may be kept where nothing else is set."""
NAME, PHONE, ADDRESS = "申请人甲", "00000000000", "虚构路1号"

_complaints: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()
_axe = Axe()


def listen(page: Page) -> None:
    """Write down whatever goes wrong in the page: errors of scripts, of the policy, of what it loads."""
    heard = _complaints.setdefault(page, [])
    page.on("console", lambda message: heard.extend(_said(message)))
    page.on("pageerror", lambda error: heard.append(f"script: {error}"))
    page.on("response", lambda answer: heard.extend(_failed(answer)))


def _said(message: ConsoleMessage) -> list[str]:
    # Of what didn't load, the response tells more.
    if message.type != "error" or message.text.startswith("Failed to load resource"):
        return []
    return [f"console: {message.text}"]


def _failed(answer: Response) -> list[str]:
    refused = answer.status >= 400 and answer.request.resource_type != "document"
    return [f"{answer.status} {answer.url}"] if refused or answer.status >= 500 else []


def look(page: Page) -> None:
    """See that the page can be used by everybody, fits its window, and nothing in it went wrong."""
    page.wait_for_load_state()
    found = _axe.run(page).response["violations"]
    assert not found, f"{page.url}: {_told(found)}"
    fits(page)


def fits(page: Page) -> None:
    """See that the page fits its window and nothing in it went wrong; what can be seen where scripts don't run."""
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], f"{page.url} is {width[0]} wide in a window of {width[1]}"
    assert not _complaints[page], f"{page.url}: {_complaints[page]}"


def _told(violations: list[dict[str, object]]) -> str:
    lines = []
    for each in violations:
        nodes = each["nodes"]
        assert isinstance(nodes, list)
        where = "; ".join(f"{node['html'][:200]} ({node['failureSummary']})" for node in nodes[:3])
        lines.append(f"{each['id']}: {each['help']}: {where}")
    return "\n".join(lines)


def sign_in(page: Page, who: Staff) -> None:
    """Sign in with name and password, by keyboard."""
    page.goto("/desk/sign-in")
    page.locator("[name=username]").focus()
    page.keyboard.type(who.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def go(page: Page, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def follow(page: Page, words: str) -> None:
    """Follow the first link, or press the first button, that begins with this."""
    begins = re.compile(rf"^\s*{re.escape(words)}")
    named = page.get_by_role("link", name=begins).or_(page.get_by_role("button", name=begins))
    with page.expect_navigation():
        named.first.press("Enter")


def take(page: Page, key: str, **fields: str) -> None:
    """Take a step from the case's page by its key, and say what its form asks."""
    go(page, key)
    look(page)
    fill(page, **fields)
    go(page, "Control+Enter")
    look(page)


def fill(page: Page, **fields: str) -> None:
    """Fill in a form's fields by their names: words are typed, choices chosen."""
    for name, said in fields.items():
        field = page.locator(f'[name="{name}"]')
        if field.first.get_attribute("type") in {"radio", "checkbox"}:
            page.locator(f'[name="{name}"][value="{said}"]').press("Space")
        else:
            field.fill(said)


def open_case(page: Page, reference: str) -> None:
    """Look a case up by its number, with the key for searching, which works while one types, too."""
    page.keyboard.press("Alt+/")
    page.keyboard.type(reference)
    go(page, "Enter")
    look(page)


def says(page: Page, *words: str) -> None:
    """See that the page says all of this."""
    for each in words:
        expect(page.locator("main")).to_contain_text(each)


def see(page: Page, path: str, *words: str) -> None:
    """Open a public page and reload it until it says all of this: it may be kept for a while after a change."""
    main = page.locator("main")
    page.goto(path)
    deadline = time.monotonic() + KEPT
    while not all(each in main.inner_text() for each in words) and time.monotonic() < deadline:
        page.wait_for_timeout(300)
        page.reload()
    says(page, *words)
    look(page)


def find(page: Page, label: str, words: str, hint: str = "") -> None:
    """Find something by words in a field that finds while one types, and take the first that fits."""
    box = page.get_by_role("combobox", name=label)
    box.fill(words)
    fits = page.locator(".picker__list:visible [role=option]").filter(has_text=hint)
    expect(fits.first).to_be_visible()
    while fits.first.get_attribute("aria-selected") != "true":
        box.press("ArrowDown")
    box.press("Enter")

"""A keyboard that counts: what one has to press beyond what only the applicant can say."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(slots=True)
class Keyboard:
    """The keys of one page; `pressed` counts all but the applicant's own data."""

    page: Page
    pressed: int = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as fast as a practised hand."""
        for key in keys:
            self.pressed += 1
            self.page.keyboard.press(key, delay=20)

    def search(self, letters: str) -> None:
        """Type letters that find something; each counts."""
        self.pressed += len(letters)
        self.page.keyboard.type(letters, delay=20)

    def say(self, words: str) -> None:
        """Type what only the applicant knows: a name, a number, a phone, an address."""
        self.page.keyboard.type(words)

    def tab_to(self, selector: str, limit: int = 40) -> None:
        """Press Tab until the focus is there."""
        there = f"document.activeElement.matches({selector!r})"
        for _ in range(limit):
            if self.page.evaluate(there):
                return
            self.press("Tab")
        raise AssertionError(f"{limit} times Tab do not lead to {selector}")

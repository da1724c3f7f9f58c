"""What a browser sends back of a form on a page that nobody touched."""

from __future__ import annotations

from html.parser import HTMLParser

Attributes = list[tuple[str, "str | None"]]


class _Reader(HTMLParser):
    """Reads the controls of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
        if tag == "input" and name and ticked:
            self.keep(name, value)
        elif tag == "textarea":
            self.area = name
            self.keep(name, "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.keep(self.select, value)

    def keep(self, name: str, value: str) -> None:
        self.found.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self.area:
            # As in a browser, the line break right after the tag isn't part of the text.
            self.found[self.area][-1] += data if self.found[self.area][-1] else data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""


def posted(page: str) -> dict[str, list[str]]:
    """Return what a browser would send of the form that carries the version seen."""
    reader = _Reader()
    reader.feed(page[page.index('name="seen"') - 60 :])
    return reader.found

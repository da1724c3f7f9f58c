"""Every public page there is: on a phone, in both languages, with and without scripts; each of its links leads on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import resolve
from django.utils import timezone

from tests.journeys import steps
from tongban.cases.tests import make
from tongban.lib.actors import System
from tongban.lists import actions
from tongban.portal import urls

# A case's own pages are opened by its code (test_phone), a mail's by its link (test_tell), and answers to a form by the
# form; the rest is walked here.
BY_FORM = {"suggest", "asked", "told", "wish", "case", "prove", "paper", "result", "rate", "leave"}
FIRST = (
    "/",
    "/items/?q=入户",
    "/where/?item=JX-P-0012&here=360111&power=360702",
    "/data/",
    "/embed/",
    "/robots.txt",
)
EACH = 2
"""How many pages of one address's kind are looked at."""
LINKS = """() => [...document.querySelectorAll('a[href], link[href]')].map(each => each.href)
  .concat([...document.forms].filter(form => form.method === 'get')
    .map(form => form.action + '?' + new URLSearchParams(new FormData(form))))"""
FORMS = """() => [...document.forms].filter(form =>
  !form.querySelector('button:not([type=button]), input[type=submit], input[type=image]')
  && form.method !== 'dialog' && form.querySelector('input:not([type=hidden]), select, textarea')
).map(form => form.outerHTML.slice(0, 200))"""


@dataclass
class Walk:
    """What is still to be seen, and how much was seen of each kind of address."""

    waiting: list[str] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    seen: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, base: str, links: list[str]) -> None:
        """Put links of this house that were not met yet on the list."""
        for link in links:
            url = urldefrag(urljoin(base, link)).url
            here, there = urlsplit(base), urlsplit(url)
            ours = there.netloc == here.netloc and not there.path.startswith("/static/")
            if ours and url not in self.met:
                self.met.add(url)
                self.waiting.append(url)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Give addresses of the public side with the name of their kind, not too many of any."""
        while self.waiting:
            url = self.waiting.pop(0)
            found = resolve(urlsplit(url).path)
            if found.app_name == "portal" and self.seen[found.url_name or ""] < EACH:
                self.seen[found.url_name or ""] += 1
                yield url, found.url_name or ""


@pytest.fixture
def published(house):
    """The lists, and nothing of any person."""
    actions.load(make.DATA / "lists", by=System("test"), at=timezone.now())
    return house


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_every_public_page_on_a_phone(published, hold_phone, locale):
    page, bare = hold_phone(locale=locale), hold_phone(locale=locale, java_script_enabled=False)
    walk = Walk()
    walk.add(published.url, list(FIRST))
    for url, name in walk:
        answer = page.request.get(url)
        assert answer.status == 200, f"{url} ({name}): {answer.status}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        page.goto(url)
        steps.look(page)
        assert page.locator("html").get_attribute("lang") == ("en" if locale == "en-US" else "zh-Hans"), url
        assert page.locator("h1").count() == 1, url
        bare.goto(url)
        steps.fits(bare)
        # A form that only a script can send is a dead end.
        assert not bare.evaluate(FORMS), url
        walk.add(url, bare.evaluate(LINKS))

    missed = {each.name for each in urls.urlpatterns if each.name} - BY_FORM - set(walk.seen)
    assert not missed, f"no public page leads to {missed}"

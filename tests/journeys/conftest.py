"""A served installation for all journeys, and browsers in the hands of people."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.journeys import steps
from tests.journeys.installation import Installation, served

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
HERE = Path(__file__).parent


_opened = pytest.StashKey[list[BrowserContext]]()
PATIENCE = 30_000
"""Milliseconds after which nothing comes any more, on a machine that does other things, too."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell what the people of a journey that failed saw last."""
    report = yield
    if report.failed and report.when == "call":
        for page in (page for context in item.stash.get(_opened, []) for page in context.pages):
            report.sections.append((f"Last seen at {page.url}", page.locator("body").inner_text()))
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)
            # One server and one browser serve all of them.
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="session")
def installation(django_db_blocker: DjangoDbBlocker) -> Iterator[Installation]:
    """Return a served Tongban with places and items, without people or cases."""
    name = f"journeys_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with django_db_blocker.unblock(), served(Path(settings.DATA_DIR) / "journeys", name) as here:
        yield here


@pytest.fixture
def house(installation: Installation, django_db_blocker: DjangoDbBlocker) -> Iterator[Installation]:
    """Return the installation, with this process working on its database."""
    with django_db_blocker.unblock(), installation.inside():
        yield installation


@pytest.fixture
def sit_down(
    chromium: Browser, installation: Installation, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Return a function that gives somebody a browser of their own, at a desk by default, with Chinese pages."""
    opened = request.node.stash[_opened] = []
    expect.set_options(timeout=PATIENCE)

    def sit(**choices: object) -> Page:
        given: dict[str, Any] = {
            "viewport": DESKTOP,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            **choices,
        }
        context = chromium.new_context(base_url=installation.url, permissions=["camera"], **given)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        steps.listen(page)
        return page

    yield sit
    for context in opened:
        context.close()


@pytest.fixture
def hold_phone(sit_down: Callable[..., Page]) -> Callable[..., Page]:
    """Return a function that gives somebody a phone."""

    def hold(**choices: object) -> Page:
        return sit_down(viewport=PHONE, device_scale_factor=2, has_touch=True, is_mobile=True, **choices)

    return hold

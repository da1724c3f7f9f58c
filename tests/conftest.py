"""The browser of the journeys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, sync_playwright

from tongban.console import browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return a running Chromium that speaks to nobody else and whose camera shows a test picture."""
    found = browser.find()
    camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    # Playwright runs a loop in this thread, in which Django would refuse to query though nothing is concurrent.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with ExitStack() as stack:
        with browser.libraries():
            playwright = stack.enter_context(sync_playwright())
        launched = playwright.chromium.launch(
            executable_path=found.executable, args=[*found.args, *camera], env={**os.environ, **found.env}
        )
        yield launched
        launched.close()

"""The pictures of docs/screenshots, taken anew from the demonstration: `python -m tests.journeys.screenshots`."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys import steps
from tests.journeys.ports import PATIENCE, answers, free_port
from tongban.console import browser
from tongban.console.environment import ROOT

FOLDER = ROOT / "docs" / "screenshots"
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
TALL: dict[str, Any] = {"viewport": {"width": 1280, "height": 1650}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
HEAVIEST = 250_000


def main() -> None:
    """Serve a demonstration of its own, walk through it, and keep what it looks like."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = browser.find()
    with demonstration() as url, browser.libraries(), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found.executable, args=list(found.args), env={**os.environ, **found.env}
        )
        case, code = at_the_window(open_page(chromium, url, **TALL))
        on_the_phone(open_page(chromium, url, **PHONE), case, code)
        at_the_desk(open_page(chromium, url, **DESK))
        at_the_desk(open_page(chromium, url, color_scheme="dark", **DESK), "-dark")
        for_everybody(open_page(chromium, url, **DESK))
        chromium.close()


@contextmanager
def demonstration() -> Iterator[str]:
    """Have a demonstration served from an empty folder until the end."""
    with tempfile.TemporaryDirectory(prefix="tongban-", ignore_cleanup_errors=True) as folder:
        port, log = free_port(), Path(folder) / "server.log"
        url = f"http://127.0.0.1:{port}"
        environment = {**os.environ, "DATA_DIR": folder}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "tongban", "serve", "--demo", "--port", str(port), "--workers", "1"]
        with log.open("wb") as said:
            process = subprocess.Popen(command, stdout=said, stderr=said, env=environment)
        try:
            deadline = time.monotonic() + 2 * PATIENCE
            while not answers(url):
                gone = process.poll() is not None or time.monotonic() > deadline
                assert not gone, log.read_text(encoding="utf-8")
                time.sleep(0.5)
            yield url
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def open_page(chromium: Browser, url: str, **choices: Any) -> Page:
    """Return a page of a new visitor who reads Chinese."""
    context = chromium.new_context(base_url=url, locale="zh-CN", timezone_id="Asia/Shanghai", **choices)
    return context.new_page()


def sign_in_as(page: Page, username: str) -> None:
    """Take one of the demonstration's roles."""
    page.goto("/desk/sign-in")
    with page.expect_navigation():
        page.locator(f'button[name=username][value="{username}"]').click()


def at_the_window(page: Page) -> tuple[str, str]:
    """Receive a case, and return its number and its code."""
    sign_in_as(page, "window-qsh")
    page.locator('form:has([value="JX-P-0001"]) button.item__begin').click()
    for name in ("reason", "age"):
        page.locator(f'[name="answers.{name}"]').first.check()
    steps.find(page, "户口", "zgq", "章贡区")
    for name, said in {"name": steps.NAME, "number": steps.NUMBER, "phone": steps.PHONE}.items():
        page.locator(f'[name="applicant.{name}"]').fill(said)
    page.locator('[name="applicant.address"]').fill("江西省赣州市章贡区虚构路1号")
    page.locator('[name="enclosed.application-form"]').first.check()
    page.locator('[name="enclosed.household-book"]').first.check()
    page.locator("#deciding .checks").wait_for()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.wait_for_timeout(1500)  # until it says that everything is saved
    keep(page, "window")
    page.keyboard.press("Alt+o")
    page.locator("#summary .lacking").wait_for(state="detached")
    page.set_viewport_size(DESK["viewport"])
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/receipts/*")
    keep(page, "receipt")
    return page.locator("a.code").first.inner_text(), page.locator(".query-code").first.inner_text()


def on_the_phone(page: Page, case: str, code: str) -> None:
    """Follow the case as its applicant does."""
    page.goto(f"/follow/#c={case}&k={code}")
    page.wait_for_url("**/follow/case/")
    keep(page, "phone")


def at_the_desk(page: Page, suffix: str = "") -> None:
    """Look at what lies before an officer, and at one case."""
    sign_in_as(page, "market-zg")
    page.goto("/desk/cases/in-hand")
    keep(page, f"desk{suffix}")
    if not suffix:
        page.locator("tbody tr a").first.click()
        page.wait_for_url("**/parts/*")
        keep(page, "case")


def for_everybody(page: Page) -> None:
    """Look at what anybody can read."""
    for name, where in {"home": "/", "item": "/items/JX-P-0005/"}.items():
        page.goto(where)
        keep(page, name)


def keep(page: Page, name: str) -> None:
    """Keep what is in the window."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    path = FOLDER / f"{name}.png"
    picture.save(path, optimize=True)
    assert path.stat().st_size <= HEAVIEST, f"{path.name}: {path.stat().st_size} bytes"
    sys.stdout.write(f"{path.name}: {path.stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    main()

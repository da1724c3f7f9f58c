"""Checking a document: by the code on it, and by typing, with and without script, at a desk and on a phone."""

from __future__ import annotations

import pytest

from tests.journeys import cases, steps
from tests.journeys.conftest import DESKTOP, PHONE
from tongban.papers import queries as papers
from tongban.papers import rules


@pytest.fixture
def paper(house):
    window, officer = house.employ(), house.employ("360702-police")
    part = cases.make.received(window.clerk, at=cases.timezone.now())
    cases.actions.take_over(part.id, by=officer.clerk, at=cases.timezone.now())
    cases.actions.accept(part.id, by=officer.clerk, at=cases.timezone.now())
    return papers.papers_of(part.case_id)[-1]


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_whoever_scans_the_code_learns_that_it_is_genuine(paper, sit_down, window, language):
    page = sit_down(viewport=window, locale=language)
    code = rules.check_code(paper.content_sha256).replace("-", "")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_navigation(url="**/check/"):
        page.goto(f"/check/#c={rules.short_name(paper.id)}&k={code}")
    page.wait_for_selector("dl")
    steps.look(page)
    steps.says(page, paper.number, "确由本系统签发" if language == "zh-CN" else "Issued here")
    assert "申请人甲" not in page.content()
    assert not [url for url in asked if code in url.partition("#")[0] or "number=" in url]
    assert page.url.endswith("/check/")


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_it_is_typed_where_no_script_runs(paper, sit_down, window):
    page = sit_down(viewport=window, java_script_enabled=False)
    page.goto("/check/")
    steps.fits(page)
    steps.fill(page, number=paper.number, code="0000-0000-00000")
    steps.follow(page, "核验")
    steps.fits(page)
    steps.says(page, "请暂勿采信")
    steps.fill(page, code=rules.check_code(paper.content_sha256).lower())
    steps.follow(page, "核验")
    steps.fits(page)
    steps.says(page, "确由本系统签发", paper.number)


def test_the_form_is_found_and_what_is_wrong_is_said(installation, sit_down):
    page = sit_down()
    page.goto("/")
    steps.follow(page, "核验文书")
    steps.look(page)
    steps.follow(page, "核验")
    steps.look(page)
    assert page.locator(".error-summary").count()

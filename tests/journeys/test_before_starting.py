"""Before anybody starts: what my case needs, on a phone; the guide with its chart; what a hall shows and hangs up."""

from __future__ import annotations

import pytest

from tests.journeys import steps

MOVE = "/items/JX-P-0021/"
PAGES = [
    MOVE,
    f"{MOVE}mine/?s-home=family&s-children=no",
    f"{MOVE}guides/several/",
    f"{MOVE}revisions/",
    "/halls/360702-hall/",
    "/halls/360702-hall/board/",
    "/data/",
    "/data/province/",
    "/embed/items/JX-P-0005/",
]


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_published_can_be_used_by_everybody(installation, sit_down, language, width):
    page = sit_down(viewport={"width": width, "height": 844}, locale=language)
    for address in PAGES:
        page.goto(address)
        steps.look(page)
    assert page.context.cookies() == []


@pytest.mark.parametrize("script", [True, False])
def test_a_phone_answers_two_questions_and_gets_its_own_list(installation, hold_phone, script):
    page = hold_phone(java_script_enabled=script)
    page.goto(MOVE)
    page.get_by_label("配偶父母等亲属的户内").check()
    page.get_by_label("没有").check()
    page.get_by_role("button", name="显示我的清单").click()
    page.wait_for_url("**/mine/?*")
    steps.says(page, "户主同意入户声明")
    assert "随迁子女出生医学证明" not in page.locator("main").inner_text()
    assert "夫妻投靠户口迁移" in page.locator("#message").input_value()


def test_the_board_goes_on_by_itself_and_outlives_a_server_that_is_away(installation, sit_down):
    page = sit_down()
    page.clock.install()
    page.goto("/halls/360702-hall/board/")
    steps.says(page, "1 / 4")
    page.clock.run_for(21_000)
    page.get_by_text("2 / 4").wait_for()
    page.context.set_offline(True)
    page.clock.run_for(25_000)
    steps.says(page, "2 / 4")
    page.context.set_offline(False)
    page.clock.run_for(11_000)
    page.get_by_text("3 / 4").wait_for()

"""The window (收件地): an item received for another place, wholly by keyboard, from the search to the receipt."""

from __future__ import annotations

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys import cases, filing, steps
from tests.journeys.keyboard import Keyboard


def test_three_materials_take_at_most_sixty_keys(house, sit_down, tmp_path):
    page = sit_down()
    steps.sign_in(page, house.employ())
    steps.look(page)
    keys = Keyboard(page)
    filing.begin(keys)
    steps.look(page)
    filing.who_and_where(keys)
    filing.applicant(keys)
    filing.saw_all(keys)
    keys.press("Control+Enter")
    page.wait_for_url("**/receipts/*")
    assert keys.pressed <= 60, keys.pressed
    steps.look(page)
    receipt(page, tmp_path)


def test_papers_are_photographed_and_uploaded_and_nothing_is_lost(house, sit_down):
    page = sit_down()
    who = house.employ()
    steps.sign_in(page, who)
    keys = Keyboard(page)
    filing.begin(keys)
    where = page.url
    filing.who_and_where(keys)
    filing.applicant(keys)
    choose_way(keys, "household-book", "1")
    photograph(keys, "application-form")
    upload(keys, "old-card")
    steps.look(page)
    expect(page.locator("#summary .lacking")).to_have_count(0)
    # The browser is closed as by a crash, in the middle of it; another one goes on where it ended.
    cookies = page.context.cookies()
    page.close(run_before_unload=False)
    again = page.context.new_page()
    steps.listen(again)
    again.context.add_cookies(cookies)
    again.goto(where)
    steps.look(again)
    all_is_there(again)
    again.reload()
    all_is_there(again)
    again.locator("[data-material=application-form] a[href*='/pages/application-form']").last.press("Enter")
    again.wait_for_url("**/pages/application-form")
    steps.look(again)
    assert again.locator("ol.sheets li").count() == 2
    again.go_back()
    again.keyboard.press("Control+Enter")
    again.wait_for_url("**/receipts/*")
    steps.look(again)
    steps.says(again, "居民户口簿", "原居民身份证")


def test_everything_goes_by_plain_forms(house, sit_down):
    page = sit_down(java_script_enabled=False)
    steps.sign_in(page, house.employ())
    page.locator('[name="q"]').last.fill("sfzhl")
    page.locator("form.begin button").click()
    page.locator('form:has([value="JX-P-0001"]) button.item__begin').click()
    page.locator('[name="answers.reason"]').first.check()
    page.locator('[name="answers.age"]').first.check()
    for name, said in {"name": steps.NAME, "number": steps.NUMBER, "phone": steps.PHONE}.items():
        page.locator(f'[name="applicant.{name}"]').fill(said)
    page.locator('[name="applicant.address"]').fill(steps.ADDRESS)
    page.locator('[name="place_words"]').fill("章贡")
    save(page)
    page.locator(".candidates button").first.click()
    expect(page.locator("#deciding")).to_contain_text("章贡区公安局")
    page.locator('[name="enclosed.old-card"][value="handed-in"]').check()
    page.locator("[data-material=old-card] summary").last.click()
    page.locator('[name="pages.old-card"]').set_input_files(
        {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": cases.scan()}
    )
    page.locator("button[name=all]").click()
    expect(page.locator("#summary .lacking")).to_have_count(0)
    expect(page.locator("[data-material=old-card] [data-camera-pages] > li")).to_have_count(1)
    steps.fits(page)
    page.locator("#receive").click()
    page.wait_for_url("**/receipts/*")
    steps.says(page, "收件凭证", "不是受理")
    steps.fits(page)


def save(page: Page) -> None:
    """Press the button that saves."""
    page.locator("aside button").last.click()


def choose_way(keys: Keyboard, material: str, digit: str) -> None:
    """Go to a material and say what was done."""
    keys.tab_to(f"[data-material={material}] input[type=radio]", 60)
    keys.press(digit)


def photograph(keys: Keyboard, material: str) -> None:
    """Take two pages with the document camera, turn the second, take the first again."""
    page = keys.page
    part = page.locator(f"[data-material={material}]")
    page.locator(f"[data-material={material}] input[type=radio]").first.focus()
    keys.press("2", "c")
    shoot = part.locator("[data-camera-do=shoot]")
    expect(shoot).to_be_focused()
    page.wait_for_function("document.querySelector('[data-camera-video]:not([hidden])')?.videoWidth > 0")
    for number in (1, 2):
        keys.press("Space")
        expect(part.locator("[data-camera-status]")).to_have_text(f"第 {number} 页已保存。")
    turn(keys, part.locator("[data-camera-pages] > li").nth(1))
    retake(keys, part.locator("[data-camera-pages] > li").nth(0))
    part.locator("[data-camera-do=stop]").press("Enter")


def turn(keys: Keyboard, line) -> None:
    """Turn a page by a quarter and cut its left edge."""
    part = keys.page.locator("[data-camera]:has([data-camera-edit]:not([hidden]))")
    before = line.locator("img").get_attribute("src")
    line.locator("[data-page-do=edit]").press("Enter")
    steps.look(keys.page)
    part.locator("[data-corner=tl]").press("ArrowRight")
    part.locator("[data-camera-do=turn]").press("Enter")
    part.locator("[data-camera-do=apply]").press("Enter")
    expect(line.locator("img")).not_to_have_attribute("src", before)
    height = "(image) => image.decode().then(() => image.naturalHeight - image.naturalWidth)"
    assert line.locator("img").evaluate(height) > 0


def retake(keys: Keyboard, line) -> None:
    """Take a page again; the new one stands in its place."""
    before = line.locator("img").get_attribute("src")
    line.locator("[data-page-do=retake]").press("Enter")
    keys.press("Space")
    expect(line.locator("img")).not_to_have_attribute("src", before)
    expect(line.locator("xpath=ancestor::*[@data-camera]//*[@data-camera-status]")).to_have_text(
        "第 1 页已保存。"
    )


def upload(keys: Keyboard, material: str) -> None:
    """Choose a file that was scanned before."""
    part = keys.page.locator(f"[data-material={material}]")
    part.locator("input[type=radio]").first.focus()
    keys.press("2")
    with keys.page.expect_file_chooser() as chooser:
        part.locator("input[type=file]").press("Enter")
    chooser.value.set_files({"name": "card.jpg", "mimeType": "image/jpeg", "buffer": cases.scan()})
    expect(part.locator("[data-camera-status]")).to_have_text("第 1 页已保存。")


def all_is_there(page: Page) -> None:
    """See that everything typed, chosen and photographed is on the page."""
    for name, said in {"name": steps.NAME, "number": steps.NUMBER, "phone": steps.PHONE}.items():
        expect(page.locator(f'[name="applicant.{name}"]')).to_have_value(said)
    expect(page.locator("#deciding")).to_contain_text("章贡区公安局")
    expect(page.locator("[data-material=application-form] [data-camera-pages] > li")).to_have_count(2)
    expect(page.locator("[data-material=old-card] [data-camera-pages] > li")).to_have_count(1)
    expect(page.locator('[name="enclosed.household-book"][value=seen]')).to_be_checked()


def receipt(page: Page, tmp_path) -> None:
    """Read the receipt as the applicant does: what it is, what it isn't, and where its QR leads."""
    steps.says(page, "收件凭证", "不是受理", steps.NAME)
    code = page.locator(".query-code").first.inner_text()
    reference = page.locator("a.code").first.inner_text()
    picture = tmp_path / "qr.png"
    page.locator(".sheet svg").first.screenshot(path=picture)
    found = {each.text for each in zxingcpp.read_barcodes(Image.open(picture))}
    before, _, fragment = next(iter(found)).partition("#")
    assert fragment == f"c={reference}&k={code}"
    assert before.endswith("/follow/")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="PDF").press("Enter")
    answer = page.request.get(f"{page.url}.pdf")
    assert answer.body().startswith(b"%PDF")
    opened.value.close()

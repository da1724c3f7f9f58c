"""The window (收件地): by keyboard alone, from the item to the receipt; nothing is lost on the way."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys import cases, steps
from tests.journeys.installation import PASSWORD

MOST_STROKES = 60


class Hands:
    """Hands at a keyboard that count every stroke but those of what the applicant says of themselves."""

    def __init__(self, page: Page) -> None:
        self.page, self.strokes = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words, delay=15)
        self.strokes += len(words)

    def say(self, words: str) -> None:
        """Type what the applicant says: nobody can shorten that."""
        self.page.keyboard.insert_text(words)

    def until(self, name: str) -> None:
        """Go on with Enter until the field is reached, as a clerk does."""
        for _ in range(12):
            if self.page.evaluate("document.activeElement?.name") == name:
                return
            self.press("Enter")
        raise AssertionError(
            f"{name} wasn't reached: {self.page.evaluate('document.activeElement?.outerHTML')}"
        )


def begin(house: Any, sit_down: Any) -> tuple[Page, Hands]:
    """Sit down at a window and find the item by the initials of its name."""
    page = sit_down()
    steps.sign_in(page, house.employ())
    page.wait_for_load_state("networkidle")
    hands = Hands(page)
    hands.type("sfzhl")
    expect(page.get_by_role("option").first).to_be_visible()
    with page.expect_navigation(url=re.compile("/drafts/")):
        hands.press("Enter")
    page.wait_for_load_state("networkidle")
    return page, hands


def describe(page: Page, hands: Hands) -> None:
    """Answer the questions, name the place, take down the applicant."""
    hands.press("1", "Enter", "1", "Enter")
    expect(page.locator("#place-words")).to_be_focused()
    hands.type("zgq")
    expect(page.locator(".picker__list:visible li").first).to_be_visible()
    hands.press("Enter")
    expect(page.locator("main")).to_contain_text("章贡区公安局")
    for field, words in (
        ("applicant.name", steps.NAME),
        ("applicant.number", steps.NUMBER),
        ("applicant.phone", steps.PHONE),
        ("applicant.address", steps.ADDRESS),
    ):
        hands.until(field)
        hands.say(words)


def test_three_materials_by_keyboard_alone_with_few_strokes(house, sit_down):
    page, hands = begin(house, sit_down)
    steps.look(page)
    describe(page, hands)
    hands.press("Alt+o")
    for code in ("application-form", "household-book", "old-card"):
        expect(
            page.locator(f"[name='enclosed.{code}'][value=seen], #material-{code} [value=seen]").first
        ).to_be_checked()
    steps.look(page)
    with page.expect_navigation(url=re.compile("/receipts/")):
        hands.press("Control+Enter")
    steps.look(page)

    assert hands.strokes <= MOST_STROKES, hands.strokes
    steps.says(page, "不是受理", "章贡区公安局", steps.NAME)


def test_the_receipt_carries_the_code_in_its_qr_and_leads_to_the_case(house, sit_down, hold_phone):
    page, hands = begin(house, sit_down)
    describe(page, hands)
    hands.press("Alt+o")
    with page.expect_navigation(url=re.compile("/receipts/")):
        hands.press("Control+Enter")

    address = scanned(page)
    assert re.search(r"/follow/#c=360111-\d{8}-\w{9}&k=\w{4}-\w{4}-\w{5}$", address)
    pdf = page.request.get(page.url + ".pdf")
    assert pdf.body().startswith(b"%PDF")
    assert pdf.headers["cache-control"] == "private, no-store"
    phone = hold_phone()
    phone.goto(address)
    phone.wait_for_url("**/follow/case/")
    steps.says(phone, "居民身份证换领")


def scanned(page: Page) -> str:
    """Return what a phone's camera reads from the code on the screen."""
    import io

    import zxingcpp
    from PIL import Image

    picture = page.locator("main svg[viewBox], main figure svg, main .qr svg").first.screenshot()
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L").resize((600, 600)))
    return str(found[0].text)


def test_a_page_is_photographed_turned_and_taken_again_and_another_uploaded(house, sit_down):
    page, hands = begin(house, sit_down)
    describe(page, hands)
    book = page.locator("#material-household-book")
    book.locator("summary", has_text="扫描页").press("Enter")
    book.locator("[data-camera-do=start]").press("Enter")
    shoot = book.locator("[data-camera-do=shoot]")
    expect(shoot).to_be_visible()
    page.wait_for_function("document.querySelector('#material-household-book video').videoWidth > 0")
    for count in (1, 2):
        shoot.press("Enter")
        expect(book.locator("[data-camera-pages] > li[data-id]")).to_have_count(count)
    steps.look(page)
    first = book.locator("[data-camera-pages] > li").first
    before = first.get_attribute("data-id")
    first.locator("[data-page-do=edit]").press("Enter")
    book.locator("[data-camera-do=turn]").press("Enter")
    book.locator("[data-camera-do=apply]").press("Enter")
    page.wait_for_function(
        "before => document.querySelector('#material-household-book [data-camera-pages] > li').dataset.id !== before",
        arg=before,
    )
    book.locator("[data-camera-pages] > li").nth(1).locator("[data-page-do=remove]").press("Enter")
    expect(book.locator("[data-camera-pages] > li[data-id]")).to_have_count(1)
    old = page.locator("#material-old-card")
    old.locator("summary", has_text="扫描页").press("Enter")
    scan = {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": cases.scan()}
    old.locator("input[type=file]").set_input_files(scan)
    expect(old.locator("[data-camera-pages] > li[data-id]")).to_have_count(1)

    page.reload()

    expect(page.locator("#material-household-book [data-camera-pages] > li")).to_have_count(1)
    expect(page.locator("#material-old-card [data-camera-pages] > li")).to_have_count(1)


def test_a_browser_that_crashes_loses_nothing(house, sit_down):
    page, hands = begin(house, sit_down)
    describe(page, hands)
    hands.press("Alt+o")
    expect(page.locator("[data-save-state], .save-state").first).to_contain_text("保存")
    page.wait_for_timeout(1500)
    address, state = page.url, page.context.storage_state()
    page.context.close()

    again = sit_down(storage_state=state)
    again.goto(address)

    assert again.locator("[name='applicant.name']").input_value() == steps.NAME
    assert again.locator("[name='applicant.number']").input_value() == steps.NUMBER
    assert again.locator("[value=seen]:checked").count() == 3


def test_a_wrong_digit_is_named_at_its_field(house, sit_down):
    page, hands = begin(house, sit_down)
    describe(page, hands)
    page.locator("[name='applicant.number']").fill("360121180001010018")
    hands.press("Control+Enter")
    expect(page.locator(".error-summary")).to_be_visible()
    steps.look(page)
    steps.says(page, "校验码")


def test_a_file_that_is_not_what_it_says_is_refused_in_words(house, sit_down):
    page, _ = begin(house, sit_down)
    old = page.locator("#material-old-card")
    old.locator("summary", has_text="扫描页").press("Enter")
    zipped = {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": b"PK\x03\x04" + b"\x00" * 400}
    old.locator("input[type=file]").set_input_files(zipped)
    expect(old).to_contain_text("JPEG")


def test_without_scripts_a_case_is_received_by_plain_forms(house, sit_down):
    page = sit_down(java_script_enabled=False)
    page.goto("/desk/sign-in")
    who = house.employ()
    page.locator("[name=username]").fill(who.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit], main form .button").first.click()
    page.goto("/desk/window/?q=sfzhl")
    page.locator("main .card button, main li button, main form[method=post] button").filter(
        has_text="居民身份证换领"
    ).first.click()
    for name, value in (("answers.reason", "expired"), ("answers.age", "16-plus")):
        page.locator(f"[name='{name}'][value='{value}']").check()
    for name, words in (
        ("applicant.name", steps.NAME),
        ("applicant.number", steps.NUMBER),
        ("applicant.phone", steps.PHONE),
        ("applicant.address", steps.ADDRESS),
    ):
        page.locator(f"[name='{name}']").fill(words)
    page.locator("#place-words").fill("章贡区")
    for code in ("application-form", "household-book"):
        page.locator(f"#material-{code} [value=seen]").check()
    page.locator("#material-old-card [value='handed-in']").check()
    page.locator("#material-old-card summary", has_text="扫描页").click()
    scan = {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": cases.scan()}
    page.locator("#material-old-card input[type=file]").set_input_files(scan)
    page.get_by_role("button", name=re.compile("^收件")).first.click()
    page.wait_for_url(re.compile("/receipts/"))
    steps.says(page, "不是受理", "章贡区公安局")

"""A local list with mistakes comes in as XLSX: they're named by row and column, mended, and the list is imported."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.journeys import steps
from tongban.catalogue.tests import make_lists as lists

MARKET = "360702-market-supervision"
GOOD = lists.row()
OTHER = lists.row(
    code=f"{lists.OTHER}4PB0000000001", body_code=lists.OTHER, body="（示例）乙县公安局", type="行政许可"
)


def upload(page: Page, folder: Path, name: str, content: bytes) -> None:
    """Upload a file on the page of the lists."""
    path = folder / name
    path.write_bytes(content)
    page.goto("/desk/implementations/lists")
    page.locator("[name=file]").set_input_files(path)
    with page.expect_navigation():
        page.get_by_role("button", name="上传").click()


def press(page: Page, name: str) -> None:
    """Press a button that leads to another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def check(page: Page) -> None:
    """Say where the list comes from, and check it."""
    page.locator("[name=origin]").fill("（示例）甲县")
    page.locator("[name=profile]").select_option("gb39554")
    press(page, "比对清单")


def test_a_faulty_workbook_is_mended_and_imported(house, sit_down, tmp_path):
    page = sit_down()
    steps.sign_in(page, house.employ(MARKET, "approve"))
    page.goto("/desk/implementations/")
    steps.look(page)
    steps.says(page, "还没有导入过地方清单")

    upload(page, tmp_path, "list.xlsx", lists.as_xlsx(GOOD, OTHER)[:700])
    steps.look(page)
    steps.says(page, "工作簿已损坏")

    faulty = lists.as_xlsx(
        GOOD,
        [*OTHER[:7], "11430000006122244X", *OTHER[8:]],
        spoil=lambda _, sheet: sheet.write_formula(3, 0, '="居民"&"身份证换领"', None, "居民身份证换领"),
    )
    upload(page, tmp_path, "list.xlsx", faulty)
    steps.look(page)
    # A column that was taken away: the form says so beside its field.
    page.locator("[name=body_code]").select_option("")
    check(page)
    steps.look(page)
    assert page.locator(".error-summary").count()
    page.locator("[name=body_code]").select_option("8")
    check(page)
    steps.look(page)
    row = page.get_by_role("row").filter(has_text="11430000006122244X")
    assert row.inner_text().split()[:2] == ["3", "H"]
    steps.says(page, "是公式，保存的结果不可信", "有错误的行")
    press(page, "导入")
    steps.look(page)
    steps.says(page, "请改好清单后重新上传")

    upload(page, tmp_path, "list.xlsx", lists.as_xlsx(GOOD, OTHER))
    check(page)
    steps.look(page)
    steps.says(page, "尚未导入", "较重")
    press(page, "导入")
    steps.look(page)
    steps.says(page, "清单已导入", "新增 2")

    page.goto("/desk/implementations/")
    steps.look(page)
    steps.says(page, "居民身份证换领", "较重偏差")
    with page.expect_navigation():
        page.get_by_role("link", name="居民身份证换领").click()
    steps.look(page)
    steps.says(page, "07 行政确认", "（示例）乙县公安局")


def test_the_pages_fit_a_phone_and_read_in_english(house, hold_phone, tmp_path):
    page = hold_phone(locale="en-GB")
    steps.sign_in(page, house.employ(MARKET, "supervise"))
    path = tmp_path / "list.csv"
    path.write_bytes(lists.as_csv(GOOD, [*OTHER[:7], "11430000006122244X", *OTHER[8:]], encoding="gb18030"))
    page.goto("/desk/implementations/lists")
    page.locator("[name=file]").set_input_files(path)
    press(page, "Upload")
    steps.look(page)
    page.locator("[name=origin]").fill("（示例）丙县")
    page.locator("[name=profile]").select_option("gb39554")
    press(page, "Check the list")
    steps.look(page)
    steps.says(page, "no valid credit code")
    for address in ("", "bodies", "rows", "lists", "packages"):
        page.goto(f"/desk/implementations/{address}")
        steps.look(page)

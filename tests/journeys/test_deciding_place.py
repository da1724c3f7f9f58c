"""The deciding place (受理地): from the offered file to the delivered result, with a pause and a second person."""

from __future__ import annotations

from tests.journeys import cases, steps

BODY = "360702-market-supervision"


def test_a_file_received_elsewhere_is_decided_here(house, sit_down):
    window, officer, second = house.employ(), house.employ(BODY), house.employ(BODY, "review")
    seen = {"business-licence": {"how": "seen", "pages": [cases.page_of_paper(window.clerk)]}}
    enclosed = {**cases.make.typed(cases.FOOD)["enclosed"], **seen}
    case = cases.received(window.clerk, cases.FOOD, enclosed=enclosed)

    page = sit_down()
    steps.sign_in(page, officer)
    steps.follow(page, "待签收")
    steps.look(page)
    row = page.get_by_role("row").filter(has_text=case.reference)
    row.get_by_role("link", name=case.reference).press("Enter")
    page.wait_for_url("**/parts/*")
    steps.look(page)
    # What the window saw: by whom, against which revision, and how far it can be trusted.
    steps.says(page, "员工甲", "已与原件核对", "B")
    sheet = page.locator("ul.pages img").first
    assert sheet.evaluate("async (image) => { await image.decode(); return image.naturalWidth }") > 0

    steps.go(page, "t")
    steps.look(page)
    steps.go(page, "a")
    steps.look(page)
    steps.says(page, "已受理，审查中")

    steps.take(page, "p", ground="inspection", expected="5个工作日", reason="冷藏设备检验合格")
    steps.says(page, "中止计时")
    steps.go(page, "p")
    page.locator("details", has_text="这个日期怎么算出来的").first.locator("summary").press("Enter")
    steps.look(page)

    sit = sit_down()
    steps.sign_in(sit, second)
    steps.open_case(sit, case.reference)
    steps.take(sit, "v", opinion="材料齐全，符合条件")

    page.reload()
    steps.go(page, "g")
    steps.look(page)
    steps.go(page, "Control+Enter")
    steps.take(page, "m", result_number="JY13607020000001")
    steps.take(page, "s", way="post", carrier="EMS", waybill="E0000000001CN")
    steps.take(page, "c", proof="收件人本人签收")
    steps.says(page, "已办结", "E0000000001CN")

    for link in page.locator("section[aria-labelledby=documents] li > a:first-child").all():
        address = link.get_attribute("href")
        paper = page.context.new_page()
        steps.listen(paper)
        paper.goto(address)
        steps.look(paper)
        pdf = page.request.get(f"{address}/pdf")
        assert pdf.body().startswith(b"%PDF")
        paper.close()

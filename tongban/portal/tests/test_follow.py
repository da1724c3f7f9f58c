"""Following a case: by number and code, by hand or by the QR code, and nothing of it in any address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tongban.cases import actions
from tongban.cases.rules.lifecycle import State
from tongban.cases.tests import make
from tongban.portal import words
from tongban.portal.tests.conftest import enter, receive

WRONG = "0000-0000-00000"


def test_number_and_code_open_the_case_at_an_address_that_names_nothing(client, receipt):
    answer = client.post(
        "/follow/", {"case": receipt.reference.lower().replace("-", " "), "code": receipt.code}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/follow/case/")
    page = client.get("/follow/case/").content.decode()
    assert receipt.reference in page
    assert receipt.code not in page
    assert str(receipt.case) not in page
    assert "申请人甲" not in page


def test_the_form_works_without_script_and_the_fragment_never_reaches_the_server(client, receipt):
    page = client.get("/follow/").content.decode()

    assert 'method="post"' in page
    assert 'name="case"' in page
    assert 'name="code"' in page
    client.get("/follow/", {"case": receipt.reference, "code": receipt.code})
    assert client.get("/follow/case/").status_code == 302


def test_the_page_says_who_has_it_until_when_and_what_comes_next(reader, receipt, part, officer):
    page = reader.get("/follow/case/").content.decode()
    assert "材料正在送往决定机关" in page
    assert "尚未签收" in page

    actions.take_over(part.id, by=officer, at=timezone.now())
    actions.accept(part.id, by=officer, at=timezone.now())

    page = reader.get("/follow/case/").content.decode()
    assert "已受理，正在办理" in page
    assert "作出决定（承诺时限）" in page
    assert "作出决定（法定时限）" in page
    assert "开始的当天不计入" in page
    due_on = make.again(part).due_on
    assert due_on
    assert f'datetime="{due_on.isoformat()}"' in page


def test_two_clocks_are_shown_where_receipt_and_acceptance_lie_apart(client, window, officer):
    receipt = receive(window)
    part = make.part_of(receipt.case)
    actions.take_over(part.id, by=officer, at=timezone.now() + timedelta(days=4))

    page = enter(client, receipt).get("/follow/case/").content.decode()

    assert "受理或者一次告知补正" in page
    assert "自决定机关签收之日起算" in page


def test_in_english_too(reader):
    reader.cookies["django_language"] = "en"

    page = reader.get("/follow/case/").content.decode()

    assert "on their way to the place that decides" in page
    assert "Received is not yet accepted" not in page
    assert "The day on which it begins does not count" in page


@pytest.mark.parametrize(
    ("case", "code"), [("right", WRONG), ("360111-20260601-00000000X", "right"), ("", "")]
)
def test_wrong_or_missing_words_are_put_right_on_the_same_page(client, receipt, case, code):
    given = {"case": receipt.reference if case == "right" else case}
    given["code"] = receipt.code if code == "right" else code

    answer = client.post("/follow/", given)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert ("办件编号或者查询码不正确" in page) is bool(code)
    assert client.get("/follow/case/").status_code == 302


def test_a_wrong_code_and_a_wrong_number_are_answered_alike(client, receipt):
    wrong = client.post("/follow/", {"case": receipt.reference, "code": WRONG}).content.decode()
    nothing = client.post("/follow/", {"case": "360111-20260601-00000000X", "code": WRONG}).content.decode()

    assert summary(wrong) == summary(nothing)


def summary(page: str) -> str:
    return page[page.index("error-summary") : page.index("</ul>", page.index("error-summary"))]


def test_after_ten_tries_even_the_right_code_waits_and_the_page_says_how_long(client, receipt):
    for _ in range(10):
        assert client.post("/follow/", {"case": receipt.reference, "code": WRONG}).status_code == 422

    answer = client.post("/follow/", {"case": receipt.reference, "code": receipt.code})

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 15 * 60
    assert "可以重试的时间" in answer.content.decode()


def test_a_case_is_guarded_against_many_addresses_and_an_address_against_many_cases(client, receipt, window):
    for number in range(10):
        client.post(
            "/follow/", {"case": receipt.reference, "code": WRONG}, REMOTE_ADDR=f"192.0.2.{number + 1}"
        )
    right = {"case": receipt.reference, "code": receipt.code}
    assert client.post("/follow/", right, REMOTE_ADDR="192.0.2.200").status_code == 429

    other = receive(window)
    for _ in range(100):
        client.post("/follow/", {"case": "1", "code": WRONG}, REMOTE_ADDR="198.51.100.1")
    again = {"case": other.reference, "code": other.code}
    assert client.post("/follow/", again, REMOTE_ADDR="198.51.100.1").status_code == 429
    assert client.post("/follow/", again, REMOTE_ADDR="198.51.100.2").status_code == 302


def test_slips_of_the_pen_of_some_do_not_shut_out_others(client, receipt):
    for number in range(12):
        client.post("/follow/", {"case": "360111", "code": WRONG}, REMOTE_ADDR=f"192.0.2.{number + 1}")

    assert client.post("/follow/", {"case": "360111", "code": WRONG}).status_code == 422


def test_after_half_an_hour_the_case_is_closed_on_the_device(reader, monkeypatch):
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr(timezone, "now", lambda: later)

    answer = reader.get("/follow/case/", follow=True)

    assert answer.redirect_chain == [("/follow/", 302)]
    assert "已过半小时" in answer.content.decode()


def test_the_case_can_be_closed_on_the_device(reader):
    assert reader.post("/follow/close/").status_code == 302

    assert reader.get("/follow/case/").status_code == 302


def test_the_session_holds_the_case_and_the_time_and_nothing_else(reader, receipt):
    kept = reader.session["followed"]

    assert set(kept) == {"case", "at", "proved"}
    assert kept["case"] == str(receipt.case)
    assert receipt.reference not in str(dict(reader.session))


@pytest.mark.parametrize("address", ["/follow/", "/follow/case/", "/follow/case/documents/1.pdf"])
def test_nothing_of_a_case_is_kept_or_told_elsewhere(reader, address):
    answer = reader.get(address)

    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}


def test_the_page_costs_the_same_for_a_young_case_and_for_one_with_a_long_history(
    client, receipt, closed, cost
):
    enter(client, receipt).get("/follow/case/")

    assert cost(lambda: client.get("/follow/case/")) <= 8


def test_a_practice_case_is_marked(client, window):
    learner = replace(window, practice=True)

    page = enter(client, receive(learner)).get("/follow/case/").content.decode()

    assert "banner--practice" in page


def test_how_it_is_delivered_is_told(client, receipt, closed):
    page = enter(client, receipt).get("/follow/case/").content.decode()

    assert "E000001CN" in page
    assert "已办结：准予" in page


def test_whoever_was_refused_is_not_told_that_a_result_is_coming(client, receipt, part, officer):
    at = timezone.now()
    actions.take_over(part.id, by=officer, at=at)
    actions.accept(part.id, by=officer, at=at)
    actions.reject(part.id, "照片不符", by=officer, at=at)
    actions.send(part.id, "post", by=officer, at=at, carrier="EMS", waybill="E000001CN")

    page = enter(client, receipt).get("/follow/case/").content.decode()

    assert "结果正在送达" not in page
    assert str(words.STATES[State.REJECTED].headline) in page
    assert "E000001CN" in page


def test_nothing_about_the_case_is_logged(client, receipt, caplog):
    enter(client, receipt).get("/follow/case/")
    client.post("/follow/", {"case": receipt.reference, "code": WRONG})

    assert receipt.reference not in caplog.text
    assert receipt.code not in caplog.text
    assert str(receipt.case) not in caplog.text

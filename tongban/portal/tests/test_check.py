"""Checking a document: what whoever holds it learns, what nobody learns, and that guessing is slowed down."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from tongban.cases import actions
from tongban.cases.tests import make
from tongban.papers import queries as papers
from tongban.papers import rules
from tongban.papers.models import Paper
from tongban.portal.tests.conftest import receive

WRONG = "0000-0000-00000"


@pytest.fixture
def accepted(part, officer):
    at = timezone.now()
    actions.take_over(part.id, by=officer, at=at)
    actions.accept(part.id, by=officer, at=at)
    return papers.papers_of(part.case_id)[-1]


def code_of(paper):
    return rules.check_code(paper.content_sha256)


def test_who_holds_it_learns_what_was_issued_by_whom_and_when(client, accepted):
    answer = client.post("/check/", {"number": accepted.number, "code": code_of(accepted)})

    said = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "确由本系统签发",
        accepted.number,
        "章贡区公安局",
        "居民身份证换领",
        "申***",
        f'datetime="{accepted.issued_on.isoformat()}"',
        accepted.content_sha256[:8],
    ):
        assert words in said, words
    for hidden in ("申请人甲", make.NUMBER, "虚构路1号", str(accepted.id), str(accepted.subject)):
        assert hidden not in said


def test_the_form_works_without_script_and_no_address_holds_anything(client, accepted):
    page = client.get("/check/").content.decode()

    assert 'method="post"' in page
    assert 'data-case="number"' in page
    got = client.get("/check/", {"number": accepted.number, "code": code_of(accepted)}).content.decode()
    assert accepted.number not in got
    assert "确由本系统签发" not in got


def test_what_the_code_to_scan_carries_opens_the_same(client, accepted):
    code = code_of(accepted).replace("-", "")
    said = client.post("/check/", {"number": rules.short_name(accepted.id), "code": code}).content.decode()

    assert "确由本系统签发" in said
    assert accepted.number in said


def test_a_receipt_is_checked_by_the_case_s_number(client, receipt):
    (paper,) = papers.papers_of(receipt.case)
    typed = receipt.reference.lower().replace("-", " ")

    said = client.post("/check/", {"number": typed, "code": code_of(paper)}).content.decode()

    assert "收件凭证" in said
    assert receipt.code not in said


def test_in_english_too(client, accepted):
    client.cookies["django_language"] = "en"

    said = client.post("/check/", {"number": accepted.number, "code": code_of(accepted)}).content.decode()

    assert "Issued here" in said
    assert "Zhanggong District Public Security Bureau" in said
    assert "Compare this with the paper in your hand." in said


@pytest.mark.parametrize(
    ("number", "code"), [("right", WRONG), ("（无）受字〔2026〕第00001号", "right"), ("", "")]
)
def test_a_wrong_number_and_a_wrong_code_are_answered_alike(client, accepted, number, code):
    given = {
        "number": accepted.number if number == "right" else number,
        "code": code_of(accepted) if code == "right" else code,
    }

    answer = client.post("/check/", given)

    assert answer.status_code == 422
    said = answer.content.decode()
    assert ("没有签发过该编号和核验码的文书" in said) is bool(code)
    assert "内容哈希值" not in said


def test_after_ten_tries_even_the_right_code_waits(client, accepted):
    for number in range(10):
        given = {"number": accepted.number, "code": WRONG}
        assert client.post("/check/", given, REMOTE_ADDR=f"192.0.2.{number + 1}").status_code == 422

    right = {"number": accepted.number, "code": code_of(accepted)}
    answer = client.post("/check/", right, REMOTE_ADDR="192.0.2.100")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 15 * 60
    assert 'href="/check/"' in answer.content.decode()


def test_a_practice_document_is_told_to_have_no_effect(client, window):
    learner = replace(window, practice=True)
    (paper,) = papers.papers_of(receive(learner).case)

    said = client.post("/check/", {"number": paper.number, "code": code_of(paper)}).content.decode()

    assert "练习文书，不具有任何效力" in said
    assert "确由本系统签发" not in said


def test_altered_words_a_later_document_and_a_withdrawal_are_told(client, part, accepted, officer):
    given = {"number": accepted.number, "code": code_of(accepted)}
    actions.withdraw(part.id, "不办了", by=officer, at=timezone.now())
    assert "该申请此后已撤回" in client.post("/check/", given).content.decode()

    content = papers.paper(accepted.id).content
    Paper.objects.filter(id=accepted.id).update(content={**content, "item": "别的事项"})
    said = client.post("/check/", given).content.decode()
    assert "存档内容已被改动" in said
    assert "确由本系统签发" not in said


def test_nothing_is_kept_or_told_elsewhere_or_logged(client, accepted, caplog):
    answer = client.post("/check/", {"number": accepted.number, "code": code_of(accepted)})

    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "same-origin"
    assert accepted.number not in caplog.text
    assert code_of(accepted) not in caplog.text


def test_a_check_costs_the_same_whatever_else_was_issued(client, accepted, cost):
    given = {"number": accepted.number, "code": code_of(accepted)}
    client.post("/check/", given)

    assert cost(lambda: client.post("/check/", given)) <= 4

"""Rating, on the page of the case."""

from __future__ import annotations

from tongban.feedback import queries
from tongban.portal.tests.conftest import enter


def rate(client, **given):
    return client.post("/follow/case/rating/", given)


def test_before_the_end_nothing_is_asked_and_a_rating_is_refused(reader, receipt):
    assert "case/rating" not in reader.get("/follow/case/").content.decode()

    assert rate(reader, level="very-satisfied").status_code == 409
    assert queries.rating(receipt.case) is None


def test_no_level_is_chosen_beforehand(client, receipt, closed):
    page = enter(client, receipt).get("/follow/case/").content.decode()

    assert page.count('type="radio"') == 5
    assert "checked" not in page


def test_a_rating_is_given_once(client, receipt, closed):
    enter(client, receipt)
    assert rate(client, level="fairly-satisfied", words="等得久").status_code == 302

    page = client.get("/follow/case/").content.decode()
    assert "基本满意" in page
    assert "等得久" in page
    assert 'type="radio"' not in page
    assert rate(client, level="very-satisfied").status_code == 409
    found = queries.rating(receipt.case)
    assert found
    assert found.level == "fairly-satisfied"


def test_a_rating_without_a_level_is_put_right(client, receipt, closed):
    answer = rate(enter(client, receipt), words="好")

    assert answer.status_code == 422
    assert queries.rating(receipt.case) is None


def test_words_that_cannot_be_kept_are_put_right(client, receipt, closed):
    enter(client, receipt)

    assert rate(client, level="satisfied", words="长" * 1001).status_code == 422
    assert rate(client, level="satisfied", words="\ud800".encode("utf-8", "surrogatepass")).status_code in {
        302,
        422,
    }


def test_nobody_rates_without_a_case_open(client, receipt, closed):
    assert rate(client, level="satisfied")["Location"] == "/follow/"
    assert queries.rating(receipt.case) is None

"""What was typed is read so that it trips up nothing behind it."""

from __future__ import annotations

import json

import pytest
from django.http import Http404, HttpResponse, JsonResponse
from django.test import RequestFactory

from tongban.lib.typed import number, without_nul


@pytest.mark.parametrize(
    ("typed", "read"),
    [("0", 0), ("12", 12), ("", None), ("-1", None), ("²", None), ("9" * 5000, None), ("1.5", None)],
)
def test_a_number_is_one_that_a_column_holds(typed, read):
    assert number(typed) == read


def test_what_no_database_holds_is_left_out_of_a_query():
    request = RequestFactory().get("/?q=%00a%00b&%00c=d")

    answer = without_nul(lambda asked: JsonResponse(asked.GET.dict()))(request)

    assert json.loads(answer.content) == {"q": "ab", "c": "d"}


def test_nothing_is_at_an_address_that_no_database_holds():
    with pytest.raises(Http404):
        without_nul(lambda asked: HttpResponse()).process_view(RequestFactory().get("/a%00b"))

"""Rows that are copied in are what they were, whatever stands in them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongban.catalogue.models import Theme
from tongban.lib import copies
from tongban.lib.ids import new_id, new_ids
from tongban.lib.writes import Stale

NAMES = ("code", "name", "subject", "position")
PLAIN = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=10)


def kept(code: str) -> str:
    return str(Theme.objects.values_list("subject", flat=True).get(pk=code))


@pytest.mark.django_db
@given(text=PLAIN)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_in_and_over_as_it_is(text):
    Theme.objects.all().delete()
    copies.insert(Theme, NAMES, [("a", "{}", text, 0)])
    assert kept("a") == text

    copies.update(Theme, ("code", "subject"), [("a", text[::-1])])
    assert kept("a") == text[::-1]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "\\N", "\\.", '"', ",", "\n", "\r\n", "\t", "NULL"])
def test_signs_of_the_stream_are_text_in_a_cell(text):
    copies.insert(Theme, NAMES, [("a", "{}", text, 0), ("b", "{}", text, 0)])

    assert (kept("a"), kept("b")) == (text, text)


@pytest.mark.django_db
def test_all_rows_come_in_or_none():
    with pytest.raises(IntegrityError), transaction.atomic():
        copies.insert(Theme, NAMES, [("a", "{}", "x", 0), ("a", "{}", "y", 0)])

    assert not Theme.objects.exists()


@pytest.mark.django_db
def test_a_row_that_is_gone_undoes_the_rest():
    copies.insert(Theme, NAMES, [("a", "{}", "x", 0)])
    with pytest.raises(Stale), transaction.atomic():
        copies.update(Theme, ("code", "subject"), [("a", "y"), ("b", "y")])

    assert kept("a") == "x"


@pytest.mark.django_db
def test_two_updates_in_one_transaction_do_not_meet():
    copies.insert(Theme, NAMES, [("a", "{}", "x", 0)])
    with transaction.atomic():
        copies.update(Theme, ("code", "subject"), [("a", "y")])
        copies.update(Theme, ("code", "position"), [("a", 7)])

    assert Theme.objects.values_list("subject", "position").get(pk="a") == ("y", 7)


def test_many_identifiers_at_once_are_in_order_and_after_those_before():
    before, many, after = new_id(), new_ids(2_000), new_id()

    assert [before, *many, after] == sorted({before, *many, after})
    assert {each.version for each in many} == {7}

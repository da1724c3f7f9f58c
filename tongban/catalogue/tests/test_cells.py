"""What spreadsheets make of codes and days: refused by row and column, never taken for what they aren't."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tongban.catalogue import actions
from tongban.catalogue.models import Implementation
from tongban.catalogue.queries import implementations as queries
from tongban.catalogue.rules.conformance_lines import day_of, days_counted, is_number
from tongban.catalogue.rules.conformance_words import DO, WHAT
from tongban.catalogue.tests import make_lists as lists
from tongban.catalogue.tests.make import DATA

HEAD = [*lists.HEAD, "实施日期"]
CODE_AT, BASE_AT, CREDIT_AT, DAY_AT = 2, 1, 7, 9


@pytest.fixture(autouse=True)
def catalogue(db):
    actions.load(DATA / "items")


def with_cell(column: int, value: object, day: object = "2026-06-01") -> list[object]:
    row: list[object] = [*lists.row(), day]
    row[column] = value
    return row


def found_in(content: bytes, **more: Any) -> list[tuple[str, str]]:
    listed = lists.checked(content, **more)
    return [(each.column, each.code) for each in queries.findings(listed.id)]


@pytest.mark.parametrize("profile", ["local", "gb39554"])
@pytest.mark.parametrize("text", ["1.23E+17", "3.60702E+30", "1E+17", "1.23e+17", "1.2E17", "123456789012.0"])
@pytest.mark.parametrize("column", [CODE_AT, BASE_AT, CREDIT_AT])
def test_a_code_in_csv_that_a_spreadsheet_shortened_is_refused(column, text, profile):
    found = found_in(lists.as_csv(with_cell(column, text), head=HEAD), profile=profile)

    assert ("CBH"[[CODE_AT, BASE_AT, CREDIT_AT].index(column)], "code.number") in found
    with override("en"):
        assert "digits are lost" in str(WHAT["code.number"])
        assert "format the column as text" in str(DO["code.number"])


@pytest.mark.parametrize("number", [1.23e17, 123456789012, 12.0, 1e30])
@pytest.mark.parametrize("profile", ["local", "exchange"])
def test_a_code_that_a_workbook_keeps_as_a_number_is_refused(number, profile):
    found = found_in(lists.as_xlsx(with_cell(CODE_AT, number), head=HEAD), profile=profile)

    assert {code for column, code in found if column == "C"} & {"cell.number", "cell.rounded"}


def test_a_code_that_became_a_day_or_a_truth_value_is_refused():
    def spoil(book, sheet):
        sheet.write_datetime(1, CODE_AT, date(2026, 1, 2), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_boolean(2, CODE_AT, True)

    content = lists.as_xlsx(with_cell(CODE_AT, ""), with_cell(CODE_AT, ""), head=HEAD, spoil=spoil)
    assert found_in(content, profile="local").count(("C", "cell.number")) == 2


def test_noughts_that_were_lost_are_noticed_and_a_whole_number_is_taken():
    whole, short = 123456789012, 12345678901
    rows = (with_cell(BASE_AT, whole), with_cell(BASE_AT, short))
    content = lists.as_xlsx(*rows, head=HEAD)

    assert ("B", "cell.number") in found_in(content, profile="exchange")
    listed = lists.checked(content, profile="gb39554")
    assert [each.row for each in queries.findings(listed.id) if each.code == "cell.number"] == [3]


def test_numbers_where_numbers_belong_are_taken():
    head = [*HEAD, "到现场次数", "承诺时限"]
    row = [*with_cell(8, 360702), 1, 3]

    assert found_in(lists.as_xlsx(row, head=head)) == []


@pytest.mark.parametrize(
    ("text", "meant"), [("46174", "2026-06-01 / 2030-06-02"), ("44713", "2022-06-01 / 2026-06-02")]
)
def test_a_bare_number_of_days_is_refused_with_both_days_that_it_can_mean(text, meant):
    for content in (
        lists.as_csv(with_cell(DAY_AT, text), head=HEAD),
        lists.as_xlsx(with_cell(DAY_AT, int(text)), head=HEAD),
    ):
        (found,) = queries.findings(lists.checked(content).id)
        assert (found.row, found.column, found.code, found.base) == (2, "J", "day.number", meant)


@pytest.mark.parametrize("system_of_1904", [False, True])
def test_a_day_in_a_workbook_is_that_day_in_both_systems(system_of_1904):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": system_of_1904}) as book:
        sheet = book.add_worksheet("清单")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, lists.row())
        sheet.write_datetime(1, DAY_AT, date(2026, 7, 1), book.add_format({"num_format": "yyyy/m/d"}))
    lists.imported(out.getvalue())

    assert Implementation.objects.get().valid_from == date(2026, 7, 1)


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "0026-01-01", "9999-01-01", "2026-06", "20261301", "²026-01-01", "1.2E+4", "-46174"],
)
def test_what_is_no_day_is_refused(text):
    assert found_in(lists.as_csv(with_cell(DAY_AT, text), head=HEAD)) == [("J", "day.wrong")]


@given(st.text(max_size=24))
def test_no_text_breaks_the_reading_of_days_and_numbers(text):
    day = day_of(text)
    assert day is None or 1949 <= day.year <= 2199
    assert not (day and days_counted(text))
    is_number(text)


@given(st.floats(min_value=1e5, max_value=1e35), st.sampled_from([".2E", ".5e", ".3E", "E"]))
def test_whatever_a_spreadsheet_shortens_is_known_as_a_number(value, form):
    kind, digits = form[-1], form[1:-1] or "0"

    assert is_number(f"{value:.{digits}{kind}}")


@given(st.from_regex(r"\A[0-9A-Z]{31}\Z"))
def test_no_code_of_the_standard_is_taken_for_a_number(code):
    assert not is_number(code)

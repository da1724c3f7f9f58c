"""Tables of every kind that strangers hand in: read as they look, or refused in words, and never anything worse."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tongban.files.rules import sandbox, tables
from tongban.files.rules.tables import Mark, Table
from tongban.lib.refusals import Invalid

ROWS = [["名称", "编码"], ["居民身份证换领", "0012"]]
TEXT = "名称,编码\r\n居民身份证换领,0012\r\n"


def read(content: bytes, sheet: str = "") -> Table:
    return Table.unpacked(sandbox.table(content, tables.LIMITS, sheet)[1])


def refusal(content: bytes, sheet: str = "") -> str:
    with pytest.raises(Invalid) as refused:
        read(content, sheet)
    return refused.value.code


def book(fill: Callable[[Any, Any], object] | None = None, **options: object) -> bytes:
    """Return a workbook with the rows, and what is done to it besides."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as made:
        sheet = made.add_worksheet("清单")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        if fill:
            fill(made, sheet)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes = b"x") -> bytes:
    """Return the workbook with another part in its zip."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, part)
    return out.getvalue()


def rewritten(content: bytes, words: dict[bytes, bytes]) -> bytes:
    """Return the workbook with words of its sheet put in another way."""
    out, source = io.BytesIO(), zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith("sheet1.xml"):
                for usual, odd in words.items():
                    assert usual in part
                    part = part.replace(usual, odd)
            archive.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_is_read_in_any_encoding_that_offices_write(encoding):
    assert read(TEXT.encode(encoding)).rows == ROWS


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    assert read(TEXT.replace(",", separator).encode()).rows == ROWS


def test_mixed_line_ends_and_quoted_line_breaks_are_read():
    found = read(b'a,b\r\n"x\ny","1,2"\nc,d\r')

    assert found.rows == [["a", "b"], ["x\ny", "1,2"], ["c", "d"]]


def test_marks_that_cannot_be_seen_are_taken_out_and_control_characters_named():
    found = read("a,b\n\u202e甲\u200f,x\x07y\n".encode())

    assert found.rows[1] == ["甲", "x\ufffdy"]
    assert found.marks == [Mark(2, 2, "control")]


def test_ragged_rows_keep_their_own_width():
    assert [len(row) for row in read(b"a,b,c\n1\n1,2,3,4\n").rows] == [3, 1, 4]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table.empty"),
        (b"\r\n \n", "table.empty"),
        (b"\xef\xbb\xbf", "table.empty"),
        (b"a,b\n1,\x002\n", "table.nul"),
        (b"a,b\n1,\x00\n", "table.nul"),
        (b"a,b\n\xff\xff\xff,2\n", "table.encoding"),
        (b"\xff\xfea", "table.encoding"),
        (b'a,b\n"x,y\n', "table.csv-broken"),
        (b'a,b\n"x"y,z\n', "table.csv-broken"),
        (b",".join([b"x"] * 16_384), "table.too-many-columns"),
        (b"a,b\n" + b"x" * 40_000 + b",1\n", "table.cell-too-long"),
        (b"PK\x03\x04" + b"\0" * 40, "table.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "table.old"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "table.encrypted"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(content, code):
    assert refusal(content) == code


def test_a_cell_of_32767_characters_is_taken_in():
    assert len(read(b"a,b\n" + b"x" * 32_767 + b",1\n").rows[1][0]) == 32_767


def test_a_hundred_thousand_rows_are_read():
    assert len(read(b"a,b\n" + b"x,1\n" * 100_000).rows) == 100_001


def test_more_rows_than_may_be_are_refused():
    assert refusal(b"x,1\n" * 200_001) == "table.too-many-rows"


def test_a_workbook_is_read_as_text_with_leading_zeros():
    found = read(book())

    assert (found.rows, found.sheet, found.marks) == (ROWS, "清单", [])


def test_days_are_days_and_whole_numbers_are_whole():
    def fill(made, sheet):
        sheet.write_datetime(2, 0, date(2026, 5, 1), made.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(2, 1, 440118009000)

    assert read(book(fill)).rows[2] == ["2026-05-01", "440118009000"]


def test_a_code_that_was_kept_as_a_number_is_marked():
    assert read(book(lambda _, sheet: sheet.write_number(2, 1, 4.4e30))).marks == [Mark(3, 2, "rounded")]


def test_the_value_of_a_formula_is_marked_and_never_worked_out():
    found = read(book(lambda _, sheet: sheet.write_formula(2, 0, '=HYPERLINK("x")', None, "looks fine")))

    assert found.rows[2][0] == "looks fine"
    assert found.marks == [Mark(3, 1, "formula")]


def test_an_error_of_the_workbook_is_marked():
    found = read(book(lambda _, sheet: sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")))

    assert {mark.what for mark in found.marks} == {"formula", "error"}


def test_cells_that_merging_left_empty_are_marked():
    assert read(book(lambda _, sheet: sheet.merge_range("A3:A5", "甲"))).marks == []
    found = read(book(lambda _, sheet: (sheet.merge_range("A3:A5", "甲"), sheet.write_column("B3", "abc"))))

    assert found.marks == [Mark(4, 1, "merged"), Mark(5, 1, "merged")]


def test_hidden_sheets_are_named_and_not_read():
    def fill(made, _):
        made.add_worksheet("暗").hide()
        made.add_worksheet("更暗").very_hidden()

    content = book(fill)
    assert [(sheet.name, sheet.hidden) for sheet in read(content).sheets] == [
        ("清单", False),
        ("暗", True),
        ("更暗", True),
    ]
    assert refusal(content, "暗") == "table.sheet-hidden"
    assert refusal(content, "没有") == "table.no-sheet"


def test_hidden_rows_are_counted_and_read():
    found = read(book(lambda _, sheet: sheet.set_row(1, None, None, {"hidden": True})))

    assert (found.hidden_rows, len(found.rows)) == (1, 2)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("xl/vbaProject.bin", "table.macros"),
        ("xl/macrosheets/sheet1.xml", "table.macros"),
        ("xl/externalLinks/externalLink1.xml", "table.external"),
        ("xl/connections.xml", "table.external"),
        ("xl/embeddings/oleObject1.bin", "table.external"),
    ],
)
def test_a_workbook_that_acts_or_reaches_out_is_refused(name, code):
    assert refusal(with_part(book(), name)) == code


def test_entities_of_xml_are_never_expanded():
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'

    assert refusal(with_part(book(), "xl/other.xml", bomb)) == "table.damaged"


def test_another_zip_is_no_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert refusal(out.getvalue()) == "table.kind"


@pytest.mark.parametrize(("parts", "size"), [(1, 100 * 1024 * 1024), (2_500, 1)])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(parts, size):
    out = io.BytesIO(book())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(parts):
            archive.writestr(f"xl/media/{number}.bin", b"\0" * size)

    assert refusal(out.getvalue()) == "table.bomb"


def test_a_size_that_lies_is_found_out():
    content = bytearray(with_part(book(), "xl/media/a.bin", b"\0" * 4096))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = archive.getinfo("xl/media/a.bin").file_size.to_bytes(4, "little")
    at = content.rindex(size)
    content[at : at + 4] = (16).to_bytes(4, "little")

    assert refusal(bytes(content)) == "table.damaged"


def test_values_at_the_far_end_of_the_sheet_are_refused_before_room_is_made_for_them():
    assert refusal(book(lambda _, sheet: sheet.write(1, 16_383, "x"))) == "table.too-many-columns"
    assert refusal(book(lambda _, sheet: sheet.write(1_048_575, 0, "x"))) == "table.too-many-rows"


def test_a_format_without_a_value_at_the_far_end_does_not_matter():
    def fill(made, sheet):
        sheet.write_blank(1, 16_383, None, made.add_format({"bold": True}))

    assert read(book(fill)).rows == ROWS


BOOK = book()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_workbook_cut_short_is_refused(data):
    assert refusal(BOOK[: data.draw(st.integers(4, len(BOOK) - 23))]).startswith("table.")


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([BOOK, TEXT.encode(), TEXT.encode("gb18030"), TEXT.encode("utf-16")]), st.data())
def test_a_file_with_wrong_bytes_passes_or_is_refused_in_words(whole, data):
    spots = data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), min_size=1, max_size=9)
    )
    changed = bytearray(whole)
    for spot, byte in spots:
        changed[spot] = byte
    try:
        read(bytes(changed))
    except Invalid as refused:
        assert refused.code.startswith("table.")  # noqa: PT017  # passing is as good


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_of_any_kind_pass_or_are_refused(content):
    with suppress(Invalid):
        read(content)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), min_size=1, max_size=6))
def test_csv_text_of_any_kind_passes_or_is_refused(rows):
    content = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode(
        "utf-8", "surrogatepass"
    )
    with suppress(Invalid):
        assert len(read(content).rows) <= content.count(b"\n") + content.count(b"\r") + 2


_CELL = b'<c r="B2"><f>1+1</f><v>2</v></c>'


@pytest.mark.parametrize(
    "odd",
    [
        b"<c><f>1+1</f><v>2</v></c>",
        b"<c r='B2'><f>1+1</f><v>2</v></c>",
        b'<c r="B2"><!-- --><f>1+1</f><v>2</v></c>',
        b'<c r="B2" cm="a>b"><f>1+1</f><v>2</v></c>',
    ],
)
def test_a_formula_is_marked_however_its_cell_is_written(odd):
    def spoil(_, sheet):
        sheet.write(1, 0, "x")
        sheet.write_formula(1, 1, "=1+1", None, 2)

    found = read(rewritten(book(spoil), {_CELL: odd}))

    assert found.marks == [Mark(2, 2, "formula")]


def test_errors_and_merged_cells_are_marked_however_they_are_written():
    def spoil(_, sheet):
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.merge_range(2, 0, 3, 0, "x")
        sheet.write(4, 0, "y")

    found = read(rewritten(book(spoil), {b't="e"': b"t='e'", b'ref="A3:A4"': b"ref='A3:A4'"}))

    assert set(found.marks) == {Mark(2, 2, "formula"), Mark(2, 2, "error"), Mark(4, 1, "merged")}

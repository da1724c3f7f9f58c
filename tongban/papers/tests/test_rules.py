import string
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.papers import rules
from tongban.papers.rules import Kind
from tongban.papers.tests import make


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (1050, "壹拾元伍角整"),
        (100_05, "壹佰元零伍分"),
        (1_001_00, "壹仟零壹元整"),
        (10_010_00, "壹万零壹拾元整"),
        (100_000_00, "壹拾万元整"),
        (1_000_100_00, "壹佰万零壹佰元整"),
        (100_001_000_00, "壹亿零壹仟元整"),
        (120_000_34, "壹拾贰万元叁角肆分"),
    ],
)
def test_amounts_are_written_in_capital_figures(cents, text):
    assert rules.amount_text(cents) == text


@given(st.integers(0, 10**14 - 1))
def test_no_two_amounts_are_written_alike(cents):
    assert _read(rules.amount_text(cents)) == cents


def _read(text: str) -> int:
    money = rules.registry().money
    units = {"元": 100, "角": 10, "分": 1}
    total = section = digit = 0
    yuan = 0
    for mark in text:
        if mark in money.digits:
            digit = money.digits.index(mark)
        elif mark in money.places:
            section, digit = section + digit * 10 ** money.places.index(mark), 0
        elif mark in money.groups:
            yuan, section, digit = yuan + (section + digit) * 10_000 ** money.groups.index(mark), 0, 0
        elif mark == "元":
            total, yuan, section, digit = total + (yuan + section + digit) * 100, 0, 0, 0
        elif mark in units:
            total, digit = total + digit * units[mark], 0
    return total


@pytest.mark.parametrize("cents", [-1, 10**14])
def test_amounts_out_of_reach_are_refused(cents):
    with pytest.raises(ValueError):
        rules.amount_text(cents)


def test_days_are_written_without_leading_zeros():
    assert rules.day_text(date(2026, 11, 3)) == "2026年11月3日"


def test_a_number_names_body_kind_year_and_serial():
    text = rules.number_text("赣州章贡", Kind.ACCEPTANCE, 2026, 12)

    assert text == "（赣州章贡）受字〔2026〕第00012号"


def test_practice_has_numbers_of_its_own():
    text = rules.number_text("赣州章贡", Kind.ACCEPTANCE, 2026, 12, practice=True)

    assert text.startswith("练习")


def test_no_two_kinds_share_a_word_in_their_numbers():
    words = [form.word for form in rules.registry().forms.values()]

    assert len(set(words)) == len(words) == len(Kind)


def test_every_kind_has_content_title_and_template():
    known = rules.registry()

    assert set(rules.CONTENTS) == set(known.forms) == set(Kind)
    assert {edition.kind for edition in known.editions} == set(Kind)


def test_only_a_licence_is_called_one():
    known = rules.registry()

    assert "许可" not in "".join(form.titled(licence=False) for form in known.forms.values())
    assert known.forms[Kind.GRANT].titled(licence=True) == "准予行政许可决定书"


def test_no_template_cites_a_law():
    assert not [
        each.kind for each in rules.registry().editions if "《" in each.source or "法》" in each.source
    ]


def test_a_kind_without_a_template_on_that_day_is_refused():
    with pytest.raises(rules.NoTemplate):
        rules.registry().edition(Kind.GRANT, date(2025, 12, 31))


@given(st.text(st.characters(codec=None)))
def test_neat_text_can_be_kept_and_does_not_turn(text):
    neat = rules.neat(text)

    neat.encode()
    assert not [mark for mark in neat if unicodedata.category(mark) == "Cc" and mark != "\n"]
    assert not [mark for mark in neat if unicodedata.bidirectional(mark) in TURNING]


TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(st.text(string.printable))
def test_neat_text_is_neat_already(text):
    assert rules.neat(rules.neat(text)) == rules.neat(text)


@pytest.mark.parametrize("name", ["申请人甲", "𠮷田", "䶮某", "阿卜杜·热依木", "阿卜杜•热依木"])
def test_names_stay_as_they_are(name):
    assert rules.neat(name) == name


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("甲\u202e乙", "甲乙"),
        ("甲\u200f\u2067乙\u2069", "甲乙"),
        ("甲\u0000\u001b乙", "甲乙"),
        ("甲\r\n乙", "甲\n乙"),
        ("甲\u2028乙", "甲\n乙"),
        ("甲\ud800乙", "甲〓乙"),
        ("e" + "\u0301" * 40, "é" + "\u0301" * 4),
    ],
)
def test_what_would_break_a_line_is_taken_out(typed, printed):
    assert rules.neat(typed) == printed


def test_content_becomes_plain_json():
    words = rules.plain(make.content(Kind.RECEIPT, applicant="甲\u202e乙"))

    assert words["applicant"] == "甲乙"
    assert words["received_on"] == "2026-11-23"
    assert words["materials"][0]["copies"] == 1

"""Personal fields: unreadable without the key, findable by hash, masked in lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.lib import personal
from tongban.lib.personal import Unreadable

NUMBER = "360121180001010017"


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=50), max_size=5))
def test_what_was_sealed_is_read_back(value):
    assert personal.unseal(personal.seal(value, "t.c"), "t.c") == value


def test_nothing_of_it_can_be_read_in_the_table():
    sealed = personal.seal({"name": "申请人甲", "number": NUMBER}, "t.c")

    assert NUMBER.encode() not in sealed
    assert "申请人甲".encode() not in sealed


def test_the_same_value_is_never_sealed_the_same_way_twice():
    assert personal.seal("x", "t.c") != personal.seal("x", "t.c")


@given(st.integers(0, 200))
def test_a_changed_byte_is_noticed(place):
    sealed = bytearray(personal.seal({"name": "申请人甲"}, "t.c"))
    sealed[place % len(sealed)] ^= 1

    with pytest.raises(Unreadable):
        personal.unseal(bytes(sealed), "t.c")


def test_it_cannot_be_moved_to_another_column():
    with pytest.raises(Unreadable):
        personal.unseal(personal.seal("x", "t.name"), "t.phone")


def test_a_new_key_writes_and_the_old_one_still_reads_and_finds(settings):
    settings.DATA_KEY = "old-key"
    sealed, found = personal.seal("x", "t.c"), personal.found_by("number", NUMBER)
    settings.DATA_KEY = "new-key,old-key"

    assert personal.unseal(sealed, "t.c") == "x"
    assert personal.found_by("number", NUMBER) == found
    assert personal.seal("x", "t.c")[1:5] != sealed[1:5]


def test_without_its_key_it_stays_shut(settings):
    settings.DATA_KEY = "one"
    sealed = personal.seal("x", "t.c")
    settings.DATA_KEY = "another"

    with pytest.raises(Unreadable):
        personal.unseal(sealed, "t.c")


def test_a_hash_finds_whatever_the_case_of_its_letters_and_tells_kinds_apart():
    assert personal.found_by("number", "12x ") == personal.found_by("number", "12X")
    assert personal.found_by("number", "12X") != personal.found_by("code", "12X")


def test_masks_leave_enough_to_recognise_and_no_more():
    assert personal.mask_name("申请人甲") == "申***"
    assert personal.mask_name("") == ""
    assert personal.mask_number(NUMBER) == "360*************17"
    assert personal.mask_phone("13800000000") == "138****0000"

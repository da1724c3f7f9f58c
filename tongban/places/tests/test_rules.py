from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.lib.refusals import Missing
from tongban.lib.texts import Text
from tongban.places.rules import CalendarLoaded, Directory, Kind, Level, Office, Place, settled_until


def _place(code: str, names: str, level: Level, parent: str = "", successor: str = "") -> Place:
    zh, pinyin = names.split(maxsplit=1)
    initials = "".join(part[0] for part in pinyin.split())
    english = pinyin.replace(" ", "").capitalize()
    joined = pinyin.replace(" ", "")
    return Place(
        code, Text(zh, english), joined, initials, level, Kind.GB, parent, successor, ended=bool(successor)
    )


def _office(code: str, region: str, function: str = "police", parent: str = "") -> Office:
    return Office(code, Text(code), region, function, Level.COUNTY, parent)


PLACES = [
    _place("360000", "江西省 jiang xi sheng", Level.PROVINCE),
    _place("360700", "赣州市 gan zhou shi", Level.CITY, "360000"),
    _place("360702", "章贡区 zhang gong qu", Level.COUNTY, "360700"),
    _place("360704", "赣县区 gan xian qu", Level.COUNTY, "360700"),
    _place("360721", "赣县 gan xian", Level.COUNTY, "360700", successor="360704"),
]
OFFICES = [
    _office("a", "360702"),
    _office("b", "360704"),
    _office("a-1", "360702", parent="a"),
    _office("a-1-1", "360702", parent="a-1"),
    _office("city", "360700", "housing-fund"),
]
DIRECTORY = Directory.of(PLACES, OFFICES)


def test_a_body_is_found_by_what_it_does_at_the_level_that_decides():
    body = DIRECTORY.body_for("housing-fund", Level.CITY, "360702")

    assert body is not None
    assert body.code == "city"
    assert DIRECTORY.body_for("housing-fund", Level.COUNTY, "360702") is None
    assert DIRECTORY.body_for("housing-fund", Level.TOWN, "360702") is None


def test_the_old_code_of_a_place_leads_to_the_body_of_its_successor():
    body = DIRECTORY.body_for("police", Level.COUNTY, "360721")

    assert body is not None
    assert body.code == "b"
    assert DIRECTORY.ancestor("360721", Level.COUNTY) == "360704"
    assert DIRECTORY.ancestor("360721", Level.CITY) == "360700"


def test_a_section_is_below_its_body_and_never_stands_for_it():
    assert DIRECTORY.below("a") == {"a", "a-1", "a-1-1"}
    assert DIRECTORY.below("a-1") == {"a-1", "a-1-1"}
    found = DIRECTORY.body_for("police", Level.COUNTY, "360702")
    assert found is not None
    assert found.code == "a"


def test_looking_up_ends_even_where_the_data_runs_in_a_ring():
    places = [
        _place("1", "甲县 jia xian", Level.COUNTY, "2"),
        _place("2", "乙县 yi xian", Level.COUNTY, "1"),
        _place("3", "丙县 bing xian", Level.COUNTY, successor="4"),
        _place("4", "丁县 ding xian", Level.COUNTY, successor="3"),
    ]

    for code in "1234":
        assert Directory.of(places, []).body_for("police", Level.CITY, code) is None


def test_bodies_below_end_even_where_the_data_runs_in_a_ring():
    ring = Directory.of(PLACES, [_office("x", "360702", parent="y"), _office("y", "360702", parent="x")])

    assert ring.below("x") == {"x", "y"}


@pytest.mark.parametrize(
    "ask",
    [
        lambda: DIRECTORY.region("999999"),
        lambda: DIRECTORY.body("nowhere"),
        lambda: DIRECTORY.ancestor("360702", Level.TOWN),
        lambda: DIRECTORY.ancestor("999999", Level.CITY),
    ],
)
def test_what_is_nowhere_is_missing(ask):
    with pytest.raises(Missing):
        ask()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("章贡区", ["360702"]),
        ("贡", ["360702"]),
        ("zgq", ["360702"]),
        ("Zhang Gong", ["360702"]),
        ("zhanggongqu", ["360702"]),
        ("360702", ["360702"]),
        ("gan", ["360700", "360704"]),
        ("赣", ["360700", "360704"]),
        ("3607", ["360700", "360702", "360704"]),
        ("  ", []),
        ("北京", []),
    ],
)
def test_a_place_is_found_by_name_pinyin_initials_or_code(text, codes):
    assert [place.code for place in DIRECTORY.search(text)] == codes


def test_what_is_named_wholly_comes_before_what_only_begins_so():
    named = [*PLACES, _place("360799", "赣 gan", Level.COUNTY, "360700")]

    assert [place.code for place in Directory.of(named, []).search("赣", limit=2)] == ["360799", "360700"]


@given(st.text(max_size=20), st.integers(1, 5))
def test_a_search_never_fails_and_never_gives_more_than_was_asked_for(text, limit):
    assert len(DIRECTORY.search(text, limit)) <= limit


def test_days_are_settled_as_far_as_the_years_follow_each_other():
    assert settled_until([2025, 2026]) == date(2026, 12, 24)
    assert settled_until([2026, 2024]) == date(2024, 12, 24)
    assert settled_until([]) == date.min


def test_a_year_read_again_is_compared_day_by_day():
    before = {date(2026, 1, 1): "off", date(2026, 1, 4): "work", date(2026, 1, 2): "off"}
    after = {date(2026, 1, 1): "off", date(2026, 1, 4): "off", date(2026, 1, 3): "off"}

    assert CalendarLoaded.of(2026, before, after, again=False) == CalendarLoaded((2026,), 1, 1, 1, 1)
    assert CalendarLoaded.of(2026, before, before, again=False) == CalendarLoaded((), 0, 0, 0, 3)
    assert CalendarLoaded.of(2026, before, before, again=True).years == (2026,)

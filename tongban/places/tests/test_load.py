from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongban.lib.refusals import Invalid
from tongban.places import actions, queries
from tongban.places.actions import tables
from tongban.places.models import Body, Hall, PlaceLoad, Region, Window
from tongban.places.rules import Level, Loaded
from tongban.places.tests import make
from tongban.trail import queries as trail

pytestmark = pytest.mark.django_db
JIANGXI = Path(__file__).resolve().parents[3] / "data" / "places"


@pytest.fixture
def world(tmp_path):
    return Path(shutil.copytree(make.WORLD, tmp_path / "world"))


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _load(world: Path) -> dict[str, Loaded]:
    return actions.load_places(world, by=make.OPERATOR, at=make.MONDAY)


def test_all_of_jiangxi_is_there_in_few_statements(django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        loaded = actions.load_places(JIANGXI, by=make.OPERATOR, at=make.MONDAY)

    assert Region.objects.filter(kind="gb", level="city").count() == 11
    assert Region.objects.filter(kind="gb", level="county", successor=None).count() == 100
    assert loaded["bodies"].created == Body.objects.count() > 1100
    assert not Region.objects.filter(kind="zone", verified=True).exists()


def test_every_place_in_force_has_a_hall_with_a_special_window():
    actions.load_places(JIANGXI, by=make.OPERATOR, at=make.MONDAY)
    directory = queries.directory_now()

    for place in directory.places.values():
        if not place.ended:
            assert Window.objects.filter(hall__region=place.code, special=True).exists(), place.code
            assert directory.body_for("service-centre", place.level, place.code), place.code


def test_every_replaced_place_leads_to_one_in_force():
    actions.load_places(JIANGXI, by=make.OPERATOR, at=make.MONDAY)
    directory = queries.directory_now()
    ended = [place for place in directory.places.values() if place.ended]

    assert len(ended) == 10
    for place in ended:
        assert not directory.region(directory.ancestor(place.code, Level.COUNTY)).ended


def test_loading_again_changes_nothing_and_makes_no_version():
    make.places()
    version, entries = queries.directory_version(), trail.count()
    again = make.places()

    assert not any(loaded.moved for loaded in again.values())
    assert sum(loaded.same for loaded in again.values()) > 100
    assert (queries.directory_version(), trail.count()) == (version, entries)


def test_a_load_tells_what_it_changed_in_the_trail(world):
    make.places()
    _change(world / "regions.csv", "Zhanggong District", "Zhanggong")
    loaded = _load(world)

    assert loaded["regions"] == Loaded(0, 1, 9)
    assert loaded["bodies"].changed == 10
    assert make.told("places.region.load")[-1] == {
        "subject": f"places:{queries.directory_version() - 1}",
        "created": 0,
        "changed": 1,
    }


def test_a_body_that_the_file_names_is_no_longer_illustrative(world):
    make.places()
    line = "360702-police,赣州市公安局章贡分局,Zhanggong Branch,360702,police,county,,0797-0000000,,no\n"
    path = world / "bodies.csv"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    _load(world)

    body = queries.body("360702-police")
    assert (body.name.zh, body.phone, body.illustrative) == ("赣州市公安局章贡分局", "0797-0000000", False)
    assert queries.bodies_below("360702-police") == {"360702-police", "360702-police-household"}


@pytest.mark.parametrize(
    ("file", "change", "refusal"),
    [
        ("regions.csv", ("name_zh", "name"), ("load.column-missing", "name_zh")),
        ("regions.csv", ("360702,章贡区", "360702,"), ("load.cell-empty", "name_zh")),
        ("regions.csv", (",county,gb,", ",shire,gb,"), ("load.word-unknown", "level")),
        ("regions.csv", (",360704,yes", ",360799,yes"), ("load.code-unknown", "successor")),
        ("regions.csv", ("360702,章贡区", "360703,章贡区"), ("load.code-twice", "code")),
        ("regions.csv", ("360702,章贡区", f"360702,{'章' * 121}"), ("load.cell-long", "name_zh")),
        ("bodies.csv", (",yes", ",perhaps"), ("load.word-unknown", "illustrative")),
        ("bodies.csv", (",360702-police,", ",360702-fire,"), ("load.code-unknown", "parent")),
        ("halls.csv", (",360702-service-centre,", ",360702-centre,"), ("load.code-unknown", "body")),
        ("windows.csv", (",360702-hall,08", ",nowhere,08"), ("load.code-unknown", "hall")),
        ("functions.json", ("functions", "duties"), ("load.file-unreadable", "")),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_loaded(world, file, change, refusal):
    _change(world / file, *change)

    with pytest.raises(Invalid) as refused:
        _load(world)

    assert (refused.value.code, refused.value.field) == refusal
    assert not Region.objects.exists()
    assert not PlaceLoad.objects.exists()


def test_a_wrong_row_says_on_which_line_it_stands(world):
    _change(world / "regions.csv", ",,,,yes,", ",1.5.2026,,,yes,")

    with pytest.raises(Invalid) as refused:
        _load(world)

    assert refused.value.params == {"row": 2, "value": "1.5.2026"}


def test_a_place_that_ends_before_it_begins_is_refused(world):
    _change(world / "regions.csv", ",,,,yes,", ",2026-05-01,2026-04-30,,yes,")

    with pytest.raises(Invalid) as refused:
        _load(world)

    assert (refused.value.code, refused.value.field) == ("load.ends-before-it-begins", "valid_to")


def test_a_file_that_is_not_there_is_refused_by_its_name_only(world):
    (world / "halls.csv").unlink()

    with pytest.raises(Invalid) as refused:
        _load(world)

    assert refused.value.params == {"file": "halls.csv"}
    assert not Hall.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_are_read_as_the_usual_programs_write_them(tmp_path, encoding):
    path = tmp_path / "file.csv"
    path.write_bytes("code,name_zh\r\n1,𠮷安县\r\n\r\n2,章贡区".encode(encoding))

    assert [(row.number, row.text("name_zh")) for row in tables.read(path, ["code"])] == [
        (2, "𠮷安县"),
        (4, "章贡区"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "load.column-missing"),
        (b"code\n\xff\xff\n", "load.encoding-unknown"),
        (b"code,code\n1,2\n", "load.column-twice"),
        (b"code\n1,2\n", "load.cells-too-many"),
        (b'code\n"1" 2\n', "load.csv-malformed"),
    ],
)
def test_a_broken_file_is_refused(tmp_path, content, code):
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    with pytest.raises(Invalid) as refused:
        tables.read(path, ["code"])

    assert refused.value.code == code


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_it_is_read_or_refused(tmp_path, content):
    path = tmp_path / "file.csv"
    path.write_bytes(b"code\n" + content)
    try:
        rows = tables.read(path, ["code"])
    except Invalid:
        return
    assert all(isinstance(row.text("code", 10_000), str) for row in rows)


def test_pinyin_of_places_that_are_often_read_wrong():
    with (JIANGXI / "regions.csv").open(encoding="utf-8", newline="") as file:
        names = {row["name_zh"]: row["name_en"] for row in csv.DictReader(file)}

    assert names["铅山县"] == "Yanshan County"
    assert names["宁都县"] == "Ningdu County"
    assert names["乐安县"] == "Le'an County"
    assert names["吉安市"] == "Ji'an"
    assert names["赣县区"] == "Ganxian District"


def test_known_changes_have_their_day_and_others_none():
    actions.load_places(JIANGXI, by=make.OPERATOR, at=make.MONDAY)

    assert Region.objects.get(code="360112").valid_from == date(2015, 8, 5)
    assert Region.objects.get(code="360122").successor_id == "360112"
    assert Region.objects.get(code="360783").valid_from is None

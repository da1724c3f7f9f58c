"""The regions of a list, held against the codes in force on the day."""

from __future__ import annotations

from datetime import date

import pytest

from tongban.catalogue import actions
from tongban.catalogue.queries import base as bases
from tongban.catalogue.queries import implementations as queries
from tongban.catalogue.rules.conformance_regions import Region, Regions
from tongban.catalogue.rules.mapping import vocabulary
from tongban.catalogue.tests import make_lists as lists
from tongban.catalogue.tests.make import DATA
from tongban.lib.actors import System
from tongban.places import actions as places

DAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def data(db):
    actions.load(DATA / "items")
    places.load_places(DATA / "places", by=System("test"), at=lists.AT)


def found(region: str, level: str = "县级") -> list[tuple[str, str]]:
    listed = lists.checked(lists.as_csv(lists.row(region=region, level=level)))
    told = [each for each in queries.findings(listed.id) if each.field == "region"]
    assert all((each.row, each.column) == (2, "I") for each in told)
    return [(each.code, each.base) for each in told]


@pytest.mark.parametrize(
    ("region", "level"),
    [
        ("360702", "县级"),
        ("360702000000", "县级"),
        ("360702", "乡级"),
        ("360702003", "乡级"),
        ("360702003201", "村级"),
        ("360700", "市级"),
        ("360000", "省级"),
        ("", "县级"),
        ("JXZ-3607-01", "县级"),
        ("赣州经济技术开发区", "县级"),
        ("某某产业园区", "县级"),
    ],
)
def test_a_code_in_force_and_a_zone_without_one_are_right(region, level):
    assert found(region, level) == []


@pytest.mark.parametrize(
    ("region", "level", "code", "base"),
    [
        ("360799", "县级", "region.unknown", ""),
        ("119999", "县级", "region.unknown", ""),
        ("章贡区", "县级", "region.unknown", "360702 章贡区"),
        ("xx", "县级", "region.unknown", ""),
        ("360122", "县级", "region.ended", "2015-08-05 → 360112 新建区"),
        ("360105", "县级", "region.ended", "2019-11-06 → 360112 新建区"),
        ("360721", "县级", "region.ended", "360704 赣县区"),
        ("360700", "县级", "region.level", "360700 赣州市"),
        ("360702", "市级", "region.level", "360702 章贡区"),
        ("360702003", "县级", "region.level", "360702 章贡区"),
        ("360000", "乡级", "region.level", "360000 江西省"),
        ("360702.0", "县级", "code.number", ""),
    ],
)
def test_each_wrong_region_is_named_with_what_is_right(region, level, code, base):
    assert found(region, level) == [(code, base)]


def test_where_no_regions_are_loaded_nothing_is_held_against_them():
    assert list(Regions([], DAY).check("999999", "county", vocabulary())) == []


def test_a_code_holds_from_its_day_to_its_last():
    known = [
        Region("100001", "甲县", "county", until=date(2026, 6, 2), successor="100002"),
        Region("100002", "甲区", "county", since=date(2026, 6, 2)),
    ]

    def at(day: date, code: str) -> list[str]:
        return [each.code for each in Regions(known, day).check(code, "county", vocabulary())]

    assert (at(DAY, "100001"), at(DAY, "100002")) == ([], ["region.not-yet"])
    assert (at(date(2026, 6, 2), "100001"), at(date(2026, 6, 2), "100002")) == (["region.ended"], [])
    marks = {Regions(known, day).mark for day in (DAY, date(2026, 5, 1), date(2026, 6, 2), date(2027, 1, 1))}
    assert len(marks) == 2


def test_successors_that_lead_in_a_circle_end_somewhere():
    known = [
        Region("100001", "甲", "county", successor="100002"),
        Region("100002", "乙", "county", successor="100001"),
    ]

    assert [each.code for each in Regions(known, DAY).check("100001", "county", vocabulary())] == [
        "region.ended"
    ]


def test_the_days_regions_are_read_once_a_version(django_assert_num_queries):
    bases.regions(DAY)
    with django_assert_num_queries(1):
        bases.regions(DAY)

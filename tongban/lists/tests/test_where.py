"""Where an item can be handled: with the real items, places and lists."""

from __future__ import annotations

import pytest

from tongban.catalogue import queries as catalogue
from tongban.lib.refusals import Missing
from tongban.lists.queries.coverage import coverage
from tongban.lists.queries.standing import listed_items
from tongban.lists.queries.where import ELSEWHERE, where
from tongban.lists.tests import make

RENEW, FUND, FOOD, BENEFIT = "JX-P-0001", "JX-P-0003", "JX-P-0005", "JX-P-0018"
DONGHU, QINGSHANHU, ZHANGGONG, NANKANG, GANZHOU = "360102", "360111", "360702", "360703", "360700"


def asked(item, here, power):
    return where(item, here, power, make.DAY).answer


def test_at_home_it_is_the_hall_next_to_one(world):
    found = asked(RENEW, ZHANGGONG, ZHANGGONG)

    assert (found.ways[0].mode, found.ways[0].spot.region) == ("there", ZHANGGONG)


def test_what_the_list_opens_is_offered_nearest_first(world):
    found = asked(RENEW, QINGSHANHU, ZHANGGONG)

    first = found.ways[0]
    assert (first.spot.region, first.scope, first.reason.code) == (QINGSHANHU, "province", "province")
    assert first.reason.since.isoformat() == "2020-11-30"
    assert [way.rank for way in found.ways] == sorted(way.rank for way in found.ways)
    assert (
        found.ways[0].rank < next(way for way in found.ways if way.spot and way.spot.region == "360100").rank
    )


def test_online_comes_first_unless_a_law_wants_somebody_there(world):
    care = asked("JX-P-0014", QINGSHANHU, GANZHOU)
    card = asked(RENEW, QINGSHANHU, ZHANGGONG)

    assert care.ways[0].mode == "online"
    assert "online" not in {way.mode for way in card.ways}
    (why,) = [each for each in card.barred if each.mode == "online"]
    assert (why.why, why.basis) == ("online.presence", "《中华人民共和国居民身份证法》第三条")


def test_within_a_city_any_item_can_be_handled_listed_or_not(world):
    make.unlist(BENEFIT)
    found = asked(BENEFIT, NANKANG, ZHANGGONG)
    scopes = {way.scope: way for way in found.ways}

    assert {"nearby", "several-points", "same-city", "there"} <= scopes.keys()
    assert scopes["nearby"].spot.region == NANKANG
    assert scopes["nearby"].reason.illustrative


def test_beyond_the_city_an_unlisted_item_says_why_not_and_where_to_go(world):
    make.unlist(BENEFIT)
    found = asked(BENEFIT, QINGSHANHU, ZHANGGONG)

    assert {way.scope for way in found.ways} == {"there"}
    assert "window.not-listed" in {each.why for each in found.barred}
    assert [spot.region for spot in found.go_to] == [ZHANGGONG]
    assert not found.here


def test_a_city_that_decides_is_found_from_its_county(world):
    assert where(FUND, QINGSHANHU, ZHANGGONG, make.DAY).power == GANZHOU


def test_from_another_province_the_national_list_opens_a_window_there(world):
    found = asked(RENEW, ELSEWHERE, ZHANGGONG)

    assert {way.scope for way in found.ways} == {"nationwide", "there"}
    assert "window.not-listed-nationwide" in {
        each.why for each in asked(BENEFIT, ELSEWHERE, ZHANGGONG).barred
    }


def test_for_another_province_our_windows_receive(world):
    found = asked(RENEW, QINGSHANHU, ELSEWHERE)

    assert found.ways[0].spot.region == QINGSHANHU
    assert {way.scope for way in found.ways} == {"nationwide"}


def test_a_licence_can_be_asked_for_by_letter(world):
    assert "post" in {way.mode for way in asked(FOOD, QINGSHANHU, ZHANGGONG).ways}
    assert "post.no-law" in {each.why for each in asked(FUND, QINGSHANHU, GANZHOU).barred}


def test_an_item_that_is_none_is_missing(world):
    with pytest.raises(Missing):
        where("nothing", DONGHU, ZHANGGONG, make.DAY)


def test_asking_costs_the_same_for_every_item(world, cost):
    where(RENEW, DONGHU, ZHANGGONG, make.DAY)
    costs = {
        cost(lambda item=item: where(item, DONGHU, ZHANGGONG, make.DAY)) for item in (RENEW, FUND, BENEFIT)
    }

    assert max(costs) <= 8


def test_the_coverage_counts_every_item_in_every_county(world, cost):
    found = coverage(make.DAY)
    rows = {row.scope: row for row in found.rows}

    assert (found.items, found.counties) == (84, 100)
    assert rows["nearby"].served == 84 * 100 == rows["nearby"].of
    assert rows["nationwide"].items < rows["province"].items
    assert {each.code for each in found.by_law} == {"JX-P-0001", "JX-P-0002"}
    assert len(found.by_law) + len(found.without_law) + rows["online"].items == 84
    assert cost(lambda: coverage(make.DAY)) <= 8


def test_every_item_that_the_law_lets_go_online_stands_in_a_zone(world):
    listed = set(listed_items(make.DAY))

    assert listed == {each.code for each in catalogue.search("", make.DAY, limit=500)}

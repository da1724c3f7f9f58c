"""Demand: counted without persons, words kept only once many days have them, written together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.lists.actions import demand
from tongban.lists.actions.demand import Wanted
from tongban.lists.models import Demand, Heard
from tongban.lists.queries import demand as demanded
from tongban.lists.rules.demand import FORGOTTEN_AFTER, KEPT_AFTER, LONGEST, Kind, countable
from tongban.lists.tests import make

DAY = make.MONDAY.date()
GANZHOU = "360700"


@pytest.fixture(autouse=True)
def nothing_gathered(request):
    demand._gathered.clear()
    demand._tidied.clear()
    yield
    demand._gathered.clear()


def rows() -> list[tuple[Any, ...]]:
    return sorted(Demand.objects.values_list("kind", "item", "query", "count"))


@pytest.mark.parametrize(
    "words", ["13800000000", "证 360121 1990", "赵六", "a@b", "我的朋友" * 10, "", "  ", "编号 12345"]
)
def test_what_could_name_a_person_is_not_counted_as_words(words):
    assert countable(words, lambda pair: False, "赵钱孙李") == ""


@given(st.text(max_size=60), st.booleans())
def test_what_is_counted_is_short_and_holds_no_number(text, known):
    kept = countable(text, lambda pair: known, "王李张")

    assert len(kept) <= LONGEST
    assert not any(kept[at : at + 3].isascii() and kept[at : at + 3].isdigit() for at in range(len(kept) - 2))


def test_a_word_that_items_have_is_no_name():
    assert countable("高血压", lambda pair: pair == "血压", "高") == "高血压"
    assert countable("暂住证", lambda pair: False, "赵钱孙李") == "暂住证"


@pytest.mark.django_db
def test_words_are_kept_once_they_were_searched_on_enough_days():
    for number in range(KEPT_AFTER):
        day = DAY + timedelta(number)
        assert not Demand.objects.exclude(query="").exists()
        for _ in range(5):
            demand.note(Wanted(day, "", Kind.NOTHING, query="暂住证"))
        demand.write()

    assert [row for row in rows() if row[2]] == [("nothing", "", "暂住证", 5)]
    assert sum(row[3] for row in rows()) == 5 * KEPT_AFTER
    assert "暂住证" not in str(Heard.objects.values_list()[0])


@pytest.mark.django_db
def test_the_same_day_counts_once_however_often():
    for _ in range(KEPT_AFTER + 2):
        demand.note(Wanted(DAY, "", Kind.NOTHING, query="暂住证"))
        demand.write()

    assert rows() == [("nothing", "", "", KEPT_AFTER + 2)]


@pytest.mark.django_db
def test_what_nobody_repeats_is_forgotten():
    demand.note(Wanted(DAY, "", Kind.NOTHING, query="暂住证"))
    demand.write()
    demand.note(Wanted(DAY + timedelta(FORGOTTEN_AFTER + 1), "", Kind.OPENED, item=make.RENEW))
    demand.write()

    assert not Heard.objects.exists()


@pytest.mark.django_db
def test_many_are_written_in_few_statements_and_nothing_gathered_costs_none(cost):
    for number in range(50):
        demand.note(Wanted(DAY, GANZHOU, Kind.OPENED, item=f"X-{number % 7}"))

    assert cost(demand.write) <= 5
    assert sum(row[3] for row in rows()) == 50
    assert cost(demand.write) == 0


def test_a_process_remembers_only_so_much():
    for number in range(demand.MOST + 10):
        demand.note(Wanted(DAY, "", Kind.OPENED, item=str(number)))

    assert len(demand._gathered) == demand.MOST


@pytest.mark.django_db
def test_who_was_turned_away_is_counted_at_their_city():
    make.data()
    demand.turned_away("QG-008", region="360702", day=DAY)
    demand.turned_away("QG-008", region="unknown", day=DAY)

    assert sorted(Demand.objects.values_list("region", "kind")) == [
        (GANZHOU, "turned-away"),
        ("unknown", "turned-away"),
    ]


@pytest.mark.django_db
def test_the_ranking_weighs_what_was_wanted_by_place_and_time():
    make.data()
    for kind, item, region, times in (
        (Kind.OPENED, make.RENEW, "", 8),
        (Kind.TURNED_AWAY, "QG-008", GANZHOU, 1),
        (Kind.WISHED, "QG-009", "", 1),
    ):
        for _ in range(times):
            demand.note(Wanted(DAY, region, kind, item=item))
    demand.write()

    items, queries = demanded.ranking(DAY, DAY)
    assert [(line.item, line.points) for line in items] == [("QG-008", 10), (make.RENEW, 8), ("QG-009", 5)]
    assert items[1].name.zh == "居民身份证换领"
    assert queries == []
    assert [line.item for line in demanded.ranking(DAY, DAY, GANZHOU)[0]] == ["QG-008"]
    assert demanded.ranking(DAY + timedelta(1), DAY + timedelta(9)) == ([], [])
    weights = demanded.weights(DAY + timedelta(1))
    assert weights[make.RENEW] == 1.0
    assert 0 < weights["QG-009"] < 1
    assert demanded.weights(DAY) == {}

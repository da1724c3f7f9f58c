"""The search over the real catalogue: kept while nothing changes, and never worse than plain search."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest

from tongban.catalogue.models import Item
from tongban.catalogue.queries import MOST_LOCAL
from tongban.catalogue.tests import make_lists
from tongban.catalogue.tests.make import DATA
from tongban.lib.refusals import Missing
from tongban.lists.queries import evaluation, indexing, synthetic
from tongban.lists.queries import search as searching
from tongban.lists.queries.search import Filters
from tongban.lists.queries.where import reach, where
from tongban.lists.rules import search
from tongban.lists.tests import make

DAY = make.MONDAY.date()
LICENCE, GANZHOU = "JX-P-0006", Filters(place="360700")


@pytest.fixture
def world(db):
    make.lists()
    indexing.forget()
    yield
    indexing.forget()


def codes(text: str, filters: Filters = searching.ANY) -> list[str]:
    return [hit.found.code for hit in searching.search(text, DAY, filters).hits]


def test_it_is_built_once_and_costs_one_statement(world, cost):
    first = indexing.built(DAY)

    assert indexing.built(DAY) is first
    assert cost(lambda: searching.search("身份证丢了", DAY)) == 1
    assert cost(lambda: searching.search("", DAY)) == 1


def test_a_change_of_the_catalogue_is_found_at_once(world):
    assert "QG-069" not in codes("和平分手")
    item = Item.objects.get(pk="QG-069")
    item.words += "\n和平分手"
    item.save()

    assert codes("和平分手")[0] == "QG-069"


def test_another_day_is_another_index(world):
    assert indexing.built(DAY) is not indexing.built(DAY + timedelta(1))


def test_filters_narrow_and_a_place_says_where(world):
    everything = codes("注销")
    companies = codes("注销", Filters(subject="company"))

    assert companies
    assert set(companies) < set(everything)
    assert set(codes("身份证", Filters(theme="identity"))) <= set(codes("", Filters(theme="identity")))
    answer = searching.search("章贡区身份证", DAY)
    assert answer.region == "360700"
    assert answer.places[0].zh == "章贡区"
    assert searching.search("身份证", DAY).hits[0].here is None


def here(text: str, place: str = "360700") -> dict[str, bool | None]:
    return {
        hit.found.code: hit.here for hit in searching.search(text, DAY, Filters(place=place), limit=500).hits
    }


def test_what_can_be_handed_in_at_a_place_is_what_the_question_where_answers(world):
    found = {
        place: searching.search(f"{name}身份证失业保险", DAY, limit=500).hits
        for place, name in (("360702", "章贡区"), ("360700", "赣州市"), ("360121", "南昌县"))
    }
    for place, hits in found.items():
        power = "360104" if place.startswith("3607") else "360702"
        for hit in hits:
            ways = where(hit.found.code, place, power, DAY).answer.ways
            near = [way for way in ways if way.spot and way.spot.region[:4] == place[:4]]
            assert hit.here is any(way.scope != "there" for way in near), hit.found.code
            assert hit.closed is all(way.scope == "there" for way in ways), hit.found.code
    assert {hit.here for hits in found.values() for hit in hits} == {True, False}


def test_what_can_be_done_in_no_way_is_so_for_every_item_however_it_may_be_applied_for(world):
    keeper, reviewer = make.keeper(), make.reviewer()
    for item in (LICENCE, make.UNLISTED):
        make.published("province", item, "withdraw", keeper=keeper, reviewer=reviewer)
    make.published("national", make.RENEW, "revise", modes=["online"], keeper=keeper, reviewer=reviewer)
    make.published("province", make.RENEW, "revise", modes=["online"], keeper=keeper, reviewer=reviewer)

    closed = {hit.found.code: hit.closed for hit in searching.search("", DAY, GANZHOU, limit=500).hits}

    for code, said in closed.items():
        assert said is not where(code, "360700", "360104", DAY).answer.here, code
    # A licence may be applied for by letter, an identity card not even online.
    assert (closed[LICENCE], closed[make.UNLISTED], closed[make.RENEW]) == (False, True, True)


def test_what_is_taken_off_the_list_can_no_longer_be_handed_in_there(world):
    assert here("失业保险金")[make.UNLISTED] is True
    assert here("")[make.UNLISTED] is True

    make.unlist()

    assert here("失业保险金")[make.UNLISTED] is False
    assert here("")[make.UNLISTED] is False
    assert here("失业保险金", place="")[make.UNLISTED] is None
    assert sum(map(bool, here("").values())) > 50


def test_what_is_open_online_only_is_handed_in_nowhere_there(world):
    make.published(
        "province",
        make.UNLISTED,
        "revise",
        modes=["online"],
        keeper=make.keeper(),
        reviewer=make.reviewer(),
    )

    (hit,) = (hit for hit in searching.search("赣州失业保险金", DAY).hits if hit.found.code == make.UNLISTED)
    assert (hit.here, hit.closed) == (False, False)


def test_where_is_asked_for_all_results_together_and_once_for_a_state_of_the_lists(world, cost):
    place, items = Filters(place="360700"), indexing.built(DAY).items
    reach(items, "360700", DAY)
    few = cost(lambda: reach(items[:2], "360700", DAY))

    assert cost(lambda: reach(items, "360700", DAY)) == few
    assert cost(lambda: searching.search("证", DAY, place)) == few + 2
    assert cost(lambda: searching.search("身份", DAY, place)) == 2


def imported(name: str, origin: str = "甲县") -> None:
    """Have a place list the renewal of an identity card under a name of its own."""
    make_lists.imported(make_lists.as_csv(make_lists.row(name=name)), origin=origin)


def test_an_item_is_found_by_the_name_under_which_a_place_lists_it(world):
    assert make.RENEW not in codes("琥珀鹦鹉")

    imported("琥珀鹦鹉")

    (best, *_) = searching.search("琥珀鹦鹉", DAY).hits
    assert best.found.code == make.RENEW
    assert best.found.name.zh == "居民身份证换领"
    assert [(each.because, each.said) for each in best.reasons] == [(search.Because.ALIAS, "琥珀鹦鹉")]


def test_a_list_that_comes_in_again_takes_its_old_names_along(world):
    imported("琥珀鹦鹉")
    imported("翡翠麒麟")

    assert codes("翡翠麒麟")[0] == make.RENEW
    assert "琥珀鹦鹉" not in indexing.built(DAY).docs[0].local
    assert [doc.local for doc in indexing.built(DAY).docs if doc.local] == [("翡翠麒麟",)]


def test_only_the_names_that_most_places_use_are_searched(world):
    names = [f"居民身份证换领之{number}" for number in range(MOST_LOCAL + 1)]
    for number, name in enumerate((*names, names[7], names[9], "居民身份证换领")):
        imported(name, origin=f"第{number}县")

    (local,) = (doc.local for doc in indexing.built(DAY).docs if doc.local)
    assert len(local) == MOST_LOCAL
    assert set(local[:2]) == {names[7], names[9]}
    assert set(local) < set(names)


def test_cities_and_single_items(world):
    assert ("360700", "赣州市") in [(code, name.zh) for code, name in searching.cities(DAY)]
    assert len(searching.cities(DAY)) == 11
    assert searching.item("QG-069", DAY).name.zh == "离婚登记"
    with pytest.raises(Missing):
        searching.item("nothing", DAY)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"groups": []}', '{"groups": 7}'])
def test_broken_words_leave_the_search_of_the_items_own_texts(world, monkeypatch, tmp_path, content):
    (tmp_path / "synonyms.json").write_text(content, "utf-8")
    monkeypatch.setattr(indexing, "folder", lambda: tmp_path)

    assert codes("离婚登记")[0] == "QG-069"
    assert codes("身份证换领")[0] == make.RENEW


@pytest.mark.parametrize("name", ["build", "rank", "why", "understand"])
def test_whatever_fails_plain_search_answers(world, monkeypatch, name):
    def broken(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(indexing if name == "build" else searching, name, broken)

    assert codes("身份证换领") == [make.RENEW]
    assert codes("JX-P-0001") == [make.RENEW]


def test_words_count_as_soon_as_they_are_written(world, monkeypatch, tmp_path):
    known = json.loads((indexing.folder() / "synonyms.json").read_text("utf-8"))
    for name in ("synonyms.json", "traditional.json"):
        (tmp_path / name).write_text((indexing.folder() / name).read_text("utf-8"), "utf-8")
    monkeypatch.setattr(indexing, "folder", lambda: tmp_path)
    assert "QG-069" not in codes("劳燕分飞")

    known["phrases"].append({"items": ["QG-069"], "kind": "old", "said": ["劳燕分飞"]})
    (tmp_path / "synonyms.json").write_text(json.dumps(known, ensure_ascii=False), "utf-8")

    assert codes("劳燕分飞")[0] == "QG-069"


def test_threads_share_one_index(world):
    have = indexing.built(DAY)
    results = []
    index = have.index
    assert index
    query = search.understand("护照过期", index.words, have.places)
    threads = [threading.Thread(target=lambda: results.append(search.rank(query, index))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 8
    assert all(result == results[0] for result in results)


def test_the_evaluation_compares_and_beats_the_plain_searches(world):
    judged = [each for each in evaluation.read(DATA / "search" / "judged.csv") if not each.frozen][::8]

    ranked = evaluation.evaluate(tuple(judged), DAY)

    ours = ranked.result("tongban", lambda _: True)
    assert len(ranked.places) == 6
    for name in ranked.places.keys() - {"tongban"}:
        other = ranked.result(name, lambda _: True)
        assert ours.five > other.five
        assert ours.mrr > other.mrr


def test_a_large_catalogue_is_made_up_and_stored_nowhere(world):
    before = Item.objects.count()

    measured = synthetic.measure(2_000, ["身份证丢了", "赣州开店"], DAY)

    assert measured.implementations == 2_000
    assert len(measured.times) == 2
    assert Item.objects.count() == before

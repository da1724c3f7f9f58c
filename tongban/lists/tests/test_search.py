"""The search over the real catalogue: kept while nothing changes, and never worse than plain search."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest

from tongban.catalogue.models import Item
from tongban.catalogue.tests.make import DATA
from tongban.lib.refusals import Missing
from tongban.lists.queries import evaluation, indexing, synthetic
from tongban.lists.queries import search as searching
from tongban.lists.queries.search import Filters
from tongban.lists.rules import search
from tongban.lists.tests import make

DAY = make.MONDAY.date()


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
    assert all(hit.here == hit.found.complete for hit in answer.hits)
    assert searching.search("身份证", DAY).hits[0].here is None


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

"""Loading and finding items."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.db.models import F

from tongban.catalogue import actions, queries
from tongban.catalogue.models import Item, Revision
from tongban.catalogue.tests.make import DATA
from tongban.lib.refusals import Missing, Refused

DAY = date(2026, 6, 1)


@pytest.fixture
def loaded(db):
    return actions.load(DATA / "items")


@pytest.fixture
def copy(tmp_path) -> Path:
    """Return a copy of the data that a test may change."""
    for name in ("laws.json", "procedures.json", "themes.json"):
        shutil.copy(DATA / name, tmp_path)
    shutil.copytree(DATA / "items", tmp_path / "items")
    return Path(tmp_path, "items")


def test_every_item_and_every_entry_of_the_national_list_is_loaded(loaded):
    assert loaded.revisions >= 12
    assert Item.objects.exclude(entry={}).count() == loaded.entries


def test_loading_again_changes_nothing(loaded):
    before = list(Revision.objects.order_by("pk").values_list("pk", "sha256"))

    assert actions.load(DATA / "items").revisions == 0
    assert list(Revision.objects.order_by("pk").values_list("pk", "sha256")) == before


def test_a_published_revision_cannot_be_changed(loaded, copy):
    path = copy / "id-card-renew.json"
    content = json.loads(path.read_text("utf-8"))
    content["fee"]["amount_cny"] = "999"
    path.write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(Refused) as refused:
        actions.load(copy)

    assert (refused.value.code, refused.value.params["key"]) == ("revision.published", "JX-P-0001@1")


def test_a_new_number_is_in_force_from_its_day_and_the_old_one_stays(loaded, copy):
    path = copy / "id-card-renew.json"
    content = json.loads(path.read_text("utf-8"))
    content.update(revision=2, valid_from="2026-07-01")
    path.write_text(json.dumps(content), encoding="utf-8")
    actions.load(copy)

    assert queries.in_force("JX-P-0001", date(2026, 6, 30)).number == 1
    assert queries.in_force("JX-P-0001", date(2026, 7, 1)).number == 2


@pytest.mark.parametrize(
    "typed", ["身份证 换领", "换身份证", "sfz", "JX-P-0001", "jx-p-0001", "shenfenzheng", "identity"]
)
def test_an_item_is_found_by_words_everyday_names_pinyin_initials_code_and_english(loaded, typed):
    assert "JX-P-0001" in {found.code for found in queries.search(typed, DAY)}


def test_what_can_be_received_comes_before_what_is_only_listed(loaded):
    found = queries.search("证", DAY, limit=100)

    assert [each.complete for each in found] == sorted((each.complete for each in found), reverse=True)
    assert {each.complete for each in found} == {True, False}


def test_equals_keep_their_order_wherever_their_rows_lie(loaded):
    before = [found.code for found in queries.search("", DAY, limit=500)]
    # A row that is written again lies behind all others.
    for code in before[::2]:
        Item.objects.filter(code=code).update(illustrative=F("illustrative"))

    assert [found.code for found in queries.search("", DAY, limit=500)] == before


def test_where_nothing_is_typed_items_stand_in_the_catalogues_order(loaded):
    codes = [found.code for found in queries.search("", DAY, limit=500) if found.complete]

    assert codes[0] == "JX-P-0001"
    assert codes == sorted(codes)


def test_a_listed_item_that_is_complete_is_shown_once(loaded):
    names = [found.name.zh for found in queries.search("居民身份证换领", DAY, limit=100)]

    assert names.count("居民身份证换领") == 1


def test_an_item_that_nobody_published_is_missing(loaded):
    with pytest.raises(Missing):
        queries.in_force("QG-009", DAY)
    with pytest.raises(Missing):
        queries.in_force("JX-P-0001", date(2020, 1, 1))


def test_finding_sends_two_statements_however_much_is_found(loaded, cost):
    assert cost(lambda: queries.search("", DAY, limit=100)) == cost(lambda: queries.search("sfz", DAY)) == 2

"""The judged queries are what their README says, and the frozen ones as they were first written."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter
from itertools import pairwise

import pytest

from tongban.catalogue.tests.make import DATA

FROZEN = 110
KINDS = {
    *("phrase", "question", "synonym", "pinyin", "initials"),
    *("typo", "english", "traditional", "part", "place"),
}
FOLDER = DATA / "search"


def _rows() -> list[dict[str, str]]:
    with (FOLDER / "judged.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names() -> dict[str, str]:
    """Return the Chinese name of every item that may be expected."""
    with (DATA / "items" / "national.csv").open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name_zh"] for row in csv.DictReader(file)}
    contents = [json.loads(path.read_text("utf-8")) for path in (DATA / "items").glob("*.json")]
    return names | {content["code"]: content["name"]["zh"] for content in contents}


def _expected(row: dict[str, str]) -> list[str]:
    return row["expected"].split("|")


def _pairs(text: str) -> set[str]:
    """Return every two neighbouring Chinese characters."""
    runs = re.findall(r"[\u3400-\u9fff]+", text)
    return {first + second for run in runs for first, second in pairwise(run)}


def _sets() -> list[list[dict[str, str]]]:
    rows = _rows()
    return [[row for row in rows if row["set"] == name] for name in ("frozen", "open")]


def test_the_frozen_rows_are_the_ones_first_written():
    lines = (FOLDER / "judged.csv").read_bytes().splitlines(keepends=True)[: FROZEN + 1]
    digest = hashlib.sha256(b"".join(lines)).hexdigest()

    assert digest in (FOLDER / "README.md").read_text("utf-8")
    assert [row["set"] == "frozen" for row in _rows()] == [n < FROZEN for n in range(len(_rows()))]


def test_ids_count_on_and_no_query_comes_twice():
    rows = _rows()

    assert [row["id"] for row in rows] == [f"Q{number:03d}" for number in range(1, len(rows) + 1)]
    assert len({row["query"].lower() for row in rows}) == len(rows) >= 320


def test_every_column_holds_what_it_may():
    rows = _rows()

    assert {row["kind"] for row in rows} == KINDS
    assert {row["set"] for row in rows} == {"frozen", "open"}
    assert {row["person"] for row in rows} == {"0", "1"}
    assert all(row["query"] == row["query"].strip() and row["note"] for row in rows)


def test_every_expected_item_is_in_the_data_and_named_once():
    names = _names()

    for row in _rows():
        codes = _expected(row)
        assert set(codes) <= names.keys(), row["id"]
        assert 1 <= len(codes) == len(set(codes)) <= 6, row["id"]


def test_shares_says_whether_letters_alone_could_find_it():
    names = _names()

    for row in _rows():
        shared = _pairs(row["query"]) & {pair for code in _expected(row) for pair in _pairs(names[code])}
        assert row["shares"] == str(int(bool(shared))), (row["id"], shared)


@pytest.mark.parametrize("written", [r"", r"[\u3400-\u9fff]{2}"], ids=["all", "in-chinese"])
def test_half_of_each_set_shares_nothing_with_the_names(written):
    for rows in _sets():
        chosen = [row for row in rows if re.search(written, row["query"])]
        assert 2 * sum(row["shares"] == "0" for row in chosen) >= len(chosen)


def test_the_queries_are_spread_over_the_items():
    rows = _rows()
    places = [row for row in rows if row["kind"] == "place"]

    assert max(Counter(_expected(row)[0] for row in rows).values()) <= 8
    assert len({code for row in rows for code in _expected(row)}) >= 70
    assert len(places) >= 12

"""The data of the lists, the batches, the life events and the normative documents agree with the items."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest

from tongban.catalogue.tests.make import DATA


def _read(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _shown() -> dict[str, str]:
    """Return each item that the catalogue shows, with the national row that it stands for."""
    contents = [json.loads(path.read_text("utf-8")) for path in (DATA / "items").glob("*.json")]
    complete = {content["code"]: content.get("national_code", "") for content in contents}
    rows = {row["code"] for row in _read("items/national.csv")} - set(complete.values())
    return complete | {code: code for code in rows}


@pytest.mark.parametrize("name", ["national", "province"])
def test_every_entry_names_an_item_once_and_a_batch_of_its_list(name):
    shown = _shown()
    entries = _read(f"lists/{name}.csv")
    batches = {row["code"]: row for row in _read("lists/batches.csv") if row["list"] == name}

    assert len({row["item"] for row in entries}) == len(entries)
    for row in entries:
        assert row["list"] == name
        assert row["national_code"] == shown[row["item"]]
        limit = batches[row["batch"]]["deadline"]
        assert not limit or date.fromisoformat(row["deadline"]) <= date.fromisoformat(limit)


def test_every_entry_has_its_unit_modes_evidence_source_and_trust():
    for row in [*_read("lists/national.csv"), *_read("lists/province.csv")]:
        assert all(row[key] for key in ("unit_zh", "unit_en", "source")), row["item"]
        assert set(row["modes"].split("|")) <= {"online", "counter", "window", "joint"}
        assert row["direction"] in {"both", "in", "out"}
        assert row["evidence"] in {"found", "group-found", "topic-found", "derived", "recalled"}
        assert row["trust"] in {"F", "P", "R"}


def test_every_cross_province_item_is_on_the_provincial_list():
    national = {row["item"] for row in _read("lists/national.csv")}

    assert national <= {row["item"] for row in _read("lists/province.csv")}
    assert len(national) == len(_read("items/national.csv"))


def test_life_events_name_items_of_the_catalogue_in_two_languages():
    events = json.loads((DATA / "catalogue" / "life_events.json").read_text("utf-8"))

    assert len({event["code"] for event in events}) == len(events)
    assert {event["subject"] for event in events} == {"person", "company"}
    for event in events:
        assert all(event[key][language] for key in ("name", "line") for language in ("zh", "en"))
        assert set() < set(event["items"]) <= _shown().keys(), event["code"]
        assert len(set(event["items"])) == len(event["items"])
        assert event["source"]
        assert event["illustrative"]


def test_normative_documents_are_marked_as_made_up():
    rows = _read("lists/normative.csv")

    assert {row["action"] for row in rows} == {"write", "amend", "repeal", "interpret"}
    for row in rows:
        assert row["illustrative"] == "yes"
        assert row["title_zh"].startswith("（示例）")
        assert row["state"] in {"open", "drafting", "review", "done"}
        assert (row["state"] == "done") == bool(row["settled_on"])
        assert date.fromisoformat(row["due"]).isoformat() == row["due"]
        assert set(row["items"].split("|")) <= _shown().keys()

"""The open interface as machines meet it."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import timezone

from tongban.cases import actions
from tongban.cases.rules import lifecycle
from tongban.cases.tests import make
from tongban.catalogue import actions as revising
from tongban.catalogue import queries as catalogue


@pytest.fixture
def world(db):
    make.data()


@pytest.fixture
def receipt(world):
    clerk = make.clerk()
    draft = actions.start(
        catalogue.in_force(make.RENEW, make.MONDAY.date()), by=clerk, at=make.MONDAY, data=make.typed()
    )
    return actions.receive(draft.id, by=clerk, at=make.MONDAY)


def post(client: Client, reference: str, code: str):
    body = json.dumps({"reference": reference, "code": code})
    return client.post("/api/track", body, content_type="application/json")


def test_items_are_listed_the_complete_ones_first(client, world):
    found = client.get("/api/items").json()

    assert found[0]["complete"]
    assert not found[-1]["complete"]
    assert found[0]["name"]["zh"]
    assert {each["code"] for each in client.get("/api/items", {"q": "身份证"}).json()} >= {make.RENEW}


def test_a_suspended_item_says_so_in_the_list(client, world):
    now, market = timezone.now(), "360000-market-supervision"
    editor, approver = (make.clerk(market, role, name=role) for role in ("edit-items", "approve-items"))
    why = {"zh": "示例", "en": "An example"}
    row = revising.propose_change(
        make.FOOD, "suspend", timezone.localdate(now), why, "1号", by=editor, at=now
    )
    revising.approve_change(row.id, by=approver, at=now)

    stands = {each["code"]: each["standing"] for each in client.get("/api/items").json()}

    assert stands.pop(make.FOOD) == "suspended"
    assert set(stands.values()) == {"open"}


def test_an_item_is_told_whole_but_for_what_is_internal(client, world):
    told = client.get(f"/api/items/{make.RENEW}").json()
    rule = catalogue.in_force(make.RENEW, make.MONDAY.date()).rule

    assert told["code"] == make.RENEW
    assert len(told["content"]["materials"]) == len(rule.materials)
    assert {each["code"] for each in told["content"]["sources"]} == set(rule.sources)
    assert told["content"]["promised"] == {"days": rule.promised.days, "unit": rule.promised.unit}
    assert {"copy_sheet", "documents", "receiving_rules", "signed_off_by"}.isdisjoint(told["content"])


def test_every_complete_item_fits_the_promise(client, world):
    codes = [each["code"] for each in client.get("/api/items").json() if each["complete"]]

    assert codes
    assert {client.get(f"/api/items/{code}").status_code for code in codes} == {200}


def test_an_unknown_item_is_missing_in_json(client, world):
    answer = client.get("/api/items/nothing")

    assert answer.status_code == 404
    assert answer.json()["message"]


def test_the_lifecycle_is_the_table(client, db):
    told = client.get("/api/lifecycle").json()

    assert [step["verb"] for step in told["steps"]] == [step.verb for step in lifecycle.STEPS]
    assert set(told["final"]) == {"closed", "withdrawn", "lapsed"}


def test_a_case_is_told_to_whoever_holds_its_code_and_nothing_about_people(client, receipt):
    answer = post(client, receipt.reference, receipt.code.lower())

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    told = answer.json()
    assert (told["reference"], told["state"]) == (receipt.reference, "received")
    assert told["offered_to"]["zh"]
    assert told["due_on"]
    assert "申请人" not in answer.content.decode()


def test_a_wrong_code_looks_like_a_wrong_number_and_is_throttled(client, receipt):
    wrong = post(client, receipt.reference, "0000-0000-00000")
    nothing = post(client, "360111-20260601-00000000X", receipt.code)
    assert (wrong.status_code, wrong.content) == (nothing.status_code, nothing.content)
    assert wrong.status_code == 404

    for _ in range(9):
        post(client, receipt.reference, "0000-0000-00000")
    refused = post(client, receipt.reference, receipt.code)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) <= 15 * 60


def test_words_without_end_are_not_looked_up(client, receipt):
    assert post(client, "1" * 100_000, "x").status_code == 422
    assert client.get("/api/items", {"q": "长" * 100}).status_code == 422
    # What no database holds is left out, as in every address (lib.typed).
    spoilt, plain = (client.get("/api/items", {"q": f"JX-P-{mark}0001"}) for mark in ("\x00", ""))
    assert spoilt.json() == plain.json() != []
    assert client.get("/api/items/%00").status_code == 404


def test_the_description_is_served_and_no_page_that_would_load_from_elsewhere(client, db):
    described = client.get("/api/openapi.json").json()

    assert set(described["paths"]) == {
        "/api/items",
        "/api/items/{code}",
        "/api/items/{code}/revisions/{number}",
        "/api/lifecycle",
        "/api/track",
    }
    assert client.get("/api/docs").status_code == 404


def test_a_page_of_items_costs_the_same_however_many_there_are(client, world, cost):
    client.get("/api/items")

    assert cost(lambda: client.get("/api/items")) == cost(lambda: client.get("/api/items?q=身份证")) <= 3


def test_every_revision_keeps_its_address(client, world):
    current = client.get(f"/api/items/{make.RENEW}").json()

    assert client.get(f"/api/items/{make.RENEW}/revisions/1").json() == current
    assert client.get(f"/api/items/{make.RENEW}/revisions/2").status_code == 404

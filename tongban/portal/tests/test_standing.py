"""Old addresses lead on; a suspended item says so; what stands beside a guide is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tongban.cases.tests import make
from tongban.catalogue import actions

WHY = {"zh": "系统升级", "en": "The system is renewed"}
MARKET, FOOD = "360000-market-supervision", make.FOOD

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def let(world):
    editor, approver = (make.clerk(MARKET, role, name=role) for role in ("edit-items", "approve-items"))

    def hold(kind, **more):
        now = timezone.now()
        row = actions.propose_change(FOOD, kind, timezone.localdate(), WHY, "1号", by=editor, at=now, **more)
        actions.approve_change(row.id, by=approver, at=now)

    return hold


def test_an_ended_item_leads_on_to_its_only_successor_for_good(client, let):
    let("merge", successors=["JX-P-0004"])

    answer = client.get(f"/items/{FOOD}/")

    assert (answer.status_code, answer["Location"]) == (301, "/items/JX-P-0004/")


def test_one_with_several_successors_shows_them(client, let):
    let("split", successors=["JX-P-0004", "JX-P-0008"])

    page = client.get(f"/items/{FOOD}/")

    assert page.status_code == 200
    assert 'href="/items/JX-P-0004/"' in page.content.decode()
    assert 'href="/items/JX-P-0008/"' in page.content.decode()


def test_one_without_a_successor_is_gone(client, let):
    let("end")

    assert client.get(f"/items/{FOOD}/").status_code == 410
    assert f"/items/{FOOD}/" not in client.get("/items/").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_suspended_item_says_why_and_until_when(client, let, language):
    until = timezone.localdate() + timedelta(days=9)
    let("suspend", until=until)
    client.cookies["django_language"] = language

    page = client.get(f"/items/{FOOD}/").content.decode()

    assert WHY["zh" if language == "zh-hans" else "en"] in page
    assert f'datetime="{until.isoformat()}"' in page
    assert {"zh-hans": "暂停办理", "en": "Suspended"}[language] in client.get("/items/").content.decode()


def test_an_address_that_never_was_is_nothing(client):
    assert client.get("/items/no-such/").status_code == 404


def test_implementing_rules_stand_beside_the_guide(client):
    client.cookies["django_language"] = "en"

    page = client.get(f"/items/{FOOD}/").content.decode()

    assert "(Example) Implementing rules for food business licences" in page
    assert "illustrative" in page

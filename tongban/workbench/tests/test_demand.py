"""The workbench's page of demand, and the window's search that understands more than names."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tongban.cases.tests import make
from tongban.lists.actions import demand
from tongban.lists.actions.demand import Wanted
from tongban.lists.rules.demand import Kind
from tongban.notices.tests import make as notices
from tongban.workbench.tests import window_world as world
from tongban.workbench.tests.desk_world import browser


@pytest.fixture
def client(db):
    make.data()
    return world.window_clerk()[0]


def test_the_most_wanted_stands_first_by_place_and_period(client, cost):
    today = timezone.localdate()
    demand.count(Wanted(today, "", Kind.OPENED, item="JX-P-0001"))
    demand.count(Wanted(today, "360700", Kind.TURNED_AWAY, item="QG-008"))

    page = client.get(reverse("workbench:demand")).content.decode()
    assert page.index("QG-008") < page.index("JX-P-0001")
    there = client.get(reverse("workbench:demand"), {"place": "360700", "days": "7"}).content.decode()
    assert "QG-008" in there
    assert "JX-P-0001" not in there
    assert client.get(reverse("workbench:demand"), {"place": "x", "days": "x"}).status_code == 200


def test_what_is_wanted_is_proposed_for_the_next_batch_by_those_who_keep_the_lists(client):
    demand.count(Wanted(timezone.localdate(), "", Kind.WISHED, item="QG-008"))
    keeper = browser(make.clerk("360000-service-centre", "propose-lists", name="keeper"))
    link = f'href="{reverse("workbench:list-propose", args=["province", "QG-008", "list"])}"'

    assert link in keeper.get(reverse("workbench:demand")).content.decode()
    assert link not in client.get(reverse("workbench:demand")).content.decode()


def test_staff_see_how_many_wait_to_be_told_and_never_who(client, settings):
    settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL = "smtp://mail.example", "notices@tongban.example"
    for number in range(3):
        notices.watching(f"applicant.{number}@example.cn", item="JX-P-0004", at=timezone.now())
    page = client.get(reverse("workbench:demand")).content.decode()

    row = page[page.index("JX-P-0004") :]
    assert 'data-label="等通知">3<' in row[: row.index("</tr>")]
    assert "example.cn" not in page


def test_the_window_understands_everyday_words_and_keeps_its_order(client):
    results = client.get(reverse("workbench:items-json"), {"q": "身份证搞丢了"}).json()["results"]
    assert "JX-P-0002" in [each["value"] for each in results]

    first = client.get(reverse("workbench:items-json"), {"q": "身份证换"}).json()["results"][0]
    assert first["value"] == "JX-P-0001"

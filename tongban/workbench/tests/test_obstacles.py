"""What could not be done: recorded where it happens, answered by who owns it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tongban.cases.models import Obstacle
from tongban.cases.tests import make
from tongban.papers.models import Counter
from tongban.workbench.tests import window_world as world

NEW = "/desk/window/obstacles/new"


@pytest.fixture
def at_window(db):
    make.data()
    return world.window_clerk()


def record(client, query: str = "", **changes: str):
    fields = {"cause": "system-down", "text": "系统停用", "owner": "360111-service-centre", **changes}
    return client.post(f"{NEW}{query}", fields)


def test_it_is_recorded_with_a_cause_an_owner_and_a_day(at_window):
    client, _ = at_window
    answer = record(client, f"?item={make.RENEW}")
    row = Obstacle.objects.get()
    assert answer["Location"] == reverse("workbench:obstacle", args=[row.id])
    assert (row.item, row.owner_id) == (make.RENEW, "360111-service-centre")
    page = client.get(reverse("workbench:obstacles")).content.decode()
    assert str(row.id) in page
    assert "居民身份证换领" in page


def test_a_page_that_is_sent_twice_is_recorded_once(at_window):
    client, clerk = at_window
    part = make.received(clerk)
    for query in ("", f"?part={part.id}"):
        key = client.get(f"{NEW}{query}").content.decode().split('name="key" value="', 1)[1].split('"', 1)[0]

        first, second = (record(client, query, key=key) for _ in range(2))

        assert first["Location"] == second["Location"] == reverse("workbench:obstacle", args=[key])
    assert Obstacle.objects.count() == 2
    assert Counter.objects.get(kind="obstacle").last == 2


@pytest.mark.parametrize(
    "changes", [{"cause": "x"}, {"text": ""}, {"text": "长" * 5000}, {"owner": "360702-police"}]
)
def test_what_is_missing_or_not_offered_is_said_and_nothing_recorded(at_window, changes):
    assert record(at_window[0], **changes).status_code == 422
    assert not Obstacle.objects.exists()


def test_about_a_case_the_deciding_body_has_to_answer(at_window):
    client, clerk = at_window
    part = make.received(clerk)
    record(client, f"?part={part.id}", owner="360702-police")
    row = Obstacle.objects.get()
    officer = make.clerk("360702-police", "handle", name="officer")
    desk = world.signed_in(officer, "officer")
    url = reverse("workbench:obstacle", args=[row.id])
    assert client.post(url, {"text": "已恢复"}).status_code == 403
    assert desk.post(url, {"text": ""}).status_code == 422
    assert desk.post(url, {"text": "已恢复"})["Location"] == url
    assert "已恢复" in client.get(url).content.decode()
    assert desk.post(url, {"text": "再答"}).status_code == 409


def test_about_a_draft_whose_place_is_known_its_body_can_be_named(at_window):
    client, _ = at_window
    draft = world.begun(client)
    client.post(world.url("save", draft), {**world.typed(), **world.version(client, draft)})
    assert "360702-police" in client.get(f"{NEW}?draft={draft}").content.decode()


def test_what_one_may_not_know_of_is_not_there(at_window):
    client, clerk = at_window
    part = make.received(clerk)
    draft = world.begun(client)
    record(client)
    other, _ = world.window_clerk("360402")
    for query in (f"?part={part.id}", f"?draft={draft}", "?item=nothing", "?part=x"):
        assert other.get(f"{NEW}{query}").status_code == 404, query
    assert other.get(reverse("workbench:obstacle", args=[Obstacle.objects.get().id])).status_code == 404
    assert str(Obstacle.objects.get().id) not in other.get(reverse("workbench:obstacles")).content.decode()


def test_the_list_costs_the_same_however_long_it_is(at_window, cost):
    client, _ = at_window
    record(client)
    client.get(reverse("workbench:obstacles"))
    one = cost(lambda: client.get(reverse("workbench:obstacles")))
    for _ in range(5):
        record(client)
    assert cost(lambda: client.get(reverse("workbench:obstacles"))) == one <= 6

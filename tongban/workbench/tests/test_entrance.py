"""Signing in and out, choosing a post, practising."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tongban.cases.models import Attempt
from tongban.cases.tests import make
from tongban.lib.actors import System
from tongban.people import actions as people
from tongban.people import queries as accounts
from tongban.places import actions as places
from tongban.workbench.sign_in import PRACTICE, SESSION
from tongban.workbench.tests.desk_world import browser, url
from tongban.workbench.tests.window_world import PASSWORD, signed_in

SIGN_IN = "/desk/sign-in"


@pytest.fixture
def clerk(db):
    make.data()
    return make.clerk("360111-service-centre", "receive", name="clerk")


def try_in(username: str, password: str, client: Client | None = None, **more: str):
    return (client or Client()).post(SIGN_IN, {"username": username, "password": password, **more})


def test_who_works_at_one_post_is_at_work_at_once(clerk):
    client = Client()
    answer = try_in("clerk", PASSWORD, client)
    assert answer["Location"] == reverse("workbench:start")
    assert client.get(answer["Location"])["Location"] == reverse("workbench:window")


def test_an_officers_work_begins_at_the_desk(clerk):
    make.clerk("360702-police", "handle", name="officer")
    client = Client()
    try_in("officer", PASSWORD, client)
    assert client.get(reverse("workbench:start"))["Location"] == reverse("workbench:desk", args=["in-hand"])


@pytest.mark.parametrize(
    ("username", "password"), [("clerk", "wrong"), ("nobody", PASSWORD), ("CLERK", PASSWORD)]
)
def test_what_is_wrong_says_the_same_whatever_it_is(clerk, username, password):
    answer = try_in(username, password)
    assert answer.status_code == 422
    assert "用户名与密码不匹配" in answer.content.decode()
    assert password not in answer.content.decode()


def test_ten_wrong_passwords_close_the_door_even_for_the_right_one(clerk):
    for _ in range(10):
        try_in("clerk", "wrong")
    answer = try_in("clerk", PASSWORD)
    assert answer.status_code == 422
    assert "尝试次数过多" in answer.content.decode()


def test_a_closed_account_and_one_without_a_post_do_not_get_in(clerk):
    people.create_account("idle", "员工乙", PASSWORD)
    assert "没有岗位" in try_in("idle", PASSWORD).content.decode()
    people.close_account(accounts.by_username("clerk").id)
    assert try_in("clerk", PASSWORD).status_code == 422


def test_several_posts_are_chosen_from(clerk):
    second = places.appoint(
        account=clerk.account,
        body="360402-service-centre",
        roles=["receive"],
        since=make.MONDAY.date(),
        by=System("test"),
        at=make.MONDAY,
    )
    client = Client()
    assert try_in("clerk", PASSWORD, client)["Location"] == reverse("workbench:choose-post")
    assert SESSION not in client.session
    page = client.get(reverse("workbench:choose-post")).content.decode()
    assert str(second.id) in page
    client.post(reverse("workbench:choose-post"), {"post": str(second.id)})
    assert client.session[SESSION]["post"] == str(second.id)


def test_a_post_of_somebody_else_cannot_be_chosen(clerk):
    other = make.clerk("360402-service-centre", "receive", name="other")
    client = signed_in(clerk, "clerk")
    client.post(reverse("workbench:choose-post"), {"post": str(other.post)})
    assert client.session[SESSION]["post"] == str(clerk.post)
    assert Client().get(reverse("workbench:choose-post"))["Location"] == SIGN_IN


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [("/desk/window/drafts", "/desk/window/drafts"), ("https://elsewhere.example/", "/desk/")],
)
def test_one_gets_back_to_where_one_wanted_to_go_but_never_elsewhere(clerk, wanted, leads):
    assert try_in("clerk", PASSWORD, next=wanted)["Location"] == leads


def test_signing_out_ends_the_session(clerk):
    client = signed_in(clerk, "clerk")
    assert client.get(reverse("workbench:sign-out")).status_code == 405
    copied = Client()
    copied.cookies["sessionid"] = client.cookies["sessionid"].value
    assert copied.get(reverse("workbench:desk")).status_code == 200
    client.post(reverse("workbench:sign-out"))
    assert copied.get(reverse("workbench:desk")).status_code == 302
    assert client.get(reverse("workbench:window")).status_code == 302


def test_a_session_ended_by_the_account_is_over(clerk):
    client = signed_in(clerk, "clerk")
    people.end_sessions(clerk.account)
    assert client.get(reverse("workbench:window")).status_code == 302


def test_practice_is_switched_on_and_off_and_shown_everywhere(clerk):
    client = signed_in(clerk, "clerk")
    client.post(reverse("workbench:switch-practice"), {"on": "1"})
    assert client.session[PRACTICE]
    for name in ("window", "drafts", "obstacles", "practice"):
        assert "banner--practice" in client.get(reverse(f"workbench:{name}")).content.decode(), name
    assert client.get(reverse("workbench:practice")).content.decode().count('name="code"') == 3
    client.post(reverse("workbench:switch-practice"), {"on": "0"})
    assert "banner--practice" not in client.get(reverse("workbench:window")).content.decode()


def test_the_cast_signs_in_without_a_password_in_a_demonstration_only(clerk, settings):
    from demo import cast

    _role, username, _hint = cast()[0]
    make.clerk("360111-service-centre", "receive", name=username)
    assert Client().post("/desk/sign-in/as", {"username": username})["Location"] == SIGN_IN
    settings.DEMO = True
    assert username in Client().get(SIGN_IN).content.decode()
    answer = Client().post("/desk/sign-in/as", {"username": username})
    assert answer["Location"] == reverse("workbench:start")
    assert Client().post("/desk/sign-in/as", {"username": "clerk"})["Location"] == SIGN_IN


def test_signing_in_costs_few_statements(clerk, cost):
    assert cost(lambda: try_in("clerk", PASSWORD)) <= 4
    assert cost(lambda: Client().get(SIGN_IN)) == 0


def test_the_moment_of_the_next_try_is_said(clerk):
    for _ in range(10):
        try_in("clerk", "wrong")
    answer = try_in("clerk", "wrong")
    until = timezone.localtime(Attempt.objects.all()[0].until).strftime("%H:%M")
    assert until in answer.content.decode()


def test_where_nothing_is_staff_find_back_and_can_look_for_a_case_and_learn_no_more(db):
    make.data()
    window, stranger = make.clerk(), make.clerk("360402-police", "handle")
    part = make.received(window)
    here = browser(stranger)

    pages = [
        here.get(address)
        for address in (url(part.id), url(uuid4()), "/desk/nothing/of/the/kind", "/desk/papers/x")
    ]

    said = [re.sub(r'value="[^"]+"', "", each.content.decode()).split("<main")[1] for each in pages]
    assert {each.status_code for each in pages} == {404}
    assert len(set(said)) == 1
    assert 'action="/desk/search"' in said[0]
    assert 'href="/desk/"' in said[0]
    assert pages[0].headers["Cache-Control"] == pages[1].headers["Cache-Control"]


def test_nobody_who_is_not_at_work_learns_which_addresses_there_are(client, db):
    for address in ("/desk/nothing/of/the/kind", url(uuid4())):
        assert client.get(address).headers["Location"].startswith("/desk/sign-in?next=")

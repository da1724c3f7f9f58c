from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tongban.lib.ids import new_id
from tongban.lib.refusals import Invalid, Missing
from tongban.people.tests import make as people
from tongban.places import actions, queries
from tongban.places.models import Post, Window
from tongban.places.rules import ROLES, Role
from tongban.places.tests import make

pytestmark = pytest.mark.django_db
TODAY = make.MONDAY.date()


@pytest.fixture(autouse=True)
def _world():
    make.places()


def _appoint(**changes: Any) -> Post:
    values: dict[str, Any] = {"body": "360702-police", "roles": [Role.HANDLE], "since": TODAY, **changes}
    values.setdefault("account", people.account().id)
    return actions.appoint(**values, by=make.OPERATOR, at=make.MONDAY)


def test_a_post_tells_the_trail_by_codes_only():
    post = _appoint(roles=[Role.REVIEW, Role.HANDLE, Role.HANDLE], title=" 民警 ")

    assert (post.roles, post.title) == (["handle", "review"], "民警")
    assert make.told("places.post.appoint") == [
        {
            "subject": f"post:{post.id}",
            "account": str(post.account_id),
            "body": "360702-police",
            "roles": "handle,review",
            "since": "2026-03-02",
            "until": None,
        }
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"roles": []}, "post.role-unknown"),
        ({"roles": ["rule"]}, "post.role-unknown"),
        ({"until": date(2026, 3, 1)}, "post.ends-before-it-begins"),
        ({"window": "nowhere"}, "post.window-closed"),
        ({"title": "长" * 61}, "text.too-long"),
    ],
)
def test_an_impossible_post_is_refused(changes, code):
    with pytest.raises(Invalid) as refused:
        _appoint(**changes)

    assert refused.value.code == code
    assert not Post.objects.exists()


def test_nobody_is_put_at_a_closed_window():
    Window.objects.filter(code=make.WINDOW).update(active=False)

    with pytest.raises(Invalid):
        _appoint(window=make.WINDOW)


@pytest.mark.parametrize("changes", [{"account": new_id()}, {"body": "nowhere"}])
def test_an_account_and_a_body_must_exist(changes):
    with pytest.raises(Missing):
        _appoint(**changes)


def test_a_post_ends_with_its_last_day():
    post = _appoint()
    actions.end_post(post.id, TODAY, by=make.OPERATOR, at=make.MONDAY)

    assert queries.post(post.id, on=TODAY).clerk.post == post.id
    assert queries.posts_of(post.account_id, TODAY + timedelta(1)) == []
    assert [facts["until"] for facts in make.told("places.post.end")] == ["2026-03-02"]


def test_a_post_does_not_end_before_it_began():
    post = _appoint()

    with pytest.raises(Invalid):
        actions.end_post(post.id, TODAY - timedelta(1), by=make.OPERATOR, at=make.MONDAY)
    with pytest.raises(Missing):
        actions.end_post(new_id(), TODAY, by=make.OPERATOR, at=make.MONDAY)


def test_the_words_for_roles_are_nine():
    lists, items = {"propose-lists", "review-lists"}, {"edit-items", "approve-items"}

    assert {"receive", "handle", "review", "approve", "supervise"} | lists | items == ROLES

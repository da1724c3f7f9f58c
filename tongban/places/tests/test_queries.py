from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongban.lib.ids import new_id
from tongban.lib.refusals import Missing
from tongban.people import actions as people_actions
from tongban.people.tests import make as people
from tongban.places import actions, queries
from tongban.places.rules import Level, Role
from tongban.places.tests import make

pytestmark = pytest.mark.django_db
TODAY = make.MONDAY.date()


@pytest.fixture(autouse=True)
def _world():
    make.places()


def test_who_is_at_work_comes_in_one_statement():
    at = make.at_work("360102-service-centre", [Role.RECEIVE], make.WINDOW)
    with CaptureQueriesContext(
        connection,
    ) as sent:
        found = queries.post(at.clerk.post, on=TODAY)

    assert len(sent) == 1
    assert found == at
    assert found.clerk.roles == {"receive"}
    assert (found.clerk.region, found.clerk.window) == (make.DONGHU, make.WINDOW)
    assert found.window is not None
    assert found.window.special
    assert found.window.hall.name.zh == "东湖区政务服务大厅"
    assert str(found.place.name) == "东湖区"


def test_a_post_acts_for_the_sections_below_its_body():
    clerk = make.decider()

    assert clerk.bodies == {"360702-police", "360702-police-household"}


@pytest.mark.parametrize(("day", "held"), [(-1, False), (0, True), (10, True), (11, False)])
def test_a_post_is_held_from_its_first_day_to_its_last(day, held):
    account = people.account()
    first = TODAY
    last = first + timedelta(10)
    post = actions.appoint(
        account.id, "360702-police", [Role.HANDLE], first, until=last, by=make.OPERATOR, at=make.MONDAY
    )

    assert bool(queries.posts_of(account.id, first + timedelta(day))) is held
    if not held:
        with pytest.raises(Missing):
            queries.post(post.id, on=first + timedelta(day))


def test_nobody_works_with_a_closed_account():
    at = make.at_work("360702-police")
    people_actions.close_account(at.clerk.account)

    assert queries.posts_of(at.clerk.account, TODAY) == []
    with pytest.raises(Missing):
        queries.post(at.clerk.post, on=TODAY)


def test_a_post_that_does_not_exist_is_missing():
    with pytest.raises(Missing):
        queries.post(new_id(), on=TODAY)


def test_names_stay_behind_what_was_done_when_the_post_is_long_given_up():
    clerk = make.decider()
    actions.end_post(clerk.post, make.SINCE, by=make.OPERATOR, at=make.MONDAY)
    with CaptureQueriesContext(connection) as sent:
        names = queries.who({str(clerk), "applicant", "system:clock", f"post:{new_id()}", ""})

    assert names == {str(clerk): "经办人员甲"}
    assert len(sent) == 1
    assert queries.who({"applicant"}) == {}


def test_a_title_stands_beside_the_name():
    post = actions.appoint(
        people.account("工作人员乙").id,
        "360702-police",
        [Role.HANDLE],
        TODAY,
        title="民警",
        by=make.OPERATOR,
        at=make.MONDAY,
    )

    assert queries.who({f"post:{post.id}"}) == {f"post:{post.id}": "工作人员乙 · 民警"}


def test_a_window_is_asked_for_once():
    assert queries.window(make.WINDOW).hall.code == make.HALL
    with CaptureQueriesContext(connection) as sent:
        queries.window(make.WINDOW)

    assert ["places_placeload" in statement["sql"] for statement in sent] == [True]
    with pytest.raises(Missing):
        queries.window("nowhere")


def test_an_account_has_its_posts_in_the_order_in_which_they_began():
    account = people.account().id
    for body in ("360702-police", "360702-health"):
        make.at_work(body, account=account)

    assert [at.body.code for at in queries.posts_of(account, TODAY)] == ["360702-police", "360702-health"]


def test_questions_about_places_cost_one_cheap_statement_each():
    queries.directory_now()
    with CaptureQueriesContext(connection) as sent:
        queries.region(make.ZHANGGONG)
        queries.body("360702-police")
        queries.body_for("police", Level.COUNTY, make.ZHANGGONG)
        queries.ancestor(make.ZHANGGONG, Level.CITY)
        queries.bodies_below("360702-police")
        queries.regions_search("zgq")

    assert len(sent) == 6
    assert all("places_placeload" in statement["sql"] for statement in sent)


def test_a_load_is_seen_by_the_next_question(tmp_path):
    assert queries.region(make.ZHANGGONG).name.en == "Zhanggong District"
    text = (make.WORLD / "regions.csv").read_text(encoding="utf-8")
    (tmp_path / "regions.csv").write_text(text.replace("Zhanggong District", "Zhanggong"), encoding="utf-8")
    actions.load_regions(tmp_path / "regions.csv", by=make.OPERATOR, at=make.MONDAY)

    assert queries.region(make.ZHANGGONG).name.en == "Zhanggong"


def test_a_zone_has_a_hall_but_none_of_the_bodies_of_a_county():
    zone = "JXZ-3607-01"
    centre = queries.body_for("service-centre", Level.COUNTY, zone)

    assert centre is not None
    assert not queries.region(zone).verified
    assert queries.body_for("police", Level.COUNTY, zone) is None
    assert [hall.body_id for hall in queries.halls_in(zone)] == [centre.code]


def test_a_hall_shows_its_special_windows_first():
    assert [window.special for window in queries.windows_of(make.HALL)] == [True, False]
    assert queries.hall(make.HALL).body.name.en == "Donghu District Government Service Centre"
    with pytest.raises(Missing):
        queries.hall("nowhere")


def test_a_calendar_is_kept_under_its_version():
    make.calendar()
    version = queries.calendar_version()
    queries.calendar(version)
    with CaptureQueriesContext(connection) as sent:
        known = queries.calendar(version)

    assert not sent.captured_queries
    assert known.after(date(2025, 9, 29), 20).day == date(2025, 11, 3)
    assert known.known_until == date(2026, 12, 24)


def test_without_a_calendar_every_day_is_provisional():
    due = queries.calendar(0).after(TODAY, 5)

    assert (due.day, due.provisional) == (TODAY + timedelta(7), True)
    assert queries.calendar_version() == 0


def test_the_versions_can_be_asked_for_within_another_statement():
    make.calendar()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {queries.calendar_version_sql}, {queries.directory_version_sql}")
        versions = cursor.fetchone()

    assert versions == (queries.calendar_version(), queries.directory_version())

"""Who answers for a body: named and confirmed by itself, every quarter."""

from __future__ import annotations

from datetime import date

import pytest

from tongban.lib.refusals import Invalid, NotAllowed, Refused
from tongban.places import actions
from tongban.places.actions import Named
from tongban.places.queries import responsible as queries
from tongban.places.rules.responsible import Fresh, fresh
from tongban.places.tests import make
from tongban.places.tests.make import MONDAY, OPERATOR, told

POLICE = "360702-police"
ANN = Named("principal", "示范负责人一", "局长", "0000-0000000")


@pytest.fixture
def officer(db):
    make.places()
    return make.decider()


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-03-31", Fresh.CONFIRMED),
        ("2026-04-01", Fresh.DUE),
        ("2026-06-30", Fresh.DUE),
        ("2026-07-01", Fresh.STALE),
        ("2027-01-01", Fresh.STALE),
    ],
)
def test_a_confirmation_is_good_for_its_quarter_and_stale_after_the_next(day, found):
    assert fresh(date(2026, 1, 2), date.fromisoformat(day)) is found
    assert fresh(None, date.fromisoformat(day)) is Fresh.STALE


def test_a_body_names_and_confirms_its_own(officer):
    actions.name_responsible(POLICE, ANN, by=officer, at=MONDAY)
    actions.name_responsible(
        POLICE, Named("liaison", "示范负责人二", email="a@example.invalid"), by=officer, at=MONDAY
    )

    later = MONDAY.replace(month=8)
    assert {each.fresh for each in queries.answering([POLICE], later.date())[POLICE]} == {Fresh.STALE}
    assert actions.confirm_responsible(POLICE, by=officer, at=later) == 2
    found = queries.answering([POLICE], later.date())[POLICE]
    assert [each.row.charge for each in found] == ["principal", "liaison"]
    assert {each.fresh for each in found} == {Fresh.CONFIRMED}
    assert told("places.responsible.confirm")[0]["count"] == 2
    assert "示范负责人一" not in str(told("places.responsible.name"))


def test_nobody_speaks_for_another_body(officer):
    stranger = make.stranger()

    with pytest.raises(NotAllowed):
        actions.name_responsible(POLICE, ANN, by=stranger, at=MONDAY)
    with pytest.raises(NotAllowed):
        actions.confirm_responsible(POLICE, by=stranger, at=MONDAY)
    with pytest.raises(Refused):
        actions.confirm_responsible(POLICE, by=officer, at=MONDAY)


@pytest.mark.parametrize(
    "wrong", [Named("king", "示范", phone="1"), Named("liaison", " ", phone="1"), Named("liaison", "示范")]
)
def test_who_cannot_be_reached_is_not_taken(officer, wrong):
    with pytest.raises(Invalid):
        actions.name_responsible(POLICE, wrong, by=officer, at=MONDAY)


def test_a_table_is_loaded_once_and_overwrites_nobody(officer, tmp_path):
    actions.name_responsible(POLICE, ANN, by=officer, at=MONDAY)
    path = tmp_path / "responsible.csv"
    path.write_text(
        "body,charge,name,phone,confirmed_on,illustrative\n"
        f"{POLICE},principal,另一人,0,,yes\n{POLICE},deputy,示范负责人三,0,2025-12-01,yes\n",
        encoding="utf-8",
    )

    assert actions.load_responsible(path, by=OPERATOR, at=MONDAY) == 1
    assert actions.load_responsible(path, by=OPERATOR, at=MONDAY) == 0
    assert [each.row.name for each in queries.answering([POLICE], MONDAY.date())[POLICE]] == [
        "示范负责人一",
        "示范负责人三",
    ]
    assert [each.row.charge for each in queries.longest_unconfirmed(MONDAY.date())] == ["deputy"]
    assert list(queries.all_answering(MONDAY.date())[0]) == [POLICE]

"""Several items become one: proposed at once or not at all, decided together or one by one."""

from __future__ import annotations

import pytest

from tongban.catalogue import actions, queries
from tongban.catalogue.models import Change
from tongban.catalogue.tests import world
from tongban.catalogue.tests.world import BASIS, FOOD, NOW, TODAY, WHY, days
from tongban.lib.refusals import Invalid, NotAllowed, Refused
from tongban.places.tests.make import told

COMPANY, SHOP = "JX-P-0008", "JX-P-0004"


@pytest.fixture
def editor(db):
    world.data()
    return world.editor()


@pytest.fixture
def approver(editor):
    return world.approver()


def _merge(editor, items=(FOOD, COMPANY), into=SHOP, on=TODAY, reason=None):
    return actions.propose_merger(items, into, on, reason or WHY, BASIS, by=editor, at=NOW)


def _why(refused):
    return refused.__cause__.code


def _states():
    return sorted(Change.objects.values_list("item", "state"))


def test_all_of_them_are_proposed_at_once_and_know_of_each_other(editor):
    first, second = _merge(editor)

    assert first.together == second.together is not None
    assert [(each.item, each.key) for each in queries.beside(first.id)] == [(COMPANY, second.id)]
    assert {entry["together"] for entry in told("catalogue.change.propose")} == {str(first.together)}


def test_one_that_ended_keeps_all_from_being_proposed_and_is_named(editor, approver):
    row = actions.propose_change(COMPANY, "end", days(3), WHY, BASIS, by=editor, at=NOW)
    actions.approve_change(row.id, by=approver, at=NOW)

    with pytest.raises(Invalid, match=r"change\.one-of-them") as invalid:
        _merge(editor)

    assert (invalid.value.field, _why(invalid.value)) == ("others", "change.ended")
    assert str(invalid.value.params["item"]) == str(queries.item_names({COMPANY})[COMPANY])
    assert not Change.objects.filter(kind="merge").exists()


def test_nothing_is_merged_into_itself(editor):
    with pytest.raises(Invalid, match=r"change\.one-of-them"):
        _merge(editor, items=(FOOD, SHOP), into=SHOP)
    assert _states() == []


def test_one_that_another_department_keeps_is_named(editor):
    with pytest.raises(Invalid, match=r"change\.one-of-them") as invalid:
        _merge(editor, items=(FOOD, world.RENEW))

    assert isinstance(invalid.value.__cause__, NotAllowed)
    assert _states() == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on": days(-1)}, "valid_from"),
        ({"reason": {"zh": "", "en": ""}}, "reason_zh"),
        ({"into": "no-such"}, "successors"),
    ],
)
def test_what_is_wrong_with_all_of_them_stands_at_its_field(editor, wrong, field):
    with pytest.raises(Invalid) as invalid:
        _merge(editor, **wrong)
    assert invalid.value.field == field


def test_approved_together_both_end_and_lead_to_the_one(editor, approver):
    first, _second = _merge(editor)

    actions.approve_together(first.id, by=approver, at=NOW)

    for item in (FOOD, COMPANY):
        assert queries.standing(item, TODAY).state == "ended"
        assert [code for code, _name in queries.successors(item)] == [SHOP]


def test_approved_one_by_one_the_other_waits(editor, approver):
    first, second = _merge(editor)
    actions.approve_change(first.id, by=approver, at=NOW)
    assert _states() == [(FOOD, "published"), (COMPANY, "review")]

    actions.approve_together(second.id, by=approver, at=NOW)
    assert _states() == [(FOOD, "published"), (COMPANY, "published")]


def test_together_nothing_holds_if_one_of_them_ended_meanwhile(editor, approver):
    first, _second = _merge(editor)
    ending = actions.propose_change(COMPANY, "end", TODAY, WHY, BASIS, by=editor, at=NOW)
    actions.approve_change(ending.id, by=approver, at=NOW)

    with pytest.raises(Refused, match=r"change\.one-stands") as refused:
        actions.approve_together(first.id, by=approver, at=NOW)

    assert _why(refused.value) == "change.ended"
    assert queries.standing(FOOD, TODAY).is_open


def test_who_proposed_them_does_not_approve_them(editor):
    both = world.clerk(world.MARKET, "edit-items", "approve-items")
    first, _second = _merge(both)
    with pytest.raises(Refused, match=r"proposal\.second-person"):
        actions.approve_together(first.id, by=both, at=NOW)


def test_a_change_of_one_item_is_approved_alone(editor, approver):
    suspended = [
        actions.propose_change(item, "suspend", TODAY, WHY, BASIS, by=editor, at=NOW)
        for item in (FOOD, COMPANY)
    ]

    actions.approve_together(suspended[0].id, by=approver, at=NOW)

    assert _states() == [(FOOD, "published"), (COMPANY, "review")]
    assert queries.beside(suspended[0].id) == []

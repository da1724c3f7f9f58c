"""Items that stand still, end, are split or merged: by their days, without anybody pressing anything."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tongban.catalogue import actions, queries
from tongban.catalogue.tests import world
from tongban.catalogue.tests.world import BASIS, FOOD, NOW, TODAY, WHY, days
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.places.tests.make import told


@pytest.fixture
def editor(db):
    world.data()
    return world.editor()


@pytest.fixture
def approver(editor):
    return world.approver()


@pytest.fixture
def let(editor, approver):
    """Return a function that lets a change of standing hold."""

    def hold(kind, on=TODAY, item=FOOD, **more):
        row = actions.propose_change(item, kind, on, WHY, BASIS, by=editor, at=NOW, **more)
        return actions.approve_change(row.id, by=approver, at=NOW)

    return hold


def _state(day, item=FOOD):
    return queries.standing(item, day).state


def test_a_suspended_item_stops_and_opens_by_its_days(let):
    let("suspend", days(5), until=days(10))

    assert [_state(days(n)) for n in (4, 5, 9, 10)] == ["open", "suspended", "suspended", "open"]
    assert queries.standing(FOOD, days(5)).because.zh == WHY["zh"]


def test_resumed_it_is_open_from_that_day(let):
    let("suspend")
    let("resume", days(3))

    assert [_state(days(n)) for n in (0, 2, 3)] == ["suspended", "suspended", "open"]


def test_a_proposal_alone_changes_nothing(editor):
    actions.propose_change(FOOD, "suspend", TODAY, WHY, BASIS, by=editor, at=NOW)

    assert _state(TODAY) == "open"


def test_author_and_approver_are_two(editor):
    both = world.clerk(world.MARKET, "edit-items", "approve-items")
    row = actions.propose_change(FOOD, "suspend", TODAY, WHY, BASIS, by=both, at=NOW)

    with pytest.raises(Refused, match=r"proposal\.second-person"):
        actions.approve_change(row.id, by=both, at=NOW)


def test_only_the_department_that_keeps_it_proposes_and_approves(editor):
    row = actions.propose_change(FOOD, "suspend", TODAY, WHY, BASIS, by=editor, at=NOW)
    with pytest.raises(Missing):
        actions.approve_change(row.id, by=world.approver(world.POLICE), at=NOW)
    with pytest.raises(NotAllowed):
        actions.approve_change(row.id, by=editor, at=NOW)
    with pytest.raises(NotAllowed):
        actions.propose_change(FOOD, "end", TODAY, WHY, BASIS, by=world.editor(world.POLICE), at=NOW)


def test_an_ended_item_is_not_in_force_and_not_found_but_its_revisions_can_be_read(let):
    let("end", days(2), successors=["JX-P-0004"])

    assert queries.in_force(FOOD, days(1)).number == 1
    with pytest.raises(Missing):
        queries.in_force(FOOD, days(2))
    assert FOOD in {each.code for each in queries.search(FOOD, days(1))}
    assert FOOD not in {each.code for each in queries.search(FOOD, days(2))}
    assert queries.edition(f"{FOOD}@1").item == FOOD
    assert [code for code, _ in queries.successors(FOOD)] == ["JX-P-0004"]


def test_a_suspended_item_is_found_and_shown_as_suspended(let):
    let("suspend")

    (found,) = queries.search(FOOD, TODAY)
    assert (found.stopped, found.complete) == ("suspended", True)


def test_split_into_several_and_merged_into_one(let):
    let("split", successors=["JX-P-0004", "JX-P-0008"])
    let("merge", item="JX-P-0004", successors=["JX-P-0008"])

    assert [code for code, _ in queries.successors(FOOD)] == ["JX-P-0004", "JX-P-0008"]
    assert [code for code, _ in queries.successors("JX-P-0004")] == ["JX-P-0008"]
    assert {facts["subject"] for facts in told("catalogue.change.split")} == {f"item:{FOOD}"}


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("split", {"successors": ["JX-P-0004"]}, "successors"),
        ("merge", {"successors": []}, "successors"),
        ("merge", {"successors": ["JX-P-0004", "JX-P-0008"]}, "successors"),
        ("end", {"successors": [FOOD]}, "successors"),
        ("end", {"successors": ["no-such"]}, "successors"),
        ("suspend", {"successors": ["JX-P-0004"]}, "successors"),
        ("suspend", {"until": TODAY}, "until"),
        ("resume", {"until": days(3)}, "until"),
        ("rename", {}, "kind"),
        ("suspend", {"on": days(-1)}, "valid_from"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(editor, kind, more, field):
    on = more.pop("on", TODAY)
    with pytest.raises(Invalid) as invalid:
        actions.propose_change(FOOD, kind, on, WHY, BASIS, by=editor, at=NOW, **more)

    assert invalid.value.field == field


def test_what_the_standing_does_not_allow_is_refused(let):
    with pytest.raises(Refused, match=r"change\.not-suspended"):
        let("resume")
    let("suspend")
    with pytest.raises(Refused, match=r"change\.suspended-already"):
        let("suspend")
    let("end", days(3))
    with pytest.raises(Refused, match=r"change\.ended"):
        let("resume")


def test_an_item_that_ended_succeeds_nothing(let):
    let("end", item="JX-P-0004")
    with pytest.raises(Invalid, match=r"change\.successor-unknown"):
        let("end", successors=["JX-P-0004"])


def test_a_declined_one_says_why(editor, approver):
    row = actions.propose_change(FOOD, "suspend", TODAY, WHY, BASIS, by=editor, at=NOW)

    assert actions.decline_change(row.id, "依据不足", by=approver, at=NOW).state == "returned"
    with pytest.raises(Refused, match=r"proposal\.moved-on"):
        actions.approve_change(row.id, by=approver, at=NOW)


def test_a_second_suspension_does_not_undo_the_first(let):
    let("suspend", days(5), until=days(10))

    with pytest.raises(Refused, match=r"change\.suspended-already"):
        let("suspend", days(20), until=days(30))
    assert [_state(days(n)) for n in (4, 5, 9, 10, 25)] == [
        "open",
        "suspended",
        "suspended",
        "open",
        "open",
    ]


def test_a_suspension_that_is_over_is_followed_by_another(let):
    let("suspend", until=days(2))
    let("resume", days(1))
    let("end", item="JX-P-0004")
    row = actions.propose_change(
        FOOD, "suspend", days(9), WHY, BASIS, by=world.editor(), at=NOW + timedelta(days=2)
    )
    actions.approve_change(row.id, by=world.approver(), at=NOW + timedelta(days=2))

    assert [_state(days(n)) for n in (8, 9)] == ["open", "suspended"]


def test_a_suspension_is_made_longer_from_its_last_day(let):
    let("suspend", days(5), until=days(10))
    let("suspend", days(10), until=days(20))

    assert [_state(days(n)) for n in (4, 5, 10, 19, 20)] == [
        "open",
        "suspended",
        "suspended",
        "suspended",
        "open",
    ]


def test_one_that_never_began_is_no_obstacle(let):
    let("suspend", days(5), until=days(10))
    let("resume", days(1))
    let("suspend", days(20))

    assert [_state(days(n)) for n in (5, 19, 20)] == ["open", "open", "suspended"]


def test_of_two_reasons_each_stands_with_what_it_is_for(editor, approver):
    for kind, day, why in (("suspend", TODAY, "系统升级"), ("end", days(9), "并入其他事项")):
        row = actions.propose_change(FOOD, kind, day, {"zh": why, "en": ""}, BASIS, by=editor, at=NOW)
        actions.approve_change(row.id, by=approver, at=NOW)

    assert queries.standing(FOOD, days(8)).because.zh == "系统升级"
    assert queries.standing(FOOD, days(9)).because.zh == "并入其他事项"

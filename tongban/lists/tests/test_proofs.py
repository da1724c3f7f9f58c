"""An item counts as open between two places once it has passed: by a case, or by a rehearsal both recorded."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.lists import actions, follow
from tongban.lists.models import Proof
from tongban.lists.queries import agreements
from tongban.lists.queries import lists as queries
from tongban.lists.queries.where import where
from tongban.lists.tests import make
from tongban.places.tests.make import told
from tongban.trail import actions as trail

DAY, MONDAY, ITEM = make.DAY, make.MONDAY, "JX-P-0001"
HERE, THERE, PLACE = "360111-service-centre", "360702-police", "360702"


def tell(events, item=ITEM, body=HERE, decider=THERE):
    """Write what a case tells the trail, and let the room read it twice."""
    case, subject = uuid4(), f"part:{uuid4()}"
    facts = {"item": item, "body": body, "decider": decider}
    trail.record(
        [
            trail.entry(
                event, subject, actor="test", at=MONDAY, case=case, **(facts if "receive" in event else {})
            )
            for event in events
        ]
    )
    trail.seal(MONDAY)
    for name in ("lists", f"again-{case}"):
        trail.advance(name, follow.handle, MONDAY)


def test_a_case_received_here_decided_there_and_closed_is_a_proof(world):
    assert not where(ITEM, "360111", "360702", DAY).answer.ways[0].proved

    tell(["case.receive", "case.part.accept", "case.part.grant", "case.part.close"])

    proof = Proof.objects.get()
    assert (proof.receiver_id, proof.decider_id, proof.kind) == (HERE, THERE, "case")
    assert [each["kind"] for each in told("lists.way.open")] == ["case"]
    tell(["case.receive", "case.part.accept", "case.part.grant", "case.part.close"])
    assert len(told("lists.way.open")) == 1
    assert where(ITEM, "360111", "360702", DAY).answer.ways[0].proved
    assert not where(ITEM, "360102", "360702", DAY).answer.ways[0].proved


@pytest.mark.parametrize(
    "events",
    [
        ["case.receive", "case.part.grant"],
        ["case.receive", "case.part.refuse", "case.part.close"],
        ["case.part.grant", "case.part.close"],
    ],
)
def test_what_did_not_go_all_the_way_proves_nothing(world, events):
    tell(events)

    assert not Proof.objects.exists()


def test_a_case_of_one_place_proves_nothing(world):
    tell(["case.receive", "case.part.settle"], body="360702-service-centre")

    assert not Proof.objects.exists()


def test_an_instant_item_settled_for_another_place_is_a_proof(world):
    tell(["case.receive", "case.part.settle"])

    assert Proof.objects.count() == 1


def test_a_rehearsal_counts_once_both_recorded_it(world):
    here, there = make.clerk(HERE, "receive"), make.clerk(THERE, "handle")
    row = actions.rehearse(ITEM, HERE, PLACE, DAY, "示例", by=here, at=MONDAY)
    assert not Proof.objects.exists()

    with pytest.raises(NotAllowed):
        actions.confirm(row.id, "", by=here, at=MONDAY)
    actions.confirm(row.id, "已办结", by=there, at=MONDAY)

    assert Proof.objects.get().kind == "rehearsal"
    (opened,) = told("lists.way.open")
    assert (opened["item"], opened["receiver"], opened["decider"]) == (ITEM, HERE, THERE)
    assert told("lists.rehearsal.confirm")[0]["receiver"] == HERE
    with pytest.raises(Refused):
        actions.confirm(row.id, "", by=there, at=MONDAY)


def test_a_rehearsal_is_of_the_past_between_two_places_by_its_receiver(world):
    here = make.clerk(HERE, "receive")

    with pytest.raises(Invalid):
        actions.rehearse(ITEM, HERE, PLACE, DAY + timedelta(days=1), "", by=here, at=MONDAY)
    with pytest.raises(Invalid):
        actions.rehearse(ITEM, HERE, "360111", DAY, "", by=here, at=MONDAY)
    with pytest.raises(NotAllowed):
        actions.rehearse(ITEM, "360102-service-centre", PLACE, DAY, "", by=here, at=MONDAY)


def test_who_decides_in_a_rehearsal_is_said_by_the_item(world):
    here = make.clerk(HERE, "receive")
    row = actions.rehearse(ITEM, HERE, PLACE, DAY, "", by=here, at=MONDAY)
    assert row.decider_id == THERE

    for place in ("360702-market-supervision", "999999"):
        with pytest.raises(Invalid) as refused:
            actions.rehearse(ITEM, HERE, place, DAY, "", by=here, at=MONDAY)
        assert (refused.value.code, refused.value.field) == ("route.nobody", "place")


def test_one_person_with_two_posts_cannot_confirm_their_own(world):
    from tongban.people.tests import make as people
    from tongban.places import actions as places_actions
    from tongban.places import queries as places

    account = people.account("两岗").id
    posts = [
        places_actions.appoint(account, body, [role], make.DAY, by=make.OPERATOR, at=MONDAY)
        for body, role in ((HERE, "receive"), (THERE, "handle"))
    ]
    here, there = (places.post(post.id, DAY).clerk for post in posts)
    row = actions.rehearse(ITEM, HERE, PLACE, DAY, "", by=here, at=MONDAY)

    with pytest.raises(Refused) as refused:
        actions.confirm(row.id, "", by=there, at=MONDAY)
    assert refused.value.code == "lists.second-person"


def test_every_rehearsal_is_reached_page_by_page_also_those_confirmed_meanwhile(world):
    here, there = make.clerk(HERE, "receive"), make.clerk(THERE, "handle")
    days = [DAY - timedelta(days=number // 2) for number in range(7)]
    rows = [actions.rehearse(ITEM, HERE, PLACE, day, "", by=here, at=MONDAY) for day in days]
    for row in rows[:3]:
        actions.confirm(row.id, "", by=there, at=MONDAY)

    seen, after = [], ""
    while True:
        page, after = agreements.rehearsals(there, after=after, limit=2)
        seen += [row.id for row in page]
        if not after:
            break
    assert seen == [*(row.id for row in rows[3:]), *(row.id for row in rows[:3])]
    _, after = agreements.rehearsals(there, limit=1)
    actions.confirm(rows[3].id, "", by=there, at=MONDAY + timedelta(hours=1))
    page, _ = agreements.rehearsals(there, after=after, limit=3)
    assert [row.id for row in page] == [row.id for row in rows[4:]]
    for nowhere in ("x", "1.2026-06-01.x", f"{10**30}.2026-06-01.{rows[0].id}"):
        with pytest.raises(Missing):
            agreements.rehearsals(there, after=nowhere)


def test_the_list_shows_what_is_open_and_what_is_late(world):
    tell(["case.receive", "case.part.grant", "case.part.close"])
    wanted = queries.Filter(items=(ITEM, "JX-P-0002"), place="360111")

    rows = {row.item: row for row in queries.as_on("province", DAY, wanted).rows}

    assert (rows[ITEM].passed, rows[ITEM].open_here, rows[ITEM].late) == (1, True, False)
    assert (rows["JX-P-0002"].passed, rows["JX-P-0002"].open_here, rows["JX-P-0002"].late) == (0, False, True)
    (batch,) = [row for row in queries.batches("province", DAY) if row.open]
    assert (batch.batch.code, batch.open, batch.late) == (rows[ITEM].batch.code, 1, True)


def test_across_provinces_only_what_passed_between_two_of_them_is_open(world):
    tell(["case.receive", "case.part.grant", "case.part.close"])
    wanted = queries.Filter(items=(ITEM,), place="360111")

    (row,) = queries.as_on("national", DAY, wanted).rows
    assert (row.passed, row.open_here, row.late) == (0, False, True)
    assert not any(row.open for row in queries.batches("national", DAY))

"""What was decided and hasn't begun is recalled by two people; what has begun stays, and history can be read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tongban.catalogue import actions, queries
from tongban.catalogue.models import Change, Item, Revision
from tongban.catalogue.tests import world
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.places.tests.make import told

NOW, DAY, FOOD, OTHER = world.NOW, world.days(10), world.FOOD, "JX-P-0004"
WHY, BASIS = {"zh": "发布有误", "en": "Published by mistake"}, "（示例）赣府字〔2026〕2号"


@pytest.fixture
def writer(db) -> Clerk:
    world.data()
    return world.editor()


@pytest.fixture
def second(writer) -> Clerk:
    return world.approver()


def recalled(what: Any, by: Clerk, second: Clerk, at: Any = NOW) -> None:
    row = actions.propose_recall(FOOD, what, WHY, BASIS, by=by, at=at)
    actions.approve_recall(row.id, by=second, at=at)


def changed(kind: str, by: Clerk, second: Clerk, day: Any = DAY, **more: Any) -> Change:
    row = actions.propose_change(FOOD, kind, day, WHY, BASIS, by=by, at=NOW, **more)
    actions.approve_change(row.id, by=second, at=NOW)
    return row


def days(item: str = FOOD) -> Any:
    names = ("suspended_on", "suspended_until", "stopped_because", "ended_on", "ended_because")
    return Item.objects.values_list(*names).get(pk=item)


def test_a_scheduled_revision_is_recalled_and_the_one_before_goes_on(writer, second):
    before = queries.in_force(FOOD, world.TODAY)
    made = world.published(writer, second, day=DAY)
    recalled(made.number, writer, second)

    assert queries.in_force(FOOD, DAY).key == before.key
    assert Revision.objects.get(pk=before.key).valid_until is None
    assert made.key not in [each.key for each in queries.editions(FOOD, DAY)]
    assert made.number not in [each.number for each in queries.changed(DAY, item=FOOD)]
    account = queries.account(FOOD, writer, DAY)
    side = next(each for each in account.sides if each.number == made.number)
    assert (side.state, side.content["revision"]) == ("recalled", made.number)
    (entry,) = told("catalogue.change.recall")
    assert (entry["revision"], entry["kind"]) == (made.key, "recall")


def test_the_next_revision_begins_from_what_holds_and_takes_a_number_of_its_own(writer, second):
    made = world.published(writer, second, day=DAY)
    recalled(made.number, writer, second)
    again = world.published(writer, second, day=DAY)

    assert again.number == made.number + 1
    assert again.proposal.base_id == f"{FOOD}@{made.number - 1}"
    assert queries.in_force(FOOD, DAY).key == again.key
    assert queries.in_force(FOOD, world.days(9)).key == f"{FOOD}@{made.number - 1}"


def test_nobody_recalls_alone_and_only_who_keeps_the_item(writer, second):
    made = world.published(writer, second, day=DAY)
    both = world.clerk(world.MARKET, "edit-items", "approve-items")
    with pytest.raises(NotAllowed):
        actions.propose_recall(FOOD, made.number, WHY, BASIS, by=world.editor(world.POLICE), at=NOW)
    with pytest.raises(Invalid):
        actions.propose_recall(FOOD, made.number, {"zh": ""}, BASIS, by=both, at=NOW)
    row = actions.propose_recall(FOOD, made.number, WHY, BASIS, by=both, at=NOW)

    with pytest.raises(Refused) as refused:
        actions.approve_recall(row.id, by=both, at=NOW)
    assert refused.value.code == "proposal.second-person"
    with pytest.raises(Missing):
        actions.approve_change(row.id, by=second, at=NOW)
    with pytest.raises(Refused) as refused:
        actions.propose_recall(FOOD, made.number, WHY, BASIS, by=writer, at=NOW)
    assert refused.value.code == "recall.waits"
    actions.decline_change(row.id, "照常实施", by=second, at=NOW)
    assert queries.in_force(FOOD, DAY).key == made.key


def test_what_has_begun_is_not_recalled(writer, second):
    made = world.published(writer, second, day=DAY)
    row = actions.propose_recall(FOOD, made.number, WHY, BASIS, by=writer, at=NOW)

    with pytest.raises(Refused) as refused:
        actions.approve_recall(row.id, by=second, at=NOW + timedelta(days=10))
    assert refused.value.code == "recall.begun"
    with pytest.raises(Refused) as refused:
        recalled(made.number - 1, writer, second)
    assert refused.value.code == "recall.begun"
    assert queries.in_force(FOOD, DAY).key == made.key


def test_only_the_newest_is_recalled_and_then_the_one_before_it(writer, second):
    first = world.published(writer, second, day=DAY)
    row = actions.start(FOOD, by=writer, at=NOW)
    (limits,) = world.rows(row.content, "limits")
    limits["limits.promised.days"] -= 1
    actions.save(row.id, "limits", [limits], by=writer, at=NOW)
    actions.submit(row.id, world.days(20), WHY, BASIS, by=writer, at=NOW)
    later = actions.publish(row.id, by=second, at=NOW)
    with pytest.raises(Refused) as refused:
        recalled(first.number, writer, second)
    assert refused.value.code == "recall.not-newest"

    recalled(later.number, writer, second)
    recalled(first.number, writer, second)
    assert queries.in_force(FOOD, world.days(30)).key == f"{FOOD}@{first.number - 1}"


def test_the_database_lets_nothing_else_reopen_a_revision(writer, second):
    world.published(writer, second, day=DAY)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Revision.objects.filter(item=FOOD, valid_until__isnull=False).update(valid_until=None)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("end", {}),
        ("end", {"successors": [OTHER]}),
        ("split", {"successors": [OTHER, "JX-P-0008"]}),
        ("suspend", {}),
        ("suspend", {"until": world.days(20)}),
    ],
)
def test_a_scheduled_change_of_standing_is_recalled(writer, second, kind, more):
    before = days()
    row = changed(kind, writer, second, **more)
    assert days() != before
    recalled(row.id, writer, second)

    assert days() == before
    assert queries.successors(FOOD) == []
    assert queries.standing(FOOD, DAY).is_open
    assert not [each for each in queries.changed(DAY, item=FOOD) if each.kind != "revision"]
    stands = {each.kind: each.state for each in queries.account(FOOD, writer, DAY).changes}
    assert stands == {kind: "withdrawn", "recall": "published"}
    changed("end", writer, second)


def test_a_recalled_resumption_leaves_the_suspension_as_it_was(writer, second):
    changed("suspend", writer, second, world.TODAY, until=world.days(30))
    before = days()
    row = changed("resume", writer, second)
    recalled(row.id, writer, second)

    assert days() == before
    assert not queries.standing(FOOD, DAY).is_open


def test_a_suspension_that_holds_or_was_built_on_is_not_recalled(writer, second):
    first = changed("suspend", writer, second)
    changed("resume", writer, second, world.days(15))

    with pytest.raises(Refused) as refused:
        recalled(first.id, writer, second)
    assert refused.value.code == "recall.not-newest"
    with pytest.raises(Refused) as refused:
        recalled(first.id, writer, second, NOW + timedelta(days=11))
    assert refused.value.code == "recall.begun"
    with pytest.raises(Missing):
        recalled(1_000, writer, second)

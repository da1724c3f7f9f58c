"""A revision from its draft to its publication: four eyes, immutable, one at a time."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tongban.catalogue import actions, queries
from tongban.catalogue.models import Proposal, Revision
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


def test_a_draft_begins_with_what_the_newest_revision_says(editor):
    row = actions.start(FOOD, by=editor, at=NOW)

    assert row.content == Revision.objects.get(pk=f"{FOOD}@1").content
    assert (row.state, row.base_id, row.hands) == ("draft", f"{FOOD}@1", [str(editor.account)])


def test_a_section_is_saved_by_itself_and_the_others_stay(editor):
    row = actions.start(FOOD, by=editor, at=NOW)
    before = dict(row.content)

    row = actions.save(row.id, "conditions", [{"": {"zh": "一", "en": "One"}}], by=editor, at=NOW, seen=1)

    assert row.content == {**before, "conditions": [{"zh": "一", "en": "One"}]}
    assert row.version == 2


def test_what_somebody_saved_meanwhile_is_not_saved_over(editor):
    row = actions.start(FOOD, by=editor, at=NOW)
    actions.save(row.id, "conditions", [], by=world.editor(), at=NOW, seen=1)

    with pytest.raises(Refused) as refused:
        actions.save(row.id, "conditions", [], by=editor, at=NOW, seen=1)

    assert refused.value.code == "proposal.saved-elsewhere"
    assert refused.value.params["who"] == "员工甲"


def test_published_by_a_second_person_it_is_the_next_revision(editor, approver):
    row = world.submitted(editor, day=days(10))
    made = actions.publish(row.id, by=approver, at=NOW)

    assert (made.key, made.number, made.valid_from) == (f"{FOOD}@2", 2, days(10))
    assert (made.reason, made.rests_on, made.author, made.approver) == (
        WHY,
        BASIS,
        str(editor),
        str(approver),
    )
    assert Revision.objects.get(pk=f"{FOOD}@1").valid_until == days(10)
    assert queries.in_force(FOOD, days(9)).number == 1
    assert queries.in_force(FOOD, days(10)).number == 2
    assert made.sha256 == actions.revising.digest(Revision.objects.get(pk=made.key).content)


def test_each_step_is_in_the_trail_with_codes_and_days_only(editor, approver):
    world.published(editor, approver)

    assert [len(told(f"catalogue.proposal.{verb}")) for verb in ("start", "save", "submit")] == [1, 2, 1]
    (facts,) = told("catalogue.revision.publish")
    assert facts.keys() == {"subject", "item", "proposal", "valid_from", "sha256"}


def test_nobody_approves_what_they_had_a_hand_in(editor, approver):
    both = world.clerk(world.MARKET, "edit-items", "approve-items")
    own = world.submitted(both)
    helped = world.shorter(actions.start(FOOD, by=editor, at=NOW), editor)
    actions.save(helped.id, "conditions", [{"": {"zh": "一", "en": "One"}}], by=both, at=NOW)
    actions.submit(helped.id, TODAY, WHY, BASIS, by=editor, at=NOW)

    for row in (own, helped):
        with pytest.raises(Refused, match=r"proposal\.second-person"):
            actions.publish(row.id, by=both, at=NOW)
    assert actions.publish(own.id, by=approver, at=NOW).number == 2


def test_two_posts_of_one_account_are_one_person(editor):
    from tongban.lib.actors import System
    from tongban.places import actions as places_actions
    from tongban.places import queries as places

    row = world.submitted(editor)
    second = places_actions.appoint(
        editor.account, world.MARKET, ["approve-items"], NOW.date(), by=System("test"), at=NOW
    )
    other_post = places.post(second.id, NOW.date()).clerk

    with pytest.raises(Refused, match=r"proposal\.second-person"):
        actions.publish(row.id, by=other_post, at=NOW)


@pytest.mark.parametrize(
    ("body", "role"),
    [
        ("360000-police", "approve-items"),
        ("360702-market-supervision", "approve-items"),
        ("360702-market-supervision", "edit-items"),
        ("360000-market-supervision", "approve"),
    ],
)
def test_others_than_the_department_that_keeps_it_do_not_even_see_it(editor, body, role):
    row, other = world.submitted(editor), world.clerk(body, role)

    with pytest.raises(Missing):
        actions.publish(row.id, by=other, at=NOW)
    with pytest.raises(Missing):
        queries.proposal(row.id, other)
    with pytest.raises(NotAllowed):
        actions.start(FOOD, by=other, at=NOW)
    assert {side.state for side in queries.account(FOOD, other, TODAY).sides} == {"in-force"}


def test_roles_are_apart(editor, approver):
    row = world.submitted(editor)

    with pytest.raises(NotAllowed):
        actions.publish(row.id, by=editor, at=NOW)
    with pytest.raises(NotAllowed):
        actions.save(row.id, "conditions", [], by=approver, at=NOW)


def test_the_province_keeps_what_no_department_of_its_own_does(editor):
    centre = world.clerk("360000-service-centre", "edit-items")

    assert actions.start("JX-P-0003", by=centre, at=NOW).item_id == "JX-P-0003"


def test_who_practises_changes_nothing(editor):
    with pytest.raises(NotAllowed):
        actions.start(FOOD, by=world.clerk(world.MARKET, "edit-items", practice=True), at=NOW)


def test_sent_back_it_is_open_again_with_the_word_why(editor, approver):
    row = actions.send_back(world.submitted(editor).id, "写明依据", by=approver, at=NOW)

    assert (row.state, row.answer) == ("returned", "写明依据")
    assert world.shorter(row, editor).state == "draft"


def test_what_was_submitted_is_not_written_any_more(editor):
    with pytest.raises(Refused, match=r"proposal\.moved-on"):
        actions.save(world.submitted(editor).id, "conditions", [], by=editor, at=NOW)


def test_a_withdrawn_one_stays_readable_and_goes_nowhere(editor, approver):
    row = actions.withdraw(world.submitted(editor).id, by=editor, at=NOW)

    assert queries.proposal(row.id, approver).row.state == "withdrawn"
    with pytest.raises(Refused, match=r"proposal\.moved-on"):
        actions.publish(row.id, by=approver, at=NOW)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"valid_from": None}, "proposal.day"),
        ({"valid_from": days(-1)}, "proposal.day-past"),
        ({"reason": {"zh": "", "en": "Why"}}, "words.missing"),
        ({"rests_on": " "}, "words.missing"),
    ],
)
def test_a_day_a_reason_and_a_basis_are_wanted(editor, change, code):
    row = world.shorter(actions.start(FOOD, by=editor, at=NOW), editor)

    with pytest.raises(Invalid) as invalid:
        actions.submit(
            row.id, **{"valid_from": TODAY, "reason": WHY, "rests_on": BASIS, **change}, by=editor, at=NOW
        )

    assert invalid.value.code == code
    assert Proposal.objects.get(pk=row.id).state == "draft"


def test_what_changes_nothing_or_lacks_something_is_not_submitted(editor):
    row = actions.start(FOOD, by=editor, at=NOW)
    with pytest.raises(Refused, match=r"proposal\.unchanged"):
        actions.submit(row.id, TODAY, WHY, BASIS, by=editor, at=NOW)

    actions.save(row.id, "steps", [], by=editor, at=NOW)
    with pytest.raises(Refused, match=r"proposal\.incomplete"):
        actions.submit(row.id, TODAY, WHY, BASIS, by=editor, at=NOW)


def test_one_that_was_overtaken_has_to_be_looked_at_again(editor, approver):
    first, second = world.submitted(editor), world.submitted(editor)
    actions.publish(first.id, by=approver, at=NOW)

    with pytest.raises(Refused, match=r"proposal\.outdated"):
        actions.publish(second.id, by=approver, at=NOW)

    actions.send_back(second.id, "已有新版本", by=approver, at=NOW)
    assert actions.follow_on(second.id, by=editor, at=NOW).base_id == f"{FOOD}@2"


def test_none_holds_before_the_one_that_it_follows(editor, approver):
    world.published(editor, approver, day=days(20))
    row = world.shorter(actions.start(FOOD, by=editor, at=NOW), editor)

    with pytest.raises(Invalid, match=r"proposal\.day-before"):
        actions.submit(row.id, days(10), WHY, BASIS, by=editor, at=NOW)


def test_a_scheduled_one_can_be_overtaken_before_its_day(editor, approver):
    world.published(editor, approver, day=days(20))
    world.published(editor, approver, day=days(20))

    states = {side.number: side.state for side in queries.account(FOOD, editor, days(20)).sides}
    assert states == {3: "in-force", 2: "ended", 1: "ended"}
    assert queries.in_force(FOOD, days(20)).number == 3


@pytest.mark.parametrize(
    "column",
    ["content = '{}'", "sha256 = ''", "number = 9", "valid_from = '2020-01-01'", "approver = 'post:x'"],
)
def test_the_database_itself_refuses_to_change_a_published_revision(editor, column):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE catalogue_revision SET {column} WHERE key = %s", [f"{FOOD}@1"])


def test_the_day_on_which_it_ends_is_set_once(editor):
    row = Revision.objects.filter(pk=f"{FOOD}@1")
    row.update(valid_until=days(5))

    for value in (days(6), None):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(valid_until=value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()


def test_a_cached_edition_stays_true(editor, approver):
    before = queries.edition(f"{FOOD}@1")
    world.published(editor, approver)
    queries.edition.cache_clear()

    assert queries.edition(f"{FOOD}@1") == before


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_wins():
    world.data()
    editor, seconds = world.editor(), [world.approver(), world.approver()]
    rows = [world.submitted(editor).id, world.submitted(editor).id]
    outcomes: list[Any] = []
    together = threading.Barrier(2)

    def publish(number: int) -> None:
        together.wait()
        try:
            outcomes.append(actions.publish(rows[number], by=seconds[number], at=NOW).key)
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == [f"{FOOD}@2", "proposal.outdated"]
    assert Revision.objects.filter(item=FOOD).count() == 2


def test_saving_an_item_with_300_fields_costs_as_much_as_one_with_three(editor, cost):
    row = actions.start(FOOD, by=editor, at=NOW)

    def fields(count: int) -> list[dict[str, Any]]:
        return [
            {
                "code": f"f-{n}",
                "label": {"zh": "项", "en": "Field"},
                "type": "text",
                "required": False,
                "options": [],
            }
            for n in range(count)
        ]

    few = cost(lambda: actions.save(row.id, "fields", fields(3), by=editor, at=NOW))
    many = cost(lambda: actions.save(row.id, "fields", fields(300), by=editor, at=NOW))

    assert few == many <= 7

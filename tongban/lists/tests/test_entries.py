"""The life of an entry, and the rule that what is on an inner list is on the one around it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tongban.catalogue import actions as catalogue
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.lists import actions
from tongban.lists.models import Change, List, Standing
from tongban.lists.queries import lists as queries
from tongban.lists.tests import make
from tongban.places.tests.make import told

DAY, MONDAY, ITEM = make.DAY, make.MONDAY, make.UNLISTED
LATER = DAY + timedelta(days=30)


@pytest.fixture
def both(keeper, reviewer):
    return {"keeper": keeper, "reviewer": reviewer}


def names(listed, day):
    return {row.item for row in queries.as_on(listed, day, limit=500).rows}


def test_what_the_data_lists_stands_from_its_batchs_day(world):
    assert len(names("national", DAY)) == 80
    assert len(names("province", DAY)) == 84
    assert names("national", make.DAY.replace(year=2021)) < names("national", DAY)
    assert names("national", make.DAY.replace(year=2019)) == set()


def test_loading_again_changes_nothing(world):
    before = Standing.objects.count()

    assert actions.load(make.DATA / "lists", by=make.OPERATOR, at=MONDAY).entries == 0
    assert Standing.objects.count() == before


def test_an_entry_is_proposed_reviewed_and_published_by_two_people(both):
    made = make.published("national", ITEM, **both)

    assert ITEM in names("national", DAY)
    assert made.change.proposed_by != made.change.reviewed_by
    assert told("lists.entry.publish")[-1]["since"] == DAY.isoformat()
    assert "reason" not in told("lists.entry.propose")[-1]


def test_the_author_cannot_review(world):
    clerk = make.clerk(make.CENTRE, "propose-lists", "review-lists", name="alone")
    change = actions.propose("national", ITEM, "list", make.says("national"), "示例理由", by=clerk, at=MONDAY)

    with pytest.raises(Refused) as refused:
        actions.review(change.id, "", by=clerk, at=MONDAY)

    assert refused.value.code == "lists.second-person"
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.filter(pk=change.id).update(reviewed_by=change.proposed_by)


def test_only_the_province_reviews(keeper):
    change = actions.propose(
        "national", ITEM, "list", make.says("national"), "示例理由", by=keeper, at=MONDAY
    )
    county = make.clerk("360111-service-centre", "review-lists", name="county")

    for by in (keeper, county):
        with pytest.raises(NotAllowed):
            actions.review(change.id, "", by=by, at=MONDAY)


def test_what_is_returned_can_be_proposed_anew(both):
    change = actions.propose(
        "national", ITEM, "list", make.says("national"), "示例理由", by=both["keeper"], at=MONDAY
    )
    with pytest.raises(Refused):
        actions.propose(
            "national", ITEM, "list", make.says("national"), "示例理由", by=both["keeper"], at=MONDAY
        )
    actions.give_back(change.id, "缺少路线图", by=both["reviewer"], at=MONDAY)

    make.published("national", ITEM, **both)
    assert ITEM in names("national", DAY)


def test_what_was_published_can_be_read_again_by_date(both):
    make.published("province", ITEM, "revise", LATER, modes=["window"], **both)

    (before,) = [
        row
        for row in queries.as_on("province", LATER - timedelta(days=1), limit=500).rows
        if row.item == ITEM
    ]
    (after,) = [row for row in queries.as_on("province", LATER, limit=500).rows if row.item == ITEM]
    assert after.says.modes == ("window",) != before.says.modes
    assert (before.until, after.since) == (LATER, LATER)
    file = queries.entry(after.entry, LATER)
    assert "modes" in {each.name for each in file.versions[0].differs}


def test_a_withdrawal_to_come_is_taken_back_by_listing_the_item_from_that_day_on(both):
    make.published("province", make.UNLISTED, "withdraw", LATER, **both)
    assert make.UNLISTED not in names("province", LATER)
    with pytest.raises(Refused) as refused:
        make.published("province", make.UNLISTED, "list", LATER - timedelta(days=1), **both)
    assert refused.value.code == "lists.day-taken"

    change = Change.objects.get(state="reviewed")
    actions.publish(change.id, LATER, by=both["reviewer"], at=MONDAY)

    for day in (DAY, LATER - timedelta(days=1), LATER, LATER + timedelta(days=1)):
        assert make.UNLISTED in names("province", day)


def test_an_item_goes_on_no_inner_list_alone(both):
    make.unlist(ITEM)

    with pytest.raises(Refused) as refused:
        actions.propose(
            "national", ITEM, "list", make.says("national"), "示例理由", by=both["keeper"], at=MONDAY
        )

    assert refused.value.code == "lists.outside"
    assert str(refused.value.params["list"]) == "省内通办清单"


def test_it_may_be_proposed_for_both_but_is_published_on_the_outer_first(both):
    make.unlist(ITEM)
    keeper, reviewer = both["keeper"], both["reviewer"]
    outer = actions.propose("province", ITEM, "list", make.says(), "示例理由", by=keeper, at=MONDAY)
    inner = actions.propose("national", ITEM, "list", make.says("national"), "示例理由", by=keeper, at=MONDAY)
    for change in (outer, inner):
        actions.review(change.id, "", by=reviewer, at=MONDAY)

    with pytest.raises(Refused) as refused:
        actions.publish(inner.id, LATER, by=reviewer, at=MONDAY)
    assert refused.value.code == "lists.outside"
    actions.publish(outer.id, LATER, by=reviewer, at=MONDAY)
    with pytest.raises(Refused):
        actions.publish(inner.id, LATER - timedelta(days=1), by=reviewer, at=MONDAY)
    actions.publish(inner.id, LATER, by=reviewer, at=MONDAY)
    assert ITEM in names("national", LATER)


def test_an_item_leaves_the_outer_list_only_after_the_inner(both):
    item = "JX-P-0001"

    with pytest.raises(Refused) as refused:
        make.published("province", item, "withdraw", **both)
    assert refused.value.code == "lists.inner-stands"
    change = Change.objects.get(entry__item=item)
    make.published("national", item, "withdraw", **both)
    actions.publish(change.id, DAY, by=both["reviewer"], at=MONDAY)
    assert item not in names("province", DAY) | names("national", DAY)


def test_days_past_and_days_taken_are_refused(both):
    with pytest.raises(Invalid):
        make.published("province", ITEM, "revise", DAY - timedelta(days=1), **both)
    actions.publish(Change.objects.get().id, LATER, by=both["reviewer"], at=MONDAY)
    with pytest.raises(Refused) as refused:
        make.published("province", ITEM, "revise", LATER, **both)
    assert refused.value.code == "lists.day-taken"


def test_words_are_asked_for(keeper):
    wrong: list[dict[str, Any]] = [
        {"modes": []},
        {"modes": ["by-air"]},
        {"unit": {"zh": " "}},
        {"batch": "national-1"},
    ]
    for says in wrong:
        with pytest.raises(Invalid):
            actions.propose("province", ITEM, "revise", make.says(**says), "示例理由", by=keeper, at=MONDAY)
    with pytest.raises(Invalid):
        actions.propose("province", ITEM, "revise", make.says(), " ", by=keeper, at=MONDAY)
    with pytest.raises(Missing):
        actions.propose("province", "nothing", "list", make.says(), "示例理由", by=keeper, at=MONDAY)


def _standing(listed, item, **changes):
    model = Standing.objects.get(list="province", item=item, number=1)
    entry, _ = model.entry.__class__.objects.get_or_create(list_id=listed, item_id=item)
    values = {"number": 9, "batch_id": "national-1", "says": model.says, "valid_from": DAY, **changes}
    return Standing(entry=entry, list_id=listed, item_id=item, **values)


@pytest.mark.django_db(transaction=True)
def test_no_code_path_gets_past_the_database():
    make.lists()
    make.unlist(ITEM)

    with pytest.raises(IntegrityError, match="list around"), transaction.atomic():
        _standing("national", ITEM).save()
    with pytest.raises(IntegrityError, match="list around"), transaction.atomic():
        # Covered in the past, but not for good.
        _standing("national", ITEM, valid_from=DAY - timedelta(days=60)).save()
    with transaction.atomic():
        _standing("national", ITEM, valid_from=DAY - timedelta(days=60), valid_until=DAY).save()
    with pytest.raises(IntegrityError, match="list around"), transaction.atomic():
        Standing.objects.filter(list="province", item="JX-P-0001").update(valid_until=DAY)
    with pytest.raises(IntegrityError, match="twice on one day"), transaction.atomic():
        _standing("province", "JX-P-0001", batch_id="province-1").save()
    List.objects.create(code="other", name={"zh": "另"}, reach="province", position=9)
    with pytest.raises(IntegrityError, match="does not stand"), transaction.atomic():
        List.objects.filter(code="national").update(within="other")


def test_what_was_published_is_never_changed(world):
    standing = Standing.objects.get(list="province", item=ITEM)

    for sql in ("UPDATE lists_standing SET says = '{}'", "DELETE FROM lists_standing"):
        with (
            pytest.raises(DatabaseError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"{sql} WHERE id = %s", [standing.id])


def test_reading_a_list_costs_the_same_for_many_and_for_few(world, cost):
    # Bodies and places are read once for a process.
    queries.as_on("province", DAY, limit=1)
    few = cost(lambda: queries.as_on("province", DAY, limit=2))

    assert few == cost(lambda: queries.as_on("province", DAY, limit=50)) <= 4


def test_what_has_ended_is_not_put_on_a_list(both):
    make.unlist(ITEM)
    keepers = [
        make.clerk("360000-human-resources", role, name=role) for role in ("edit-items", "approve-items")
    ]
    why = {"zh": "示例理由", "en": ""}
    change = catalogue.propose_change(ITEM, "end", DAY, why, "示例文件", by=keepers[0], at=MONDAY)
    catalogue.approve_change(change.id, by=keepers[1], at=MONDAY)

    with pytest.raises(Refused) as refused:
        actions.propose("province", ITEM, "list", make.says("province"), "示例", by=both["keeper"], at=MONDAY)
    assert refused.value.code == "lists.item-ended"

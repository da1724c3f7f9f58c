"""A change of a material in the library becomes drafts of all items that took it over: at once, or none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tongban.catalogue import actions, queries
from tongban.catalogue.actions import revising
from tongban.catalogue.models import Proposal
from tongban.catalogue.rules import compare
from tongban.catalogue.tests import world
from tongban.catalogue.tests.world import BASIS, NOW, TODAY, WHY
from tongban.lib.refusals import Missing, NotAllowed, Refused
from tongban.places.tests.make import told

OURS = ("JX-P-0005", "JX-P-0004")
"""Two items that the market regulator keeps."""
CARD = "shared"
TEXT = {"zh": "统一表述", "en": "Said once"}
SAID = {
    "name": TEXT,
    "standard": TEXT,
    "sample": TEXT,
    "issuer": TEXT,
    "form": "copy",
    "keep": "archive-scan",
    "fetchable": False,
}


@pytest.fixture
def editor(db):
    world.data()
    return world.editor()


@pytest.fixture
def second(editor):
    return world.approver()


def _take_over(item, editor, second):
    """Publish a revision whose first material is the library's."""
    row = actions.start(item, by=editor, at=NOW)
    materials = world.rows(row.content, "materials")
    materials[0] = {**materials[0], **SAID, "library": CARD}
    actions.save(row.id, "materials", materials, by=editor, at=NOW)
    actions.submit(row.id, TODAY, WHY, BASIS, by=editor, at=NOW)
    return actions.publish(row.id, by=second, at=NOW)


@pytest.fixture
def changed(editor, second):
    """Return the new standard's words after both items, and one of the police, took the material over."""
    actions.save_standard(CARD, SAID, by=editor, at=NOW)
    for item in OURS:
        _take_over(item, editor, second)
    _take_over(world.RENEW, world.editor(world.POLICE), world.approver(world.POLICE))
    actions.save_standard(CARD, {**SAID, "standard": {"zh": "新标准", "en": "New"}}, by=editor, at=NOW)


def test_each_item_touched_gets_a_draft_that_takes_it_over_and_changes_nothing_else(changed, editor):
    done = actions.revise_touched(CARD, by=editor, at=NOW)

    assert {row.item_id for row in done.begun} == set(OURS)
    for row in done.begun:
        assert row.base is not None
        (only,) = compare(row.base.content, Proposal.objects.get(pk=row.id).content)
        assert (only.section, only.aspect, only.after) == (
            "materials",
            "standard",
            {"zh": "新标准", "en": "New"},
        )


def test_what_another_department_keeps_is_named_and_left_to_it(changed, editor):
    assert actions.revise_touched(CARD, by=editor, at=NOW).elsewhere == [world.RENEW]
    theirs = actions.revise_touched(CARD, by=world.editor(world.POLICE), at=NOW)
    assert [row.item_id for row in theirs.begun] == [world.RENEW]


def test_an_item_with_an_open_draft_is_named_and_left_alone(changed, editor):
    open_one = actions.start(OURS[0], by=editor, at=NOW)

    done = actions.revise_touched(CARD, by=editor, at=NOW)

    assert ([row.item_id for row in done.begun], done.waiting) == ([OURS[1]], [OURS[0]])
    assert Proposal.objects.get(pk=open_one.id).version == 1
    assert Proposal.objects.filter(item=OURS[0]).exclude(state="published").count() == 1


def test_pressed_twice_it_begins_nothing_twice(changed, editor):
    actions.revise_touched(CARD, by=editor, at=NOW)

    with pytest.raises(Refused, match=r"standard\.nothing-to-draft"):
        actions.revise_touched(CARD, by=editor, at=NOW)
    assert Proposal.objects.filter(state="draft").count() == 2


def test_an_item_that_says_the_same_or_has_ended_gets_none(changed, editor, second):
    row = actions.propose_change(OURS[1], "end", TODAY, WHY, BASIS, by=editor, at=NOW)
    actions.approve_change(row.id, by=second, at=NOW)
    actions.save_standard(CARD, SAID, by=editor, at=NOW)
    with pytest.raises(Refused, match=r"standard\.nothing-to-draft"):
        actions.revise_touched(CARD, by=editor, at=NOW)

    actions.save_standard(CARD, {**SAID, "form": "original"}, by=editor, at=NOW)
    assert [row.item_id for row in actions.revise_touched(CARD, by=editor, at=NOW).begun] == [OURS[0]]


def test_it_is_told_in_the_trail_once_for_all_and_for_each(changed, editor):
    begun = len(told("catalogue.proposal.start"))
    done = actions.revise_touched(CARD, by=editor, at=NOW)

    (entry,) = told("catalogue.standard.draft")
    assert entry["subject"] == f"standard:{CARD}"
    assert entry["items"] == ",".join(row.item_id for row in done.begun)
    assert len(told("catalogue.proposal.start")) == begun + 2


def test_if_one_draft_cannot_be_written_none_is(changed, editor, monkeypatch):
    real, made = revising.begun, []

    def breaks(*given):
        made.append(real(*given))
        if len(made) == 2:
            raise RuntimeError("the second one")
        return made[-1]

    monkeypatch.setattr(revising, "begun", breaks)
    with pytest.raises(RuntimeError):
        actions.revise_touched(CARD, by=editor, at=NOW)

    assert not Proposal.objects.filter(state="draft").exists()
    assert told("catalogue.standard.draft") == []


def test_whoever_was_shown_an_older_wording_looks_again(changed, editor):
    with pytest.raises(Refused, match=r"standard\.saved-elsewhere"):
        actions.revise_touched(CARD, by=editor, at=NOW, seen=1)
    assert actions.revise_touched(CARD, by=editor, at=NOW, seen=2).begun


def test_only_who_writes_for_the_province_may(changed, second):
    for who in (second, world.clerk("360702-market-supervision", "edit-items")):
        with pytest.raises(NotAllowed):
            actions.revise_touched(CARD, by=who, at=NOW)


def test_there_is_nothing_to_revise_without_a_material(editor):
    with pytest.raises(Missing):
        actions.revise_touched("no-such", by=editor, at=NOW)


def test_its_author_still_does_not_approve_it(changed, editor):
    both = world.clerk(world.MARKET, "edit-items", "approve-items")
    later = NOW + timedelta(minutes=1)
    row = actions.revise_touched(CARD, by=both, at=NOW).begun[0]
    actions.submit(row.id, TODAY, WHY, BASIS, by=editor, at=later)

    with pytest.raises(Refused, match=r"proposal\.second-person"):
        actions.publish(row.id, by=both, at=later)


def test_drafts_are_shown_to_who_writes_the_item_only(changed, editor):
    actions.revise_touched(CARD, by=editor, at=NOW)
    content = queries.standard(CARD).content

    seen = {each.item: bool(each.draft) for each in queries.touched(CARD, content, editor)}
    assert seen == {OURS[0]: True, OURS[1]: True, world.RENEW: False}
    assert not any(
        each.draft for each in queries.touched(CARD, content, world.clerk(world.POLICE, "receive"))
    )

"""A running case keeps its revision; it goes over to a newer one only if the head of the deciding body says so."""

from __future__ import annotations

from typing import Any

import pytest

from tongban.cases import actions, queries
from tongban.cases.models import Act, Case
from tongban.cases.tests import make
from tongban.cases.tests.make import FOOD, MONDAY
from tongban.catalogue import actions as catalogue
from tongban.catalogue import queries as items
from tongban.catalogue.rules import sections
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.trail import queries as trail

PROVINCE = "360000-market-supervision"
WHY = {"zh": "改革", "en": "Reform"}
NEW = f"{FOOD}@2"


@pytest.fixture
def publish(world):
    """Return a function that publishes a revision of the food licence with some sections changed."""
    editor = make.clerk(PROVINCE, "edit-items", name="editor")
    approver = make.clerk(PROVINCE, "approve-items", name="approver")

    def published(**changes: Any) -> None:
        row = catalogue.start(FOOD, by=editor, at=MONDAY)
        for code, change in changes.items():
            rows = sections.rows_of(row.content, sections.SECTIONS[code])
            row = catalogue.save(row.id, code, change(rows), by=editor, at=MONDAY)
        catalogue.submit(row.id, MONDAY.date(), WHY, "（示例）1号", by=editor, at=MONDAY)
        catalogue.publish(row.id, by=approver, at=MONDAY)

    # What a test rolls back, the process would remember: outside of tests nothing published ever goes.
    items.edition.cache_clear()
    yield published
    items.edition.cache_clear()


def _faster(rows):
    return [{**rows[0], "limits.promised.days": 5}]


def _slower(rows):
    return [{**rows[0], "limits.promised.days": rows[0]["limits.promised.days"] + 3}]


def _one_more(rows):
    return [*rows, {**rows[0], "code": "one-more", "name": {"zh": "承诺书", "en": "Letter"}}]


def _other_body(rows):
    return [{**rows[0], "decided_level": "city"}]


def _one_question_more(rows):
    answers = [{"code": code, "label": {"zh": code, "en": code}} for code in ("yes", "no")]
    return [*rows, {"code": "new", "ask": {"zh": "新问题", "en": "New"}, "answers": answers}]


def test_a_running_case_keeps_its_revision(accepted, publish):
    publish(limits=_faster)

    assert make.again(accepted).case.revision_id == f"{FOOD}@1"
    assert [(row.revision, row.state, row.count) for row in queries.running(FOOD)] == [
        (f"{FOOD}@1", "accepted", 1)
    ]


def test_gone_over_its_days_are_counted_anew_and_the_history_says_so(accepted, publish, head):
    publish(limits=_faster)
    seen = queries.preview(accepted.id, head, at=MONDAY)
    assert seen.due[0]
    assert seen.due[1]
    assert seen.due[1] < seen.due[0]

    row = actions.rebase(accepted.id, NEW, "申请人同意", by=head, at=MONDAY, seen=accepted.version)

    assert (row.case.revision_id, row.due_on) == (NEW, seen.due[1])
    assert Case.objects.get(pk=row.case_id).revision_id == NEW
    act = Act.objects.get(case=row.case_id, verb="rebase")
    assert act.words == {"reason": "申请人同意", "from": 1, "to": 2}
    (entry,) = [each for each in trail.of_case(row.case_id) if each.event == "case.rebase"]
    assert (entry.facts["before"], entry.facts["revision"]) == (f"{FOOD}@1", NEW)
    assert "申请人" not in str(entry.facts)


def test_a_reason_is_wanted_and_the_revision_that_was_seen(accepted, publish, head):
    publish(limits=_faster)

    with pytest.raises(Invalid, match=r"words\.missing"):
        actions.rebase(accepted.id, NEW, " ", by=head, at=MONDAY)
    for key in (f"{FOOD}@1", f"{FOOD}@3", "JX-P-0001@1"):
        with pytest.raises(Refused, match=r"rebase\.newest"):
            actions.rebase(accepted.id, key, "理由", by=head, at=MONDAY)


def test_only_who_approves_at_the_deciding_body_may(accepted, publish, inspector, window):
    publish(limits=_faster)
    other = make.clerk("360703-market-supervision", "approve", name="other-head")

    for by in (inspector, window):
        with pytest.raises(NotAllowed):
            actions.rebase(accepted.id, NEW, "理由", by=by, at=MONDAY)
        with pytest.raises(NotAllowed):
            queries.preview(accepted.id, by, at=MONDAY)
    with pytest.raises(Missing):
        actions.rebase(accepted.id, NEW, "理由", by=other, at=MONDAY)


def test_an_accepted_case_is_never_asked_for_more(accepted, publish, head):
    publish(materials=_one_more)

    assert queries.preview(accepted.id, head, at=MONDAY).change.obstacle == "rebase.asks-more"
    with pytest.raises(Refused, match=r"rebase\.asks-more"):
        actions.rebase(accepted.id, NEW, "理由", by=head, at=MONDAY)


def test_an_accepted_case_never_takes_longer(accepted, publish, head):
    publish(limits=_slower)

    assert queries.preview(accepted.id, head, at=MONDAY).change.obstacle == "rebase.longer"
    with pytest.raises(Refused, match=r"rebase\.longer"):
        actions.rebase(accepted.id, NEW, "申请人同意", by=head, at=MONDAY, seen=accepted.version)
    assert make.again(accepted).due_on == accepted.due_on


def test_one_that_was_only_received_may_be_and_then_lacks_it(in_hand, publish, head):
    publish(materials=_one_more)
    seen = queries.preview(in_hand.id, head, at=MONDAY)
    assert [each.material for each in seen.change.lacking] == ["one-more"]

    actions.rebase(in_hand.id, NEW, "理由", by=head, at=MONDAY)

    assert [each.material for each in queries.load(in_hand.id, head, at=MONDAY).lacking] == ["one-more"]


def test_what_is_not_asked_for_any_more_is_settled(in_hand, publish, head):
    publish(materials=lambda rows: rows[1:])

    actions.rebase(in_hand.id, NEW, "理由", by=head, at=MONDAY)

    assert "application-form" not in {
        each.code for each in queries.load(in_hand.id, head, at=MONDAY).edition.rule.materials
    }


def test_a_new_question_has_to_be_answered(accepted, publish, head):
    publish(situations=_one_question_more)
    with pytest.raises(Refused, match=r"rebase\.unanswered"):
        actions.rebase(accepted.id, NEW, "理由", by=head, at=MONDAY)

    row = actions.rebase(accepted.id, NEW, "理由", by=head, at=MONDAY, answers={"new": "yes"})

    assert row.case.answers["new"] == "yes"


def test_another_body_never_decides_by_it(accepted, publish, head):
    publish(deciding=_other_body)

    with pytest.raises(Refused, match=r"rebase\.other-body"):
        actions.rebase(accepted.id, NEW, "理由", by=head, at=MONDAY)


def test_what_was_decided_stays(accepted, publish, head, inspector, second):
    publish(limits=_faster)
    actions.review(accepted.id, "符合", by=second, at=MONDAY)
    actions.grant(accepted.id, by=inspector, at=MONDAY)

    with pytest.raises(Refused, match=r"rebase\.decided"):
        actions.rebase(accepted.id, NEW, "理由", by=head, at=MONDAY)


def test_a_suspended_item_is_not_received_and_says_until_when(window):
    editor = make.clerk(PROVINCE, "edit-items", name="editor")
    approver = make.clerk(PROVINCE, "approve-items", name="approver")
    draft = actions.start(
        items.in_force(FOOD, MONDAY.date()),
        by=window,
        at=MONDAY,
        data=make.typed(FOOD),
    )
    row = catalogue.propose_change(
        FOOD, "suspend", MONDAY.date(), WHY, "1号", by=editor, at=MONDAY, until=make.day(7).date()
    )
    catalogue.approve_change(row.id, by=approver, at=MONDAY)

    for attempt in (
        lambda: actions.receive(draft.id, by=window, at=MONDAY),
        lambda: make.received(window, FOOD),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "item.suspended-until"
        assert refused.value.params["day"] == make.day(7).date().isoformat()
    assert [(each.body, each.count) for each in queries.begun(FOOD)] == [("360111-service-centre", 1)]
    assert actions.receive(draft.id, by=window, at=make.day(7)).reference

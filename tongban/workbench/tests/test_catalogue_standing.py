"""An item's standing: what is refused is said at the top with all that was typed; what hasn't begun is recalled."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tongban.cases.tests import make
from tongban.catalogue import actions, queries
from tongban.catalogue.models import Change
from tongban.catalogue.rules import sections
from tongban.workbench.tests import desk_world

PROVINCE, FOOD = "360000-market-supervision", make.FOOD


@pytest.fixture
def staff(db):
    make.data()
    queries.edition.cache_clear()
    return {
        "editor": make.clerk(PROVINCE, "edit-items", name="editor"),
        "approver": make.clerk(PROVINCE, "approve-items", name="approver"),
        "both": make.clerk(PROVINCE, "edit-items", "approve-items", name="both"),
    }


@pytest.fixture
def sit(staff):
    return lambda who: desk_world.browser(staff[who])


def url(name: str, *args: object) -> str:
    return reverse(f"workbench:catalogue-{name}", args=args)


def typed(**more: Any) -> dict[str, Any]:
    day = timezone.localdate().isoformat()
    return {"valid_from": day, "reason_zh": "打了很久的理由", "rests_on": "赣府字1号", **more}


def said(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_a_change_that_the_standing_does_not_allow_keeps_what_was_typed(sit):
    answer = sit("editor").post(url("change-new", FOOD, "resume"), typed())

    assert answer.status_code == 409
    assert "打了很久的理由" in said(answer)
    assert 'value="赣府字1号"' in said(answer)
    assert "not suspended" in said(answer)


def test_who_proposed_is_told_on_the_page_of_the_change(sit):
    sit("both").post(url("change-new", FOOD, "suspend"), typed())
    change = Change.objects.get()

    answer = sit("both").post(url("change", FOOD, change.id))

    assert answer.status_code == 409
    assert "打了很久的理由" in said(answer)
    assert "This was not done" in said(answer)
    assert Change.objects.get().state == "review"


def test_an_answer_to_a_change_that_has_gone_on_is_not_lost(sit, staff):
    sit("editor").post(url("change-new", FOOD, "suspend"), typed())
    change = Change.objects.get()
    actions.approve_change(change.id, by=staff["both"], at=timezone.now())

    answer = sit("approver").post(url("change", FOOD, change.id), {"back": "1", "answer": "还缺一份文件"})

    assert answer.status_code == 409
    assert "还缺一份文件" in said(answer)


def ahead() -> str:
    return (timezone.localdate() + timedelta(days=9)).isoformat()


WHY = {"reason_zh": "发布有误", "rests_on": "赣府字2号"}


def test_a_scheduled_end_is_recalled_on_its_page(sit):
    sit("editor").post(url("change-new", FOOD, "end"), typed(valid_from=ahead()))
    ending = Change.objects.get()
    sit("approver").post(url("change", FOOD, ending.id))
    here = url("recall-change", FOOD, ending.id)
    assert here in said(sit("editor").get(url("change", FOOD, ending.id)))
    assert here not in said(sit("approver").get(url("change", FOOD, ending.id)))
    assert sit("approver").get(here).status_code == 403

    assert "What is recalled" in said(sit("editor").get(here))
    assert sit("editor").post(here, {**WHY, "rests_on": ""}).status_code == 422
    decide = sit("editor").post(here, WHY)["Location"]
    again = sit("editor").post(here, WHY)
    assert (again.status_code, "发布有误" in said(again)) == (409, True)
    assert "What is recalled" in said(sit("approver").get(decide))
    assert sit("approver").post(decide).status_code == 302
    assert queries.standing(FOOD, timezone.localdate() + timedelta(days=9)).is_open
    assert here not in said(sit("editor").get(url("change", FOOD, ending.id)))


def test_a_scheduled_revision_is_recalled_on_its_page(sit, staff):
    now = timezone.now()
    draft = actions.start(FOOD, by=staff["editor"], at=now)
    rows = sections.rows_of(draft.content, sections.SECTIONS["materials"])
    kept = [row for row in rows if row["code"] != "safety-rules"]
    actions.save(draft.id, "materials", kept, by=staff["editor"], at=now)
    day = timezone.localdate() + timedelta(days=9)
    actions.submit(draft.id, day, {"zh": "减材料"}, "1号", by=staff["editor"], at=now)
    made = actions.publish(draft.id, by=staff["approver"], at=now)
    here = url("recall-revision", FOOD, made.number)
    assert here in said(sit("editor").get(url("item", FOOD)))
    assert here not in said(sit("approver").get(url("item", FOOD)))

    decide = sit("editor").post(here, WHY)["Location"]
    assert f"Revision {made.number}" in said(sit("approver").get(decide))
    assert sit("approver").post(decide).status_code == 302

    page = said(sit("editor").get(url("item", FOOD)))
    assert "Recalled before its day" in page
    assert here not in page
    assert sit("editor").get(url("revision", FOOD, made.number)).status_code == 200
    refused = sit("editor").post(url("recall-revision", FOOD, made.number - 1), WHY)
    assert (refused.status_code, "发布有误" in said(refused)) == (409, True)
    assert sit("editor").get(url("recall-revision", FOOD, 99)).status_code == 404

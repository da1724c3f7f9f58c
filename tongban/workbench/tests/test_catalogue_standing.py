"""A change of an item's standing that is refused: said at the top of the page, and nothing that was typed is lost."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tongban.cases.tests import make
from tongban.catalogue import actions, queries
from tongban.catalogue.models import Change
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

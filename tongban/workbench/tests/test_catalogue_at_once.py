"""Two editors with the same section of a draft open: the second is told, and nothing that either typed is lost."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tongban.cases.tests import make
from tongban.catalogue import actions, queries
from tongban.catalogue.models import Proposal
from tongban.workbench.tests import desk_world
from tongban.workbench.tests.posting import posted

PROVINCE = "360000-market-supervision"
LABEL = "0.name.zh"


@pytest.fixture
def first(db) -> Any:
    make.data()
    queries.edition.cache_clear()
    return make.clerk(PROVINCE, "edit-items", name="first")


@pytest.fixture
def here(first) -> str:
    draft = actions.start(make.FOOD, by=first, at=timezone.now())
    return reverse("workbench:catalogue-section", args=[draft.id, "materials"])


@pytest.fixture
def two(first) -> tuple[Any, Any]:
    second = make.clerk(PROVINCE, "edit-items", name="second")
    return desk_world.browser(first), desk_world.browser(second)


def said() -> list[str]:
    return [row["name"]["zh"] for row in Proposal.objects.get().content["materials"]]


def shown(answer: Any) -> dict[str, Any]:
    return posted(answer.content.decode())


def test_the_second_is_told_and_keeps_what_was_typed(two, here):
    one, other = (shown(browser.get(here)) for browser in two)
    assert two[0].post(here, {**one, LABEL: "甲写的", "do": "save"}).status_code == 302

    answer = two[1].post(here, {**other, LABEL: "乙写的", "do": "save"})

    assert answer.status_code == 409
    assert "This was not saved" in html.unescape(answer.content.decode())
    assert shown(answer)[LABEL] == ["乙写的"]
    assert said()[0] == "甲写的"
    assert two[1].post(here, {**shown(answer), "do": "save"}).status_code == 302
    assert said()[0] == "乙写的"


def test_a_mistake_in_between_does_not_hide_that_somebody_else_saved(two, here):
    one, other = (shown(browser.get(here)) for browser in two)
    assert two[0].post(here, {**one, LABEL: "甲写的", "do": "save"}).status_code == 302

    wrong = two[1].post(here, {**other, "0.code": "不行", "do": "save"})
    assert wrong.status_code == 422
    answer = two[1].post(here, {**shown(wrong), "0.code": "ok", LABEL: "乙写的", "do": "save"})

    assert answer.status_code == 409
    assert said()[0] == "甲写的"


def test_what_the_page_does_not_show_stays_with_its_row(two, here):
    two[0].post(here, {**shown(two[0].get(here)), "do": "save"})
    before = Proposal.objects.get().content["materials"]
    one, other = (shown(browser.get(here)) for browser in two)
    assert two[0].post(here, {**one, "do": "remove:0"}).status_code == 302

    answer = two[1].post(here, {**other, "1.name.zh": "乙写的", "do": "save"})
    assert two[1].post(here, {**shown(answer), "do": "save"}).status_code == 302

    after = Proposal.objects.get().content["materials"]
    assert after[2:] == before[2:]
    assert after[1] == {**before[1], "name": {**before[1]["name"], "zh": "乙写的"}}

"""Moulds: made once per key, filled and escaped for every reader, never filled by what somebody wrote."""

from __future__ import annotations

import pytest
from django.utils.safestring import mark_safe

from tongban.lib import moulds
from tongban.lib.moulds import hole, pour


@pytest.fixture(autouse=True)
def _none_kept():
    moulds.forget()


def test_a_mould_is_made_once_and_filled_for_everybody():
    made = []

    def make():
        made.append(1)
        return f"<p>{hole('name')}, {hole('count')}</p>"

    assert pour("k", make, {"name": "甲", "count": "1"}) == "<p>甲, 1</p>"
    assert pour("k", make, {"name": "乙", "count": "2"}) == "<p>乙, 2</p>"
    assert len(made) == 1


def test_what_is_filled_in_is_escaped_unless_it_is_html_already():
    values = {"name": '<b>"&', "rows": mark_safe("<tr></tr>")}

    said = pour("k", lambda: f"{hole('name')}{hole('rows')}", values)

    assert said == "&lt;b&gt;&quot;&amp;<tr></tr>"


def test_a_value_that_looks_like_a_hole_is_not_filled():
    values = {"name": hole("secret"), "secret": "s3cret"}

    assert "s3cret" not in pour("k", lambda: hole("name"), values)


def test_a_template_that_changes_a_hole_is_found_when_the_mould_is_made():
    with pytest.raises(ValueError, match="filled in later"):
        pour("k", lambda: hole("name")[:-1], {"name": "甲"})


def test_a_value_that_is_missing_is_a_bug():
    with pytest.raises(KeyError):
        pour("k", lambda: hole("name"), {})


def test_no_more_moulds_are_kept_than_may_be(monkeypatch):
    monkeypatch.setattr(moulds, "MOST", 3)
    for number in range(10):
        pour(number, lambda: "", {})

    assert len(moulds._moulds) <= 3

"""Differences between two revisions name everything that changed, and nothing else."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.catalogue.rules import diff, parse, reduced
from tongban.catalogue.tests import make

CONTENT = make.content()
TEXT = st.fixed_dictionaries({"zh": st.text(max_size=4), "en": st.text(max_size=4)})
LEAF = st.none() | st.booleans() | st.integers(-2, 2) | st.text(max_size=3)


def _keyed(values: Any) -> Any:
    """Return lists of elements with a code each, no code twice."""
    element = st.fixed_dictionaries(
        {"code": st.sampled_from("abcdefgh")}, optional={"name": TEXT, "x": values}
    )
    return st.lists(element, max_size=5, unique_by=lambda each: each["code"])


TREE = st.recursive(
    LEAF | TEXT,
    lambda inner: (
        st.lists(inner, max_size=4)
        | _keyed(inner)
        | st.dictionaries(st.sampled_from("pqrs"), inner, max_size=3)
    ),
    max_leaves=25,
)
CONTENTS = st.dictionaries(
    st.sampled_from(["materials", "fields", "conditions", "fee", "limits"]), TREE, max_size=5
)


@given(CONTENTS)
def test_a_revision_does_not_differ_from_itself(content):
    assert diff.compare(content, copy.deepcopy(content)) == ()


@given(CONTENTS, CONTENTS)
def test_the_differences_alone_lead_from_the_one_to_the_other(before, after):
    found = diff.compare(before, after)

    assert diff.written(diff.apply(before, found)) == diff.written(after)
    assert bool(found) == (diff.written(before) != diff.written(after))


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every leaf."""
    if isinstance(value, dict) and value:
        return [each for key, inner in value.items() for each in _places(inner, (*path, key))]
    if isinstance(value, list) and value:
        return [each for place, inner in enumerate(value) for each in _places(inner, (*path, place))]
    return [path]


@given(st.data())
def test_whatever_is_changed_in_a_real_item_is_named(data):
    places = [path for path in _places(CONTENT) if path[0] not in diff.META and path[-1] != "code"]
    path = data.draw(st.sampled_from(places))
    after = copy.deepcopy(CONTENT)
    around: Any = after
    for key in path[:-1]:
        around = around[key]
    around[path[-1]] = "-changed-"

    (only,) = diff.compare(CONTENT, after)

    assert only.section == path[0]
    assert "-changed-" in diff.written(only.after)
    assert diff.apply(CONTENT, [only]) == {key: value for key, value in after.items() if key not in diff.META}


def test_what_tells_revisions_apart_by_itself_is_no_difference():
    assert diff.compare(CONTENT, {**CONTENT, "revision": 9, "valid_from": "2030-01-01"}) == ()


def test_a_material_is_met_by_its_code_and_called_by_its_name():
    after = copy.deepcopy(CONTENT)
    gone = after["materials"].pop(3)
    after["materials"][0]["copies"] = 3

    changed, removed = sorted(diff.compare(CONTENT, after), key=lambda each: each.kind)

    assert (changed.kind, changed.aspect, changed.before, changed.after) == ("changed", "copies", 1, 3)
    assert changed.name.zh == "食品经营许可申请书"
    assert (removed.kind, removed.name.zh) == ("removed", gone["name"]["zh"])


def test_a_new_order_is_one_difference():
    after = copy.deepcopy(CONTENT)
    after["materials"].append(after["materials"].pop(0))

    (only,) = diff.compare(CONTENT, after)

    assert only.kind == "moved"


def test_what_was_reduced_is_counted_and_named():
    after = copy.deepcopy(CONTENT)
    after["materials"] = [each for each in after["materials"] if each["code"] != "safety-rules"]
    after["materials"][4]["fetchable"] = True
    after["steps"].pop()
    after["limits"]["promised"]["days"] = 7
    found = reduced(parse({**CONTENT, "trips": 2}), parse({**after, "trips": 1}))

    assert (found.materials.less, found.steps.less, found.promised.less, found.trips.less) == (1, 1, 3, 1)
    assert [each.zh for each in found.gone] == ["保证食品安全的规章制度"]
    assert [each.zh for each in found.eased] == ["经营场所使用证明"]
    assert found.anything


def test_what_is_counted_in_other_days_or_not_said_is_not_compared():
    after = copy.deepcopy(CONTENT)
    after["limits"]["promised"]["unit"] = "calendar"
    found = reduced(parse(CONTENT), parse(after))

    assert (found.promised.before, found.promised.less, found.trips.less) == (None, 0, 0)
    assert not found.anything


@given(CONTENTS.map(lambda content: {**CONTENT, **{k: v for k, v in content.items() if k == "conditions"}}))
def test_nothing_of_a_kind_is_a_fault_of_the_comparison(content):
    assert all(each.section == "conditions" for each in diff.compare(CONTENT, content))


VALUES: list[Any] = [True, 1, "1", None, [], {}]


@pytest.mark.parametrize("value", VALUES)
def test_values_of_another_kind_are_never_the_same(value):
    others = [other for other in VALUES if type(other) is not type(value)]

    assert all(diff.compare({"fee": value}, {"fee": other}) for other in others)

"""Whose a list is: the body's that uploaded it; a source of lists belongs to the body that imported from it first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tongban.catalogue.actions import importing
from tongban.catalogue.models import Implementation, ImportedList
from tongban.catalogue.queries import implementations as queries
from tongban.catalogue.tests import make_lists as lists
from tongban.catalogue.tests import world
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Invalid, Missing, Refused

OURS, THEIRS = "360702-market-supervision", "360702-police"
LIST = lists.as_csv(lists.row())


@pytest.fixture(autouse=True)
def catalogue(db):
    world.data()


def ours() -> Clerk:
    return world.clerk(OURS, "approve")


def theirs() -> Clerk:
    return world.clerk(THEIRS, "approve")


def _mapped(listed: ImportedList, by: Clerk) -> object:
    columns = {"name": 1, "code": 3, "body_code": 8}
    day = lists.DAY
    return importing.map_columns(
        listed.id, columns=columns, origin="乙县", profile="local", valid_from=day, by=by, at=lists.AT
    )


@pytest.mark.parametrize(
    "step",
    [
        lambda listed, by: importing.choose_sheet(listed.id, "", 1, by=by),
        _mapped,
        lambda listed, by: importing.confirm(listed.id, by=by, at=lists.AT),
        lambda listed, by: queries.imported_list(listed.id, by),
    ],
)
def test_a_list_of_another_body_is_as_if_it_were_not_there(step: Callable[[ImportedList, Clerk], object]):
    listed = lists.checked(LIST, by=ours())
    by = theirs()

    with pytest.raises(Missing):
        step(listed, by)
    assert queries.imported_lists(by) == []
    listed.refresh_from_db()
    assert (listed.state, listed.columns["base_code"], Implementation.objects.count()) == ("checked", 2, 0)


def test_a_colleague_and_who_brings_in_lists_for_the_province_go_on_with_it():
    listed = lists.checked(LIST, by=ours())
    for by in (world.clerk(OURS, "supervise"), world.clerk(world.POLICE, "supervise")):
        assert [each.id for each in queries.imported_lists(by)] == [listed.id]

    assert importing.confirm(listed.id, by=by, at=lists.AT).state == "done"


def test_what_an_operator_brought_in_is_no_bodys():
    listed = lists.checked(LIST)

    with pytest.raises(Missing):
        importing.confirm(listed.id, by=ours(), at=lists.AT)


@pytest.mark.parametrize("first", [ours, lambda: lists.BY])
def test_a_source_is_not_overwritten_by_another_body(first):
    lists.imported(LIST, by=first())
    other = lists.as_csv(lists.row(body="（示例）别的名称"))

    with pytest.raises(Invalid) as refused:
        lists.checked(other, by=theirs())
    assert (refused.value.code, refused.value.field) == ("list.origin-taken", "origin")
    assert Implementation.objects.get().body == "（示例）甲县公安局"
    assert lists.imported(other, by=theirs(), origin="丙县").counts["created"] == 1


def test_a_name_that_was_only_tried_out_is_free_and_the_first_import_decides():
    tried, by = lists.checked(LIST, by=ours()), theirs()
    before = ImportedList.objects.get(pk=tried.id)
    lists.imported(LIST, by=by)

    with pytest.raises(Refused) as refused:
        importing.confirm(before.id, by=ours(), at=lists.AT)
    assert refused.value.code == "list.origin-taken"
    assert queries.latest_origin(ours()) is None

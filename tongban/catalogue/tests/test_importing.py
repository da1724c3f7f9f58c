"""Local lists: held against the base, imported whole or not at all, and never what the base owns."""

from __future__ import annotations

import io

import pytest
from django.db import IntegrityError, transaction

from tongban.catalogue import actions
from tongban.catalogue.actions import _checking, _storing, importing
from tongban.catalogue.models import Implementation, ImportedList, Item
from tongban.catalogue.queries import implementations as queries
from tongban.catalogue.tests import make_lists as lists
from tongban.catalogue.tests.make import DATA
from tongban.lib.actors import Clerk
from tongban.lib.ids import new_id
from tongban.lib.refusals import Invalid, NotAllowed, Refused
from tongban.trail.models import Entry


@pytest.fixture(autouse=True)
def catalogue(db):
    actions.load(DATA / "items")


def codes(**changes: str) -> list[str]:
    return [code for _, _, code in lists.wrong(lists.checked(lists.as_csv(lists.row(**changes))))]


def test_a_row_that_says_what_the_base_says_deviates_in_nothing():
    assert codes() == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"name": "居民身份证挂失"}, "name.other"),
        ({"name": "居民身份证补领"}, "name.of-another"),
        ({"name": "居民身份证　换领"}, "name.spelling"),
        ({"name": "居民身份证的换发"}, "name.near"),
        ({"base_code": "PB0000009999"}, "code.other"),
        ({"base_code": ""}, "code.missing"),
        ({"name": "虚构事项", "base_code": "PB0000009999"}, "item.unknown"),
        ({"name": "居民身份证到期换领", "base_code": "PB0000009999"}, "item.near"),
        ({"type": "行政许可"}, "type.other"),
        ({"type": "某种类型"}, "type.unknown"),
        ({"basis": ""}, "basis.missing"),
        ({"basis": "《虚构办法》第一条"}, "basis.other"),
        ({"basis": "按有关规定办理"}, "basis.other"),
        ({"basis": lists.LAW.replace("》", "》（2003年）")}, "basis.outdated"),
        ({"basis": "《居民身份证法》第8条、第10条、第11条、第12条"}, "basis.article"),
        ({"level": "乡级"}, "level.not-allowed"),
        ({"level": "宇宙级"}, "level.unknown"),
        ({"body_code": "11100000000013338X"}, "credit-code.wrong"),
        ({"code": "1144"}, "code.shape"),
        ({"name": ""}, "field.missing"),
    ],
)
def test_each_deviation_is_found_alone(changes, found):
    assert codes(**changes) == [found]


def test_a_shortened_title_and_arabic_numerals_are_the_same_basis():
    assert codes(basis="《居民身份证法》第8条，第10条，第11条，第12条，第21条") == []


def test_it_is_named_by_row_and_column_and_says_what_the_base_has():
    other = lists.row(code=f"{lists.OTHER}4PB0000000001", body_code=lists.OTHER, type="许可")
    (found,) = queries.findings(lists.checked(lists.as_csv(lists.row(), other)).id)

    assert (found.row, found.column, found.code) == (3, "D", "type.other")
    assert (found.found, found.base) == ("许可", "07 行政确认")


def test_what_stands_twice_in_a_list_is_found():
    listed = lists.checked(lists.as_csv(lists.row(), lists.row()))

    assert lists.wrong(listed) == [(3, "C", "row.twice")]


def test_a_dry_run_writes_nothing_and_says_what_would_happen():
    listed = lists.checked(lists.as_csv(lists.row()))

    assert (listed.counts["created"], listed.counts["errors"]) == (1, 0)
    assert not Implementation.objects.exists()


def test_importing_again_changes_nothing():
    content = lists.as_csv(lists.row())
    first, second = lists.imported(content), lists.imported(content)

    assert (first.counts["created"], first.counts["skipped"]) == (1, 0)
    assert (second.counts["created"], second.counts["changed"], second.counts["skipped"]) == (0, 0, 1)
    assert Implementation.objects.get().list_id == first.id


def test_a_row_that_changed_is_changed():
    lists.imported(lists.as_csv(lists.row()))
    second = lists.imported(lists.as_csv(lists.row(body="（示例）甲县公安局户政科")))

    assert (second.counts["created"], second.counts["changed"]) == (0, 1)
    assert Implementation.objects.get().body == "（示例）甲县公安局户政科"


def test_what_the_base_owns_is_only_reported():
    lists.imported(lists.as_csv(lists.row(name="居民身份证挂失", type="行政许可")))
    found = Implementation.objects.select_related("item").get()

    assert found.item.name["zh"] == "居民身份证换领"
    assert found.item.type == "07"
    assert found.reported["name"] == "居民身份证挂失"
    assert found.deviates == ["name.other", "type.other"]
    columns = {field.name for field in Implementation._meta.concrete_fields}
    assert not columns & {"name", "type", "basis", "base_code"}


@pytest.mark.parametrize("owned", ["name", "base_code", "type", "basis"])
def test_the_database_keeps_a_place_from_deciding_what_the_base_owns(owned):
    lists.imported(lists.as_csv(lists.row()))

    with pytest.raises(IntegrityError), transaction.atomic():
        Implementation.objects.update(facts={owned: "ours"})


def test_a_list_with_errors_is_not_imported_unless_they_are_left_out():
    listed = lists.checked(lists.as_csv(lists.row(), lists.row(code="1144")))

    with pytest.raises(Refused) as refused:
        importing.confirm(listed.id, by=lists.BY, at=lists.AT)
    assert (refused.value.code, Implementation.objects.count()) == ("list.has-errors", 0)

    done = importing.confirm(listed.id, by=lists.BY, at=lists.AT, partly=True)
    assert (done.counts["created"], done.counts["left_out"]) == (1, 1)


def test_a_list_of_nothing_but_errors_leaves_nothing_to_import():
    listed = lists.checked(lists.as_csv(lists.row(code="1144")))

    with pytest.raises(Refused) as refused:
        importing.confirm(listed.id, by=lists.BY, at=lists.AT, partly=True)
    assert refused.value.code == "list.nothing-left"


def test_an_import_that_breaks_off_leaves_nothing_half_done(monkeypatch):
    listed = lists.checked(lists.as_csv(lists.row(), lists.row(code=f"{lists.OTHER}4PB0000000001")))

    def broken(*_args):
        raise OSError

    monkeypatch.setattr("tongban.catalogue.actions._storing.trail.record", broken)
    with pytest.raises(OSError), transaction.atomic():
        importing.confirm(listed.id, by=lists.BY, at=lists.AT)

    assert not Implementation.objects.exists()
    assert ImportedList.objects.get(pk=listed.id).state == "checked"


def test_errors_that_the_base_brought_since_the_dry_run_stop_the_import():
    listed = lists.checked(lists.as_csv(lists.row(name="虚构事项", base_code="PB0000000001")))
    Item.objects.filter(base_code="PB0000000001").update(base_code="PB0000000000")
    stands = importing.confirm(listed.id, by=lists.BY, at=lists.AT)

    assert (stands.state, stands.counts["errors"], Implementation.objects.count()) == ("checked", 1, 0)


def test_what_was_mapped_is_proposed_with_the_next_list_of_the_source():
    head = [*lists.HEAD]
    head[0] = "本地叫法"
    listed = lists.uploaded(lists.as_csv(lists.row(), head=head))
    columns = {"name": 1, "base_code": 2, "code": 3, "body_code": 8}
    importing.map_columns(
        listed.id,
        columns=columns,
        origin="乙县",
        profile="gb39554",
        valid_from=lists.DAY,
        by=lists.BY,
        at=lists.AT,
    )

    origin = queries.origin_named("乙县")
    assert origin is not None
    assert (origin.columns["本地叫法"], origin.profile) == ("name", "gb39554")


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"name": 1, "code": 3}, "list.column-missing"),
        ({"name": 1, "code": 1, "body_code": 8}, "list.column-twice"),
        ({"name": 1, "code": 3, "body_code": 99}, "list.column-gone"),
    ],
)
def test_columns_that_cannot_be_meant_are_refused(columns, code):
    listed = lists.uploaded(lists.as_csv(lists.row()))

    with pytest.raises(Invalid) as refused:
        importing.map_columns(
            listed.id,
            columns=columns,
            origin="甲县",
            profile="local",
            valid_from=lists.DAY,
            by=lists.BY,
            at=lists.AT,
        )
    assert refused.value.code == code


def test_only_who_answers_for_a_body_brings_lists_in():
    clerk = Clerk(new_id(), new_id(), "x", frozenset({"x"}), "360702", roles=frozenset({"receive", "handle"}))

    with pytest.raises(NotAllowed):
        importing.upload(io.BytesIO(lists.as_csv(lists.row())), "list.csv", by=clerk, at=lists.AT)


def test_a_long_list_waits_for_the_background_work(monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 1)
    listed = lists.checked(lists.as_csv(lists.row(), lists.row(code=f"{lists.OTHER}4PB0000000001")))
    assert (listed.state, importing.waiting(lists.AT)) == ("checking", True)

    assert importing.work(lists.AT) == 1
    importing.confirm(listed.id, by=lists.BY, at=lists.AT)
    assert importing.work(lists.AT) == 1
    assert importing.work(lists.AT) == 0

    done = queries.imported_list(listed.id, lists.BY)
    assert (done.state, done.done, done.counts["created"]) == ("done", 2, 2)


def test_a_list_whose_process_was_killed_is_taken_by_another(monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 0)
    listed = lists.checked(lists.as_csv(lists.row()))
    ImportedList.objects.filter(pk=listed.id).update(claimed_at=lists.AT)

    assert importing.work(lists.AT) == 0
    assert importing.work(lists.AT + importing._LEASE * 2) == 1


def test_the_import_is_in_the_trail():
    listed = lists.imported(lists.as_csv(lists.row()))
    (entry,) = Entry.objects.filter(subject=f"list:{listed.id}")

    assert (entry.event, entry.facts["created"]) == ("catalogue.list.import", 1)


def test_sameness_counts_by_item_and_by_body():
    lists.imported(
        lists.as_csv(
            lists.row(), lists.row(code=f"{lists.OTHER}4PB0000000001", body_code=lists.OTHER, type="许可")
        )
    )

    (item,) = queries.by_item(queries.Wanted(), ())
    assert (item.name, item.implementations, item.others, item.major) == ("居民身份证换领", 2, 2, 1)
    assert [body.key for body in queries.by_body(queries.Wanted(), ())] == [lists.CREDIT, lists.OTHER]
    assert [body.key for body in queries.by_body(queries.Wanted(), (), after=lists.CREDIT)] == [lists.OTHER]
    assert [body.key for body in queries.by_body(queries.Wanted(severity=2), ())] == [lists.OTHER]
    assert queries.by_item(queries.Wanted(region="99"), ()) == []
    assert len(queries.implementations(queries.Wanted(deviation="type.other"))) == 1


def test_what_is_worked_off_at_once_is_left_alone_by_the_background_work(monkeypatch):
    free = []

    def watched(act):
        def run(*given):
            free.append(importing.waiting(lists.AT))
            return act(*given)

        return run

    for module, name in ((_checking, "check"), (_storing, "store")):
        monkeypatch.setattr(module, name, watched(getattr(module, name)))

    listed = lists.imported(lists.as_csv(lists.row()))

    assert free == [False, False]
    assert (listed.state, listed.counts["created"], listed.claimed_at) == ("done", 1, None)

"""Where the base says something else than when a list came in, its implementations are held against it anew."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from django.db import transaction

from tongban.catalogue import actions, follow
from tongban.catalogue.actions import comparing, importing
from tongban.catalogue.models import Comparison, Implementation, ImportedList, Item
from tongban.catalogue.queries import base as bases
from tongban.catalogue.queries import implementations as queries
from tongban.catalogue.tests import make_lists as lists
from tongban.catalogue.tests import world
from tongban.catalogue.tests.world import BASIS, NOW, POLICE, RENEW, TODAY, WHY, days
from tongban.places import actions as place_actions
from tongban.places.tests import make as places
from tongban.trail import queries as trail

OTHER_ROW = {"code": f"{lists.OTHER}4PB0000000001", "body_code": lists.OTHER}


@pytest.fixture(autouse=True)
def data(db):
    world.data()
    lists.imported(lists.as_csv(lists.row()))


@pytest.fixture
def editor():
    return world.editor(POLICE)


@pytest.fixture
def approver():
    return world.approver(POLICE)


@pytest.fixture
def let(editor, approver):
    """Return a function that lets a change of standing hold."""

    def hold(kind, on=TODAY, **more):
        row = actions.propose_change(RENEW, kind, on, WHY, BASIS, by=editor, at=NOW, **more)
        return actions.approve_change(row.id, by=approver, at=NOW)

    return hold


@pytest.fixture
def publish(editor, approver):
    """Return a function that publishes a revision with one article more, in force from a day on."""

    def published(day=TODAY):
        row = actions.start(RENEW, by=editor, at=NOW)
        basis = world.rows(row.content, "basis")
        added = {**basis[0], "article": "第三十条"}
        actions.save(row.id, "basis", [*basis, added], by=editor, at=NOW)
        actions.submit(row.id, day, WHY, BASIS, by=editor, at=NOW)
        return actions.publish(row.id, by=approver, at=NOW)

    return published


def later(count: int):
    return NOW + timedelta(days=count)


def deviates() -> list[str]:
    return Implementation.objects.get().deviates


def test_right_after_the_import_nothing_is_outdated():
    assert (deviates(), bases.outdated(TODAY), comparing.renew(NOW)) == ([], set(), 0)


def test_a_published_revision_is_held_against_what_came_in_before(publish):
    publish()

    assert bases.outdated(TODAY) == {RENEW}
    assert comparing.renew(NOW) == 1
    assert (deviates(), Implementation.objects.get().worst) == (["basis.article"], 1)
    assert (bases.outdated(TODAY), comparing.renew(NOW)) == (set(), 0)


def test_a_scheduled_revision_counts_from_its_day_and_not_before(publish):
    publish(days(5))
    assert (bases.outdated(TODAY), bases.outdated(days(4)), bases.outdated(days(5))) == (
        set(),
        set(),
        {RENEW},
    )

    assert (comparing.renew(later(4)), deviates()) == (0, [])
    assert (comparing.renew(later(5)), deviates()) == (1, ["basis.article"])


def test_an_ended_item_is_named_with_what_takes_its_place(let):
    let("merge", successors=["JX-P-0002"])
    comparing.renew(NOW)

    (found,) = Implementation.objects.get().deviations
    assert found["code"] == "item.ended"
    assert found["base"].startswith("2026-06-01 → ")
    assert Item.objects.get(pk="JX-P-0002").name["zh"] in found["base"]


def test_a_suspended_item_is_named_until_it_is_open_again(let):
    let("suspend", until=days(3))
    comparing.renew(NOW)
    assert deviates() == ["item.suspended"]

    assert comparing.renew(later(2)) == 0
    assert (comparing.renew(later(3)), deviates()) == (1, [])


def test_name_and_type_of_the_base_are_held_against_what_was_reported():
    Item.objects.filter(pk=RENEW).update(name={"zh": "居民身份证到期更新"}, type="01")
    while comparing.renew(NOW):
        continue

    assert deviates() == ["name.other", "type.other"]


def test_an_item_that_gets_the_code_of_another_is_noticed():
    Item.objects.filter(pk=RENEW).update(base_code="PB0000009999")
    comparing.renew(NOW)

    (found,) = Implementation.objects.get().deviations
    assert (found["code"], found["found"]) == ("code.other", "PB0000000001")


def test_what_is_found_anew_is_what_an_import_of_today_would_find(publish, let):
    publish()
    let("suspend")
    comparing.renew(NOW)
    anew = Implementation.objects.values_list("deviations", flat=True).get()
    lists.imported(lists.as_csv(lists.row()), origin="乙县")

    assert list(Implementation.objects.order_by("id").values_list("deviations", flat=True)) == [anew, anew]


def test_importing_the_same_list_after_the_base_changed_still_changes_nothing(publish):
    publish()
    comparing.renew(NOW)
    again = lists.imported(lists.as_csv(lists.row()))

    assert (again.counts["changed"], again.counts["skipped"], deviates()) == (0, 1, ["basis.article"])


def test_what_the_list_itself_brought_about_stays(publish):
    twice = (lists.row(), lists.row(code=f"{lists.OTHER}4PB0000000001"))
    lists.imported(lists.as_csv(*twice), origin="乙县")
    publish()
    comparing.renew(NOW)

    found = Implementation.objects.filter(origin__name="乙县").order_by("row")
    assert [each.deviates for each in found] == [["basis.article"], ["basis.article", "row.same-item"]]


def test_an_import_beside_implementations_of_an_older_base_leaves_these_to_be_compared(publish):
    publish()
    lists.imported(lists.as_csv(lists.row(**OTHER_ROW)), origin="乙县")
    assert bases.outdated(TODAY) == {RENEW}

    comparing.renew(NOW)
    assert [each.deviates for each in Implementation.objects.all()] == [["basis.article"]] * 2


def test_stale_findings_are_counted_as_such_and_never_as_what_they_were(publish):
    lists.imported(lists.as_csv(lists.row(type="许可", **OTHER_ROW)), origin="乙县")
    publish()
    stale = bases.outdated(TODAY)

    (item,) = queries.by_item(queries.Wanted(), stale)
    assert (item.implementations, item.minor, item.major, item.stale) == (2, 0, 0, 2)
    assert queries.totals(stale).stale == 2
    comparing.renew(NOW)
    (item,) = queries.by_item(queries.Wanted(), bases.outdated(TODAY))
    assert (item.minor, item.major, item.stale) == (1, 1, 0)


def test_a_region_that_ends_is_named_with_its_successor(tmp_path):
    folder = shutil.copytree(places.WORLD, tmp_path / "world")
    table = folder / "regions.csv"
    text = table.read_text(encoding="utf-8")
    line = next(each for each in text.splitlines() if each.startswith("360702,"))
    cells = line.split(",")
    cells[9], cells[10] = "2026-06-10", "360703"
    table.write_text(text.replace(line, ",".join(cells)), encoding="utf-8")
    place_actions.load_places(folder, by=places.OPERATOR, at=NOW)

    while comparing.renew(NOW):
        continue
    assert deviates() == []
    assert comparing.renew(later(9)) == 1
    (found,) = Implementation.objects.get().deviations
    assert (found["code"], found["base"]) == ("region.ended", "2026-06-10 → 360703 南康区")


def test_the_background_work_compares_by_itself_and_looks_again_only_after_a_while(publish, monkeypatch):
    monkeypatch.setattr(follow, "_looked", [])
    assert follow.follow(NOW) == 0
    publish()

    assert follow.follow(NOW + timedelta(seconds=1)) == 0
    assert follow.follow(NOW + timedelta(seconds=6)) == 1
    assert deviates() == ["basis.article"]


def test_a_comparison_that_breaks_off_leaves_the_item_outdated(publish, monkeypatch):
    publish()

    def broken(*_args):
        raise OSError

    monkeypatch.setattr("tongban.catalogue.actions.comparing.writes.run", broken)
    with pytest.raises(OSError), transaction.atomic():
        comparing.renew(NOW)
    monkeypatch.undo()

    assert (deviates(), bases.outdated(TODAY)) == ([], {RENEW})


def test_after_many_implementations_the_rest_waits_for_the_next_round(publish, let):
    other = lists.row(name="残疾人证换领", base_code="PB0000000016", type="行政确认", basis="")
    lists.imported(lists.as_csv([*other[:2], f"{lists.OTHER}4PB0000000016", *other[3:]]), origin="乙县")
    Comparison.objects.update(mark="")

    assert (comparing.renew(NOW, limit=1), len(bases.outdated(TODAY))) == (1, 1)
    assert (comparing.renew(NOW, limit=1), bases.outdated(TODAY)) == (1, set())


def test_the_report_of_a_list_knows_that_the_base_has_moved_on(publish):
    listed = lists.checked(lists.as_csv(lists.row()), origin="乙县")
    assert listed.base == bases.mark_of_all(TODAY)

    publish()
    assert ImportedList.objects.get(pk=listed.id).base != bases.mark_of_all(TODAY)
    done = importing.confirm(listed.id, by=lists.BY, at=NOW)
    assert (done.state, Implementation.objects.get(origin=done.origin).deviates) == (
        "done",
        ["basis.article"],
    )


def test_comparing_is_no_step_of_anybody_and_leaves_no_trace_in_the_trail(publish):
    publish()
    before = trail.count()
    comparing.renew(NOW)

    assert trail.count() == before

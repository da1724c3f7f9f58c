"""Many rows in one statement, read back as they were."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tongban.lib import writes
from tongban.lib.writes import Insert, Stale, Update
from tongban.trail.models import Checkpoint, Entry

AT = datetime(2026, 6, 1, 2, 3, 4, 567_891, tzinfo=UTC)


def entry(event: str = "test.happened", **facts) -> Entry:
    return Entry(event=event, subject="thing:1", actor="system:test", at=AT, facts=facts)


def test_rows_of_several_tables_are_written_in_one_statement(db, cost):
    rows = [entry(step=number) for number in range(50)]

    assert cost(lambda: writes.run(Insert(rows), Insert([Checkpoint(size=1, root=b"\x00\xff", at=AT)]))) == 1

    assert Entry.objects.count() == 50
    assert bytes(Checkpoint.objects.get().root) == b"\x00\xff"


@pytest.mark.parametrize(
    "text", ["申请人𠮷", 'a"b\\c', "one\ntwo", "%s %(x)s", "'; DROP TABLE trail_entry; --", ""]
)
def test_what_was_written_is_read_back_as_it_was(db, text):
    row = entry(text=text, none=None, yes=True, number=2**40)
    writes.run(Insert([row]))

    found = Entry.objects.get(pk=row.pk)

    assert (found.facts, found.at, found.case) == (row.facts, AT, None)


def test_an_update_saves_the_named_columns_only(db):
    row = entry()
    writes.run(Insert([row]))
    changed = Entry(id=row.id, number=7, event="another")
    writes.run(Update([changed], ("number",)))

    found = Entry.objects.get(pk=row.pk)

    assert (found.number, found.event) == (7, "test.happened")


def test_an_update_of_a_row_that_is_gone_is_refused(db):
    with pytest.raises(Stale):
        writes.run(Update([entry()], ("number",)))


@pytest.mark.django_db(transaction=True)
def test_what_is_refused_leaves_nothing_behind_even_outside_a_transaction():
    with pytest.raises(Stale):
        writes.run(Insert([entry()]), Update([entry()], ("number",)))

    assert Entry.objects.count() == 0


def test_nothing_to_write_sends_nothing(db, cost):
    assert cost(lambda: writes.run(Insert([]))) == 0

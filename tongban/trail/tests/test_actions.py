"""Recording, sealing and following."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tongban.trail import actions, queries, rules
from tongban.trail.models import Cursor, Entry

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)


def recorded(event: str = "test.happened", **facts) -> Entry:
    entry = actions.entry(event, "thing:1", actor="system:test", at=AT, **facts)
    actions.record([entry])
    return entry


def test_sealing_numbers_without_gaps_and_proves(db):
    entries = [recorded(step=number) for number in range(300)]

    assert actions.seal(AT) == 300
    assert actions.seal(AT) == 0

    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 301))
    for entry in entries[::50]:
        proof = queries.proof(entry.id)
        assert rules.verify(proof.leaf, proof.number - 1, proof.size, proof.path, proof.root)


def test_sealing_in_batches_gives_the_tree_of_one(db):
    for number in range(700):
        recorded(step=number)
    while actions.seal(AT, limit=97):
        pass

    leaves = [rules.leaf(entry.sealed()) for entry in Entry.objects.order_by("number")]
    tiles: dict[rules.Tile, bytes] = {}
    rules.append(tiles, 0, leaves)

    assert queries.proof(Entry.objects.get(number=1).id).root == rules.root(tiles, 700)


@pytest.mark.parametrize("change", ["UPDATE trail_entry SET event = 'x'", "DELETE FROM trail_entry"])
def test_the_database_refuses_to_change_what_was_recorded(db, change):
    recorded()

    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_a_sealed_number_is_never_given_anew(db):
    recorded()
    actions.seal(AT)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE trail_entry SET number = 99")


def test_a_follower_reads_each_entry_once_in_the_order_of_their_numbers(db):
    for number in range(5):
        recorded(step=number)
    actions.seal(AT)
    read: list[int] = []

    while actions.advance("test", lambda entry: read.append(entry.facts["step"]), AT, limit=2):
        pass

    assert read == [0, 1, 2, 3, 4]


def test_a_bad_entry_is_parked_and_the_rest_go_on(db):
    for number in range(3):
        recorded(step=number)
    actions.seal(AT)
    read: list[int] = []

    def handle(entry: Entry) -> None:
        if entry.facts["step"] == 1:
            raise ValueError("a bad entry")
        read.append(entry.facts["step"])

    actions.advance("test", handle, AT)

    assert read == [0, 2]
    (parked,) = queries.parked()
    assert (parked.entry.facts["step"], parked.error) == (1, "ValueError")
    actions.retry(parked.id, lambda entry: read.append(entry.facts["step"]))
    assert (read, queries.parked()) == ([0, 2, 1], [])


def test_what_is_not_sealed_is_not_followed(db):
    recorded()

    assert actions.advance("test", lambda _: None, AT) == 0
    assert Cursor.objects.get(follower="test").number == 0


@pytest.mark.django_db(transaction=True)
def test_a_slow_transaction_gets_a_later_number_and_is_still_followed():
    began, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            recorded("slow")
            began.set()
            go_on.wait(10)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    began.wait(10)
    recorded("quick")
    actions.seal(AT)
    read: list[str] = []
    actions.advance("test", lambda entry: read.append(entry.event), AT)
    go_on.set()
    thread.join()
    actions.seal(AT)
    actions.advance("test", lambda entry: read.append(entry.event), AT)

    assert read == ["quick", "slow"]


@pytest.mark.django_db(transaction=True)
def test_two_sealers_do_not_get_in_each_others_way():
    recorded()
    results: list[int] = []

    def other() -> None:
        results.append(actions.seal(AT))
        connections.close_all()

    with transaction.atomic():
        assert actions.seal(AT) == 1
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(10)

    assert results == [0]


def test_reading_the_log_again_finds_it_as_it_was_sealed(db):
    for number in range(600):
        recorded(step=number)
    actions.seal(AT)

    assert queries.audit() == queries.Audit(600, "")


def test_an_entry_changed_behind_everybodys_back_is_found(db):
    for number in range(600):
        recorded(step=number)
    actions.seal(AT)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trail_entry DISABLE TRIGGER trail_keep")
        cursor.execute("UPDATE trail_entry SET event = 'another' WHERE number = 300")

    assert queries.audit().wrong == "entries 257 to 512 aren't what was sealed"


def test_an_entry_cut_out_is_found(db):
    for number in range(3):
        recorded(step=number)
    actions.seal(AT)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trail_entry DISABLE TRIGGER trail_keep")
        cursor.execute("DELETE FROM trail_entry WHERE number = 2")

    assert queries.audit().wrong == "number 2 is missing"

"""Somebody tampers with the trail."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tongban.cases.tests import make
from tongban.trail import actions as trail
from tongban.trail import queries as trails
from tongban.trail.models import Entry

MONDAY = make.MONDAY
UNGUARDED = "ALTER TABLE trail_entry DISABLE TRIGGER trail_keep_whole"


@pytest.fixture
def entry(licence):
    trail.seal(MONDAY)
    return Entry.objects.filter(case=licence.case_id).get()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE trail_entry SET facts = '{}'",
        "UPDATE trail_entry SET actor = 'post:another'",
        "UPDATE trail_entry SET at = at - interval '1 day'",
        'UPDATE trail_entry SET "case" = NULL',
        "UPDATE trail_entry SET number = NULL",
        "UPDATE trail_entry SET number = number + 100",
        "DELETE FROM trail_entry",
    ],
)
def test_the_database_itself_refuses(entry, change):
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)

    assert trails.audit() == trails.Audit(Entry.objects.count(), "")


@pytest.mark.parametrize(
    "tables",
    ["trail_entry", "trail_entry CASCADE", "trail_tile", "trail_checkpoint", "cases_act, trail_tile"],
)
def test_the_database_itself_refuses_to_empty_the_trail(entry, tables):
    with (
        pytest.raises(DatabaseError, match=r"never emptied|foreign key"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {tables}")

    assert trails.audit() == trails.Audit(Entry.objects.count(), "")


@pytest.mark.django_db(transaction=True)
def test_only_tests_clean_up_after_themselves():
    trail.record([trail.entry("case.part.grant", "part:1", actor="system:test", at=MONDAY)])
    trail.seal(MONDAY)

    call_command("flush", interactive=False)

    assert trails.audit() == trails.Audit(0, "")
    with pytest.raises(DatabaseError, match="never emptied"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE trail_checkpoint")


def test_saving_a_changed_entry_is_refused(entry):
    entry.facts = {**entry.facts, "state": "granted"}

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        entry.save()


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE trail_entry DISABLE TRIGGER trail_keep; UPDATE trail_entry SET facts = '{}'",
        "ALTER TABLE trail_entry DISABLE TRIGGER trail_keep; DELETE FROM trail_entry WHERE number = 1",
        f"{UNGUARDED}; TRUNCATE trail_entry CASCADE",
        "UPDATE trail_checkpoint SET root = '\\x00'",
    ],
)
def test_who_goes_behind_the_databases_back_is_found_out(entry, change):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
        found = trails.audit()
        transaction.set_rollback(True)

    assert found.wrong


def test_an_entry_slipped_in_under_a_number_of_its_own_is_found(entry):
    slipped = trail.entry("case.part.grant", "part:1", actor="system:test", at=MONDAY)
    slipped.number = Entry.objects.count() + 1
    trail.record([slipped])

    assert trails.audit().wrong

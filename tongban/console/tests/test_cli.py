"""The command at the command line: exit codes, plain words, no tracebacks."""

import os
import subprocess
import sys
from contextlib import nullcontext

import pytest
from django.utils import timezone

from tongban.console.environment import ROOT


def tongban(*arguments, **environment):
    """Run the command as an operator would."""
    command = [sys.executable, "-m", "tongban", *arguments]
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tongban.settings", **environment}
    return subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)


def test_without_arguments_it_helps():
    done = tongban()

    assert "serve" in done.stdout + done.stderr
    assert "doctor" in done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [["nonsense"], ["serve", "--port", "many"], ["import", "calendar"]])
def test_called_wrongly_it_exits_with_two(arguments):
    assert tongban(*arguments).returncode == 2


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path):
    done = tongban("import", "calendar", "no-such.csv", DATA_DIR=str(tmp_path))

    assert done.returncode == 2
    assert "doesn't exist" in done.stderr


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"DATABASE_URL": "mysql://here/db"}, "DATABASE_URL must begin with postgresql://"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "the database can't be reached"),
        ({"DATABASE_URL": "", "DATA_DIR": "/proc/none"}, "DATA_DIR /proc/none can't be made"),
        ({"FILES_MAX_BYTES": "plenty"}, "FILES_MAX_BYTES is 'plenty'"),
    ],
)
def test_what_is_to_be_expected_is_one_line_and_exit_code_one(tmp_path, wrong, says):
    done = tongban("migrate", **{"DATA_DIR": str(tmp_path), **wrong})

    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_finds_an_empty_database_ill_and_says_what_to_do(tmp_path):
    done = tongban("doctor", DATA_DIR=str(tmp_path), DATABASE_URL="")

    assert done.returncode == 1
    assert "   ok  database: PostgreSQL 18" in done.stdout
    assert "   ok  durability: fsync is on" in done.stdout
    assert "run `tongban migrate`" in done.stdout


def test_reference_data_is_loaded_once_and_again_changes_nothing(tmp_path):
    surroundings = {"DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    assert tongban("migrate", **surroundings).returncode == 0
    first = tongban("load", "calendar", **surroundings)
    again = tongban("load", "calendar", **surroundings)

    assert (first.returncode, again.returncode) == (0, 0)
    assert "created 0" not in first.stdout
    assert "created 0, changed 0, removed 0" in again.stdout
    refused = tongban("import", "calendar", "data/calendar/cn.csv", "--forecast", **surroundings)
    assert refused.returncode == 1
    assert "calendar.year-settled" in refused.stderr


@pytest.mark.django_db
def test_an_operator_hires_somebody_and_lets_them_go(monkeypatch):
    from tongban.cases.tests import make
    from tongban.console import environment, staff
    from tongban.people import queries as people
    from tongban.places import queries as places

    make.data()
    monkeypatch.setattr(environment, "ready", nullcontext)
    staff.add(
        "li.window",
        name="示范员工八",
        body="360111-service-centre",
        role=["receive"],
        password="a-long-enough-word",
        window="360111-hall-08",
    )

    account = people.by_username("li.window")
    (at_work,) = places.posts_of(account.id, timezone.localdate())
    assert (at_work.clerk.body, at_work.clerk.window) == ("360111-service-centre", "360111-hall-08")

    staff.close("li.window")

    assert places.posts_of(account.id, timezone.localdate()) == []

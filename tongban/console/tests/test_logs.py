"""Log lines are structured and hold nothing about a person."""

import io
import json
import logging

import pytest
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import Client

from tongban.console import logs

IDENTITY = "360121180001010017"


@pytest.fixture
def lines():
    """Return a function that gives the lines logged so far."""
    root, written = logging.getLogger(), io.StringIO()
    before = root.handlers[:]
    levels = {name: logging.getLogger(name).level for name in ("", "django.request", "django.server")}
    logs.configure("json")
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers[:] = before
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_a_request_is_logged_by_its_route_never_by_its_path_or_query(lines, rf):
    request = rf.get(f"/people/{IDENTITY}?name=申请人甲")

    logs.access_log(lambda _: HttpResponse(status=404))(request)

    (line,) = lines()
    assert (line["event"], line["method"], line["status"], line["route"]) == ("request", "GET", 404, "")
    assert line["request_id"]
    assert line["ms"] >= 0
    assert "申请人甲" not in str(line)
    assert IDENTITY not in str(line)


def test_a_form_from_elsewhere_is_logged_without_its_address_and_a_wrong_host_without_its_name(lines, db):
    browser = Client(enforce_csrf_checks=True)
    browser.post("/tell/link/a-secret-code/")
    browser.get("/", headers={"Host": "a-secret-host"})

    refused = [(line["event"], line["kind"]) for line in lines() if "kind" in line]
    assert refused == [("request refused", "csrf"), ("request refused", "DisallowedHost")]
    assert "a-secret" not in str(lines())


def test_health_is_logged_only_when_it_is_bad(lines, client, db):
    client.get("/healthz")

    assert lines() == []


def test_an_exception_is_logged_by_type_and_place_without_its_words(lines):
    try:
        int("申请人甲")
    except ValueError:
        logging.getLogger("any").exception("could not read it")

    (line,) = lines()
    assert (line["event"], line["error"], line["level"]) == ("could not read it", "ValueError", "error")
    assert line["at"][-1].startswith(__file__)
    assert "申请人甲" not in json.dumps(line, ensure_ascii=False)


@pytest.mark.django_db
def test_a_refusal_of_the_database_names_the_constraint_and_not_the_row(lines):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE t (name text CONSTRAINT one_name PRIMARY KEY)")
        try:
            cursor.execute("INSERT INTO t VALUES ('申请人甲'), ('申请人甲')")
        except IntegrityError:
            logging.getLogger("any").exception("refused")
        connection.needs_rollback = True

    (line,) = lines()
    assert (line["sqlstate"], line["constraint"]) == ("23505", "one_name")
    assert "申请人甲" not in str(line)


@pytest.mark.parametrize("number", [IDENTITY, "13800000000", "91110000600037341L"])
def test_numbers_of_people_are_masked_wherever_they_slip_in(lines, number):
    logging.getLogger("any").warning("sent to %s", number, extra={"why": f"({number})"})

    (line,) = lines()
    assert (line["event"], line["why"]) == ("sent to …", "(…)")


def test_a_traceback_that_came_as_text_keeps_only_its_last_place(lines):
    text = 'It failed\nTraceback (most recent call last):\n  File "a.py", line 1, in b\nValueError: 申请人甲'
    logging.getLogger("_granian.utils").error(text)

    (line,) = lines()
    assert (line["event"], line["error"]) == ("It failed", "ValueError")
    assert line["at"] == ['"a.py", line 1, in b']
    assert "申请人甲" not in str(line)


def test_ids_and_times_are_left_alone(lines):
    kept = "0198f0d2-1b3c-7def-8123-456789abcdef 2026-11-23T10:00:00"
    logging.getLogger("any").warning("%s", kept)

    assert lines()[0]["event"] == kept

"""The background loop: everybody gets their turn, and one who fails doesn't stop the rest."""

import threading
import time
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection, connections

from tongban.console import work
from tongban.console.work import Duty


def fails(_):
    raise RuntimeError


@pytest.mark.django_db
def test_a_failing_duty_does_not_stop_the_others(caplog):
    todo = [Duty("bad", fails), Duty("good", lambda at: 3)]

    assert work.once(todo) == 3
    assert [record.duty for record in caplog.records] == ["bad"]


def test_sealing_comes_first_and_rooms_follow_in_their_order():
    names = [duty.name for duty in work.duties()]

    assert names[0] == "trail.seal"
    assert "cases.follow" in names


@pytest.mark.django_db(transaction=True)
def test_it_wakes_up_when_the_trail_calls_and_ends_when_told():
    turns, stop = [], threading.Event()
    todo = [Duty("count", lambda at: turns.append(time.monotonic()))]

    def run():
        with work._listening() as ear:
            work._attend(todo, ear, stop)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    wait_for(turns, 1)
    called = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [work.CHANNEL])
    wait_for(turns, 2)
    stop.set()
    thread.join(5)

    assert not thread.is_alive()
    assert turns[1] - called < work.POLL / 2


def wait_for(turns, count):
    deadline = time.monotonic() + 5
    while len(turns) < count:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_database_that_is_away_is_waited_for(monkeypatch, caplog):
    stop, tries = threading.Event(), []

    def away():
        tries.append(1)
        if len(tries) == 2:
            stop.set()
        raise OperationalError

    monkeypatch.setattr(work, "POLL", 0.01)
    monkeypatch.setattr(work, "_listening", away)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    work.run(stop)

    assert len(tries) == 2
    assert "database away" in caplog.text


def test_as_long_as_there_is_work_nobody_sleeps(monkeypatch):
    left, stop, slept = [3, 2, 1], threading.Event(), []

    def notifies(**_):
        slept.append(1)
        stop.set()
        return iter(())

    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    work._attend([Duty("drain", lambda at: left.pop() if left else 0)], Mock(notifies=notifies), stop)

    assert (left, slept) == ([], [1])

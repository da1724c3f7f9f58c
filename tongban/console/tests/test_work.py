"""The background loop: everybody gets their turn, and one who fails doesn't stop the rest."""

from __future__ import annotations

import threading

import pytest
from django.db import OperationalError

from tongban.console import work
from tongban.console.work import Duty


def fails(_):
    raise RuntimeError


def away(_):
    raise OperationalError


class Stop(threading.Event):
    """Counts how often somebody slept, and ends the loop after so many times."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.slept, self.after = 0, after

    def wait(self, timeout: float | None = None) -> bool:
        self.slept += 1
        if self.slept >= self.after:
            self.set()
        return self.is_set()


@pytest.fixture(autouse=True)
def no_senders(monkeypatch):
    monkeypatch.setattr(work, "senders", list)


@pytest.mark.django_db
def test_a_failing_duty_does_not_stop_the_others(caplog):
    todo = [Duty("bad", fails), Duty("good", lambda at: 3)]

    assert work.once(todo) == 3
    assert [record.duty for record in caplog.records] == ["bad"]


def test_sealing_comes_first_and_rooms_follow_in_their_order():
    names = [duty.name for duty in work.duties()]

    assert names[0] == "trail.seal"
    assert "cases.follow" in names


def test_as_long_as_there_is_work_nobody_sleeps(monkeypatch):
    left, stop = [3, 2, 1], Stop(after=1)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work, "duties", lambda: [Duty("drain", lambda at: left.pop() if left else 0)])

    work.run(stop)

    assert (left, stop.slept) == ([], 1)


@pytest.mark.django_db
def test_a_database_that_is_away_is_waited_for(monkeypatch, caplog):
    stop = Stop(after=3)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work, "connection", type("Closed", (), {"close": staticmethod(lambda: None)}))
    monkeypatch.setattr(work, "duties", lambda: [Duty("seal", away)])

    work.run(stop)

    assert stop.slept == 3
    assert caplog.text.count("database away") == 3


def test_a_server_that_does_not_answer_holds_nobody_up(monkeypatch):
    asked, answered, stop = threading.Event(), threading.Event(), threading.Event()
    sealed: list[int] = []

    def hang(_):
        asked.set()
        answered.wait(30)

    def seal(_):
        sealed.append(len(sealed) + 1)
        if len(sealed) == 3:
            stop.set()
        return 1

    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work, "senders", lambda: [Duty("mails", hang)])
    monkeypatch.setattr(work, "duties", lambda: [Duty("seal", seal)])

    work.run(stop)

    assert asked.wait(10)
    assert sealed == [1, 2, 3]
    answered.set()

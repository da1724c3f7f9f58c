"""Identifiers are in the order in which they were made."""

from __future__ import annotations

import time
import uuid

from tongban.lib import ids


def test_they_are_version_7_of_the_rfc_and_carry_the_time():
    before = time.time_ns() // 1_000_000
    made = ids.new_id()

    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000


def test_each_is_greater_than_the_one_before():
    made = [ids.new_id() for _ in range(5000)]

    assert made == sorted(set(made))


def test_a_clock_set_back_does_not_turn_the_order_around(monkeypatch):
    first = ids.new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)

    assert ids.new_id() > first

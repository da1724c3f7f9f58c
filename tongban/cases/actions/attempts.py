"""Wrong codes and passwords, counted so that nobody can try them all: the one place where guessing is slowed down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import connection

from tongban.cases import queries
from tongban.cases.models import Attempt
from tongban.cases.rules import reference
from tongban.lib.personal import found_by
from tongban.lib.refusals import Missing, Refused

T = TypeVar("T")
TRIES, WINDOW = 10, timedelta(minutes=15)
SHARED = {"address": 100, "sign-in-address": 100}
"""Tries under keys that many people have in common: a hall and a carrier's phones come from one address."""


def guarded(look: Callable[[], T], *keys: str, at: datetime) -> T:
    """Return what is found by a secret, unless too many wrong ones were tried under one of the keys.

    :param look: raises Missing where the secret is wrong; that is counted
    :raises Missing: if it's wrong
    :raises Refused: after too many tries
    """
    require_patience(*keys, at=at)
    try:
        return look()
    except Missing:
        attempt(*keys, at=at)
        raise


def open_case(typed: str, code: str, *, address: str, at: datetime) -> UUID:
    """Return the case that a number and its query code open, for whoever asks from an address.

    :raises Missing: if number or code is wrong, without saying which; it is counted
    :raises Refused: after too many tries for the case or from the address
    """
    keys = [f"address:{address}"]
    # What is no number at all would be counted with everybody else's slips of the pen.
    if written := reference.read_reference(typed):
        keys.append(f"case:{written}")
    return guarded(lambda: queries.opened(typed, code), *keys, at=at)


def attempt(*keys: str, at: datetime) -> None:
    """Count a wrong code against each key, and refuse once there were too many.

    Kept outside the caller's fate: each count is one statement of its own.

    :raises Refused: after ten attempts in a quarter of an hour, a hundred from an address; says when it's open again
    """
    counted = [(_count(key, at), _most(key)) for key in keys]
    if closed := [until for (count, until), most in counted if count > most]:
        raise Refused("query.too-often", until=max(closed))


def require_patience(*keys: str, at: datetime) -> None:
    """Let nobody look who has tried too often, whether or not the code is right this time.

    :raises Refused: says when it's open again
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(until) FROM cases_attempt JOIN unnest(%s::bytea[], %s::int[]) AS asked (key, most) USING (key)"
            " WHERE until > %s AND count >= most",
            [[_hash(key) for key in keys], [_most(key) for key in keys], at],
        )
        (until,) = cursor.fetchone() or (None,)
    if until:
        raise Refused("query.too-often", until=until)


def _most(key: str) -> int:
    return SHARED.get(key.partition(":")[0], TRIES)


def _count(key: str, at: datetime) -> tuple[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_attempt AS a (key, count, until) VALUES (%(key)s, 1, %(until)s)"
            " ON CONFLICT (key) DO UPDATE SET count = CASE WHEN a.until < %(now)s THEN 1 ELSE a.count + 1 END,"
            " until = CASE WHEN a.until < %(now)s THEN %(until)s ELSE a.until END RETURNING count, until",
            {"key": _hash(key), "until": at + WINDOW, "now": at},
        )
        row: tuple[int, datetime] = cursor.fetchone() or (0, at)
    return row


def forget_attempts(at: datetime) -> int:
    """Forget what was counted more than a day ago, and return how much that was."""
    deleted, _ = Attempt.objects.filter(until__lt=at - timedelta(days=1)).delete()
    return deleted


def _hash(key: str) -> bytes:
    # Keyed: there are few enough addresses for anybody to hash them all.
    return found_by("attempt", key)

"""Ways to do harm: a process that kills itself, a connection that breaks, several at the same moment."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

_TABLES = (
    "cases_draft", "cases_case", "cases_part", "cases_transfer", "cases_enclosure", "cases_act", "cases_delivery",
    "cases_copying", "cases_obstacle", "papers_paper", "papers_counter", "trail_entry", "trail_tile",
    "trail_checkpoint", "trail_cursor", "trail_parked", "cases_attempt",
)  # fmt: skip


def fingerprint() -> list[tuple[str, int, str]]:
    """Return how many rows each table has and a hash of all that they hold."""
    each = (
        f"SELECT '{table}', count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t"
        for table in _TABLES
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return list(cursor.fetchall())


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed(act: Callable[[], object], after: int, *, at_commit: bool = True) -> bool:
    """Do something in a process of its own that is killed after so many statements; return whether it got that far.

    One that has fewer is killed as soon as its transaction is committed, before it can tell anybody.

    :param at_commit: whether the end of a transaction counts, too; for what takes one transaction only
    """
    # A connection can't be shared by two processes: each opens its own.
    connections.close_all()
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return os.WTERMSIG(status) == signal.SIGKILL
        assert os.WEXITSTATUS(status) == 0, "the action itself failed"
        return False
    try:
        _run(act, after, at_commit)
        os._exit(0)
    except BaseException:
        os._exit(1)


def _run(act: Callable[[], object], after: int, at_commit: bool) -> None:
    sent = 0

    def count(execute: Callable[..., Any], *rest: Any) -> Any:
        nonlocal sent
        if sent == after:
            _die()
        sent += 1
        return execute(*rest)

    commit = connection.commit

    def end() -> None:
        if sent == after:
            _die()
        commit()
        _die()

    connection.ensure_connection()
    if at_commit:
        connection.commit = end  # type: ignore[method-assign]  # this process dies of it
    with connection.execute_wrapper(count):
        act()


@contextmanager
def cut_off(after: int) -> Iterator[None]:
    """Let the server end our connection after so many statements, as if it had gone down."""
    other = connections.create_connection(DEFAULT_DB_ALIAS)
    connection.ensure_connection()
    pid, sent = connection.connection.info.backend_pid, 0

    def count(execute: Callable[..., Any], *rest: Any) -> Any:
        nonlocal sent
        if sent == after:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])
        sent += 1
        return execute(*rest)

    try:
        with connection.execute_wrapper(count):
            yield
    finally:
        other.close()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of it at the same moment, and return what came of each: its result or its refusal."""
    gate = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(index: int, act: Callable[[], object]) -> None:
        connection.ensure_connection()
        gate.wait(10)
        try:
            results[index] = act()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def failures(results: Sequence[object]) -> list[Exception]:
    """Return what was refused or broke."""
    return [each for each in results if isinstance(each, Exception)]

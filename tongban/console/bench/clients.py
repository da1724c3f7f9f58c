"""Clients as processes: each prepared and warmed before the clock starts, all started at once, for a fixed time."""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.synchronize import Barrier
from statistics import quantiles
from threading import BrokenBarrierError
from typing import Any

from django.db import connections

_FORK = multiprocessing.get_context("fork")
_PATIENCE = 300.0
_REST = 0.05
WARM = 6
"""Operations before the clock starts: after five, PostgreSQL settles on a plan."""

Operation = Callable[[], int]
"""Does something once, and tells how many things that were."""
Prepare = Callable[[int, int], Operation]
"""Gives a client, told its index and how many there are, what it does again and again."""


class Broken(Exception):
    """A client failed, so there is nothing to report; says which and why."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What so many clients did in a time, how long one operation took, and what it cost the two sides' processors.

    Times are in milliseconds: `median` and `p99` of an operation, `client` and `server` per thing done.
    """

    clients: int
    done: int
    seconds: float
    median: float
    p99: float
    client: float
    server: float

    @property
    def per_second(self) -> float:
        """How many things were done a second."""
        return self.done / self.seconds


@dataclass(frozen=True, slots=True)
class _Race:
    """What a client is told: which one it is, for how long, from when, and where to say what it did."""

    index: int
    seconds: float
    warm: int
    barrier: Barrier
    results: Any


@dataclass(frozen=True, slots=True)
class _Said:
    """What one client tells of its time."""

    done: int
    lasted: float
    busy: float
    took: list[float]


def run(
    prepare: Prepare,
    clients: int,
    seconds: float,
    warm: int = WARM,
    busy: Callable[[], float] = lambda: 0.0,
) -> Rate:
    """Return what the clients did.

    :param busy: tells for how many seconds the server's processors have been busy
    :raises Broken: if one of them failed
    """
    connections.close_all()  # a connection can't be shared with a child
    barrier, results = _FORK.Barrier(clients + 1), _FORK.SimpleQueue()
    processes = [
        _FORK.Process(
            target=_client,
            args=(partial(prepare, index, clients), _Race(index, seconds, warm, barrier, results)),
            daemon=True,
        )
        for index in range(clients)
    ]
    for process in processes:
        process.start()
    with suppress(BrokenBarrierError):
        barrier.wait(_PATIENCE)
    before = busy()
    said = [results.get() for _ in processes]
    worked = busy() - before
    for process in processes:
        process.join()
    if failed := [each for each in said if isinstance(each, str)]:
        raise Broken(min(failed, key=lambda text: "BrokenBarrierError" in text))
    return _rate(said, worked)


def _rate(said: list[_Said], worked: float) -> Rate:
    took = [each for one in said for each in one.took]
    done = sum(one.done for one in said)
    cuts = quantiles(took, n=100) if len(took) > 1 else took * 99
    return Rate(
        clients=len(said),
        done=done,
        seconds=max(one.lasted for one in said),
        median=cuts[49] * 1000,
        p99=cuts[98] * 1000,
        client=sum(one.busy for one in said) / done * 1000,
        server=worked / done * 1000,
    )


def _client(prepare: Callable[[], Operation], race: _Race) -> None:
    try:
        operate = prepare()
        for _ in range(race.warm):
            operate()
        gc.collect()
        gc.freeze()
        race.barrier.wait(_PATIENCE)
        race.results.put(_timed(operate, race.seconds))
    except Exception as error:
        # Whatever it was, the others wait for us and the parent wants to know.
        race.barrier.abort()
        race.results.put(f"client {race.index}: {type(error).__name__}: {error}")


def _timed(operate: Operation, seconds: float) -> _Said:
    done, took, busy = 0, [], time.process_time()
    began = last = time.perf_counter()
    while last - began < seconds:
        try:
            done += operate()
        except StopIteration:
            break  # there was less to do than time
        now = time.perf_counter()
        took.append(now - last)
        last = now
    return _Said(done, last - began, time.process_time() - busy, took)


def beside(do: Callable[[], int]) -> Any:
    """Return a process that does something again and again until it is ended, with a short rest when idle."""
    connections.close_all()

    def work() -> None:
        while True:
            if not do():
                time.sleep(_REST)

    process = _FORK.Process(target=work, daemon=True)
    process.start()
    return process

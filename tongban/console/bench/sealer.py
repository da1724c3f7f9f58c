"""Whether one sealer keeps up with everything that the actions can produce."""

from __future__ import annotations

import time

from django.utils import timezone

from tongban.console.bench import clients, workloads
from tongban.console.bench.workloads import World
from tongban.trail import actions as trail
from tongban.trail import queries as trails


def measure(world: World, count: int, seconds: float) -> dict[str, float]:
    """Return how many entries a second the actions produce and the sealer seals, apart and at the same time.

    At the same time they share the processors, as they do on one machine.
    """
    drain()
    alone = clients.run(workloads.file_action(world), count, seconds)
    waiting, began = trails.standing().unsealed, time.perf_counter()
    drain()
    sealed = waiting / (time.perf_counter() - began)
    both, backlog = _together(world, count, seconds)
    return {
        "produced_alone": alone.per_second,
        "sealed_alone": sealed,
        "produced_together": both,
        "sealed_together": both - backlog / seconds,
        "backlog": backlog,
    }


def _together(world: World, count: int, seconds: float) -> tuple[float, int]:
    """Return how many entries a second were produced while a sealer ran, and how many it had left at the end."""
    sealer = clients.beside(lambda: trail.seal(timezone.now()))
    try:
        rate = clients.run(workloads.file_action(world), count, seconds)
    finally:
        left = trails.standing().unsealed
        sealer.terminate()
        sealer.join()
    return rate.per_second, left


def drain() -> None:
    """Seal everything that was recorded."""
    while trail.seal(timezone.now()):
        pass

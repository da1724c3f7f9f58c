"""Measuring ways of doing the same thing side by side: in turns within the same minute, so that noise hits all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tongban.console.bench import clients
from tongban.console.bench.clients import Prepare, Rate
from tongban.console.postgres.keeper import processes_in

TURNS = 3
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing done in one way by so many clients.

    `share` is that of the limit, by turns' median; `cpu_share` the same by processor time per thing done, which
    other work on the machine disturbs less (the web server's own isn't known, so HTTP has none).
    """

    what: str
    way: str
    clients: int
    per_second: float
    share: float
    cpu_share: float
    median_ms: float
    p99_ms: float
    client_cpu_ms: float
    server_cpu_ms: float


@dataclass(frozen=True, slots=True)
class Meter:
    """How to measure: for how long, and which folder the server works in."""

    seconds: float
    folder: Path
    turns: int = TURNS

    def compare(
        self,
        what: str,
        count: int,
        ways: Mapping[str, Callable[[], Prepare]],
        warm: int = clients.WARM,
    ) -> list[Line]:
        """Return a line for each way; the first is the limit. Each turn takes them one after the other."""
        turns: dict[str, list[Rate]] = {way: [] for way in ways}
        for _ in range(self.turns):
            for way, prepare in ways.items():
                slice_ = self.seconds / self.turns
                turns[way].append(clients.run(prepare(), count, slice_, warm, self.busy))
        limit = next(iter(turns.values()))
        return [_line(what, way, rates, limit) for way, rates in turns.items()]

    def busy(self) -> float:
        """Return for how many seconds the server's processes have kept processors busy, those that ended included."""
        return sum(_spent(pid) for pid in processes_in(self.folder))


def _spent(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0  # it ended: the postmaster, its parent, answers for it
    return sum(int(ticks) for ticks in fields[11:15]) / _TICKS


def _line(what: str, way: str, rates: list[Rate], limit: list[Rate]) -> Line:
    shares = [rate.per_second / most.per_second for rate, most in zip(rates, limit, strict=True)]
    return Line(
        what=what,
        way=way,
        clients=rates[0].clients,
        per_second=sum(rate.done for rate in rates) / sum(rate.seconds for rate in rates),
        share=median(shares),
        cpu_share=median(_cpu(most) / _cpu(rate) for rate, most in zip(rates, limit, strict=True)),
        median_ms=median(rate.median for rate in rates),
        p99_ms=median(rate.p99 for rate in rates),
        client_cpu_ms=median(rate.client for rate in rates),
        server_cpu_ms=median(rate.server for rate in rates),
    )


def _cpu(rate: Rate) -> float:
    return rate.client + rate.server

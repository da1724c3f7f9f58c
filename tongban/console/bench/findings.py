"""What a run found, as tables and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db import connection
from rich.console import Console
from rich.table import Table

from tongban.console.bench.measure import Line

_SETTINGS = (
    "server_version",
    "fsync",
    "synchronous_commit",
    "full_page_writes",
    "wal_sync_method",
    "shared_buffers",
)


@dataclass(slots=True)
class Findings:
    """Everything that is reported."""

    machine: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    sizes: dict[int, list[Line]] = field(default_factory=dict)
    cases: dict[int, int] = field(default_factory=dict)
    touched: dict[int, dict[str, float]] = field(default_factory=dict)
    loading: dict[int, float] = field(default_factory=dict)
    sealer: dict[str, float] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write everything as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    def show(self, console: Console) -> None:
        """Print everything as tables."""
        console.print(", ".join(f"{name} {value}" for name, value in self.machine.items()))
        console.print(_table("Shares of the limit", self.lines))
        if self.sizes:
            console.print(self._growth())
        console.print("Sealer, entries/s: " + ", ".join(f"{k} {v:.0f}" for k, v in self.sealer.items()))
        console.print("Statements: " + ", ".join(f"{k} {v}" for k, v in self.statements.items()))

    def _growth(self) -> Table:
        """Return what one client waits with the number of cases, and in brackets what processors worked for it."""
        table = Table(title="With the number of cases: median ms (ms of processors), one client")
        for name in ("what", "way", *(f"{count:,}" for count in self.cases.values()), "growth"):
            table.add_column(name, justify="left" if name in {"what", "way"} else "right")
        for each in zip(*self.sizes.values(), strict=True):
            first, last = each[0], each[-1]
            cells = [f"{line.median_ms:.2f} ({_cpu(line):.2f})" for line in each]
            grown = f"{last.median_ms / first.median_ms:.2f} ({_cpu(last) / _cpu(first):.2f})"
            table.add_row(first.what, first.way, *cells, grown)
        for what in next(iter(self.touched.values()), {}):
            pages = [each[what] for each in self.touched.values()]
            cells = [f"{each:.1f}" for each in pages]
            table.add_row(what, "pages touched", *cells, f"{pages[-1] / pages[0]:.2f}")
        return table


def _cpu(line: Line) -> float:
    return line.client_cpu_ms + line.server_cpu_ms


def _table(title: str, lines: Iterable[Line]) -> Table:
    table = Table(title=title)
    for name in (
        "what",
        "clients",
        "way",
        "per s",
        "share",
        "by CPU",
        "median ms",
        "p99 ms",
        "CPU",
        "server",
    ):
        table.add_column(name, justify="left" if name in {"what", "way"} else "right")
    for line in lines:
        share = "" if line.way == "limit" else f"{line.share:.0%}"
        by_cpu = f"{line.cpu_share:.0%}" if line.way == "action" else ""
        times = (line.median_ms, line.p99_ms, line.client_cpu_ms, line.server_cpu_ms)
        table.add_row(
            line.what,
            str(line.clients),
            line.way,
            f"{line.per_second:,.0f}",
            share,
            by_cpu,
            *(f"{t:.2f}" for t in times),
        )
    return table


def machine() -> dict[str, str]:
    """Return what the figures depend on: processors, versions, and how commits reach the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(_SETTINGS)])
        settings = dict(cursor.fetchall())
    return {
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        **{name: settings[name] for name in _SETTINGS},
    }

"""Public pages against the limit: the same bytes, served as a static file by the same server."""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tongban.console import say
from tongban.console.bench.clients import Operation, Prepare
from tongban.console.bench.home import own_server
from tongban.console.bench.measure import Line, Meter
from tongban.console.environment import ROOT

ITEM = "JX-P-0001"
PAGES = {"item": f"/items/{ITEM}/", "items": "/items/", "zone": "/zones/province/"}
CLIENTS = 4
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class WebMeter(Meter):
    """Measures what the web processes, not the database, work."""

    port: int = 0

    def busy(self) -> float:
        """Return for how many seconds the web processes on the port have kept processors busy."""
        return sum(_spent(pid) for pid in _serving(self.port))


def _serving(port: int) -> set[int]:
    """Return the web process that listens on the port, and all below it."""
    parents: dict[int, int] = {}
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            pid, words = int(path.name), (path / "cmdline").read_bytes().split(b"\0")
            parents[pid] = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if b"web" in words and str(port).encode() in words:
                found.add(pid)
    while below := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= below
    return found


def _spent(pid: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(int(ticks) for ticks in fields[11:13]) / _TICKS
    return 0.0


def bench_pages(
    json: Annotated[Path | None, typer.Option(help="Write what was found to this file, too.")] = None,
    clients: Annotated[int, typer.Option(min=1, help="How many read at once.")] = CLIENTS,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long each way is measured.")] = 9.0,
) -> None:
    """Measure public pages as a share of serving the same bytes as a static file, by the same server.

    Has a database of its own in DATA_DIR, thrown away at the end.
    """
    with own_server() as (_url, folder):
        lines = measure(folder, clients, seconds)
    Console().print(shown(lines))
    if json:
        json.write_text(as_json(lines), encoding="utf-8")


def measure(folder: Path, clients: int, seconds: float) -> list[Line]:
    """Return a line for each page and way: static, as it's kept, as nothing changed, and rendered anew."""
    from django.conf import settings
    from django.utils import timezone

    from tongban.console.bench import stage, web
    from tongban.lists import actions as lists

    now = timezone.now()
    with say.step("Loading places, items and lists"):
        stage.load(now)
        lists.load(ROOT / "data" / "lists", by=stage.BENCH, at=now)
    log = folder.parent.parent / "web.log"
    with web.serving(log) as port:
        bodies = {name: get(port, address)() for name, address in PAGES.items()}
    for name, body in bodies.items():
        (Path(settings.STATIC_ROOT) / f"bench-{name}.html").write_bytes(body)
    with web.serving(log) as port:
        meter = WebMeter(seconds, folder, port=port)
        return [line for name in PAGES for line in _compared(meter, name, clients)]


def _compared(meter: WebMeter, name: str, clients: int) -> list[Line]:
    port, address = meter.port, PAGES[name]
    ways: Mapping[str, Callable[[], Prepare]] = {
        "static": lambda: reading(port, f"/static/bench-{name}.html"),
        "kept": lambda: reading(port, address),
        "unchanged": lambda: reading(port, address, again=True),
        "rendered": lambda: reading(port, f"{address}?not=kept"),
    }
    say.note(f"Measuring {name}")
    return meter.compare(name, clients, ways)


def reading(port: int, address: str, *, again: bool = False) -> Prepare:
    """Return clients that read an address again and again over a kept connection.

    :param again: whether they have the page already and ask only if it changed
    """

    def prepare(index: int, clients: int) -> Operation:
        read = get(port, address, again=again)

        def operate() -> int:
            read()
            return 1

        return operate

    return prepare


def get(port: int, address: str, *, again: bool = False) -> Callable[[], bytes]:
    """Return a function that reads an address over one kept connection.

    :raises http.client.HTTPException: if it's answered with anything but the page, or 304 when asked again
    """
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": "localhost"}

    def read() -> bytes:
        link.request("GET", address, headers=headers)
        answer = link.getresponse()
        body = answer.read()
        if answer.status != (304 if "If-None-Match" in headers else 200):
            raise http.client.HTTPException(str(answer.status))
        if again:
            headers["If-None-Match"] = answer.headers["ETag"]
        return body

    return read


def shown(lines: list[Line]) -> Table:
    """Return what was found as a table; `by CPU` compares what the web processes worked for one request."""
    table = Table(title="Public pages, as shares of the same bytes served statically")
    for head in ("page", "clients", "way", "per s", "share", "by CPU", "median ms", "p99 ms", "web CPU ms"):
        table.add_column(head, justify="left" if head in {"page", "way"} else "right")
    limits = {line.what: line for line in lines if line.way == "static"}
    for line in lines:
        by_cpu = limits[line.what].server_cpu_ms / line.server_cpu_ms if line.server_cpu_ms else 0.0
        table.add_row(
            line.what,
            str(line.clients),
            line.way,
            f"{line.per_second:,.0f}",
            f"{line.share:.0%}",
            f"{by_cpu:.0%}",
            *(f"{each:.2f}" for each in (line.median_ms, line.p99_ms, line.server_cpu_ms)),
        )
    return table


def as_json(lines: list[Line]) -> str:
    """Return what was found as JSON."""
    return json.dumps([asdict(line) for line in lines], indent=2) + "\n"

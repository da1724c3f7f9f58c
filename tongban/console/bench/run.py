"""One run: loaded, measured, reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tongban.console import say
from tongban.console.bench import bulk, samples, sealer, stage, web, workloads
from tongban.console.bench.clients import WARM, Prepare
from tongban.console.bench.findings import Findings, machine
from tongban.console.bench.limit import Target
from tongban.console.bench.measure import Line, Meter
from tongban.console.bench.workloads import ACCEPT, BATCH, GRANT, TAKE_OVER, Way, World

PAGES = 3
WARM_BATCHES = 2
_LIMIT_RATE, _ACTION_RATE, _WEB_RATE, _BULK_RATE = 3500, 1500, 400, 6000
"""More than this machine is expected to do a second: so many parts are held ready."""
_BULK_BODIES = 40
_SPARE = 8
_FEW = 300
_TOUCHING = 60
Ways = Mapping[str, Callable[[], Prepare]]


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured with what: at which client counts, through which port."""

    world: World
    meter: Meter
    clients: Sequence[int]
    port: int

    def filing(self, count: int) -> Ways:
        """Return the three ways of filing a case with three materials."""
        some = self.world.scenes[:count]
        ready = ceil(self.meter.seconds * _WEB_RATE / count) + _SPARE
        return {
            "limit": lambda: workloads.file_raw(self.world),
            "action": lambda: workloads.file_action(self.world),
            "http": lambda: web.file(self.port, some, web.drafts(self.world, some, ready)),
        }

    def accepting(self, count: int, most: int | None = None) -> Ways:
        """Return the three ways of accepting a part, at most so many a turn where the database must stay small."""
        some, world = self.world.scenes[:count], self.world
        limit, action, http = (
            self._each(rate, 1) if most is None else min(most, self._each(rate, 1))
            for rate in (_LIMIT_RATE, _ACTION_RATE, _WEB_RATE)
        )
        return {
            "limit": lambda: workloads.step_raw(world, ACCEPT, self._targets(ACCEPT, limit, count)),
            "action": lambda: workloads.step_action(world, ACCEPT, self._targets(ACCEPT, action, count)),
            "http": lambda: web.accept(
                self.port, some, world.targets(ACCEPT, some, ceil(http / count) + _SPARE)
            ),
        }

    def desk(self, count: int) -> Ways:
        """Return the three ways of reading a desk's first page."""
        return {
            "limit": lambda: workloads.desk_raw(self.world),
            "action": lambda: workloads.desk_action(self.world),
            "http": lambda: web.desk(self.port, self.world.scenes[:count]),
        }

    def bulk(self, way: Way) -> Ways:
        """Return the two ways of taking a step with a hundred parts at once."""
        some, count = self.world.scenes[:_BULK_BODIES], max(self.clients)
        wanted = self._each(_BULK_RATE, 1) + WARM_BATCHES * count * BATCH
        each = BATCH * (ceil(wanted / _BULK_BODIES / BATCH) + 1)
        return {
            "limit": lambda: workloads.bulk_raw(self.world, way, self.world.targets(way, some, each)),
            "action": lambda: workloads.bulk_action(self.world, way, self.world.targets(way, some, each)),
        }

    def _each(self, rate: int, shares: int) -> int:
        """Return how many parts one of so many needs in a turn."""
        return ceil(self.meter.seconds / self.meter.turns * rate / shares) + _SPARE

    def _targets(self, way: Way, wanted: int, count: int) -> list[Target]:
        """Return so many parts, of all bodies alike, and what the clients need to warm up."""
        return self.world.targets(
            way, self.world.scenes, ceil((wanted + _SPARE * count) / len(self.world.scenes))
        )


def prepared(url: str) -> World:
    """Return the cast and its sample cases in an empty database."""
    now = timezone.now()
    with say.step("Loading places, items and a cast"):
        stage.load(now)
        scenes = stage.scenes(now, [samples.page(now, number) for number in range(PAGES)])
    with say.step(f"Taking a case of each life through the actions for {len(scenes)} bodies"):
        made = list(samples.make(scenes, now))
        sealer.drain()
    return World(url, scenes, made)


def grow(world: World, size: int) -> float:
    """Load cases by COPY until there are so many, and return how many seconds that took."""
    lacking = size - cases()
    began = perf_counter()
    if lacking > 0:
        sealer.drain()
        with say.step(f"Loading by COPY up to {size:,} cases"):
            bulk.load(world.samples, lacking, world.url)
    return perf_counter() - began


def measure(bench: Bench, sizes: Sequence[int]) -> Findings:
    """Return what the whole run found; the database grows from the first size to the last.

    What needs many parts held ready comes last: they'd make a small size a large one.
    """
    found = Findings(machine=machine())
    for size in sizes:
        found.loading[size] = grow(bench.world, size)
        say.note(f"Measuring at {size:,} cases")
        found.sizes[size] = at_size(bench)
        found.cases[size] = cases()
        found.touched[size] = touched(bench)
    found.statements = statements(bench)
    for count in bench.clients:
        say.note(f"Measuring with {count} clients")
        three = {"file": bench.filing, "accept": bench.accepting, "desk": bench.desk}
        for what, ways in three.items():
            found.lines += _told(bench.meter.compare(what, count, ways(count)))
    for way in (TAKE_OVER, ACCEPT, GRANT):
        what = f"{way.step.verb}, {BATCH} at once"
        lines = bench.meter.compare(what, max(bench.clients), bench.bulk(way), warm=WARM_BATCHES)
        found.lines += _told(lines)
    say.note("Measuring the sealer")
    found.sealer = sealer.measure(bench.world, max(bench.clients), bench.meter.seconds)
    return found


def at_size(bench: Bench) -> list[Line]:
    """Return the desk and one transition at the size that the database has now."""
    ways = {"desk": bench.desk(1), "accept": bench.accepting(1, _FEW)}
    return [line for what, each in ways.items() for line in _told(bench.meter.compare(what, 1, each))]


def touched(bench: Bench) -> dict[str, float]:
    """Return how many of the table's and indexes' pages PostgreSQL touches for each, which no noise disturbs."""
    world = bench.world
    targets = world.targets(ACCEPT, world.scenes, 1)[:_TOUCHING]
    counted = {
        "desk": workloads.desk_action(world)(0, 1),
        "accept": workloads.step_action(world, ACCEPT, targets)(0, 1),
    }
    return {name: _touched(operate, len(targets)) for name, operate in counted.items()}


def _touched(operate: Callable[[], int], times: int) -> float:
    for _ in range(WARM):
        operate()
    before = _blocks()
    for _ in range(times - WARM):
        operate()
    return (_blocks() - before) / (times - WARM)


def _blocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def cases() -> int:
    """Return how many cases there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_case")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def statements(bench: Bench) -> dict[str, int]:
    """Return how many SQL statements each takes, BEGIN and COMMIT included, once what is kept has been read."""
    world = bench.world
    scene = world.scenes[0]
    parts = iter(world.targets(ACCEPT, [scene], _SPARE))
    counted = {
        "file": workloads.file_action(world)(0, 1),
        "accept": workloads.step_action(world, ACCEPT, list(parts))(0, 1),
        "desk": workloads.desk_action(world)(0, 1),
    }
    return {name: _statements(operate) for name, operate in counted.items()}


def _statements(operate: Callable[[], int]) -> int:
    operate()
    with CaptureQueriesContext(connection) as captured:
        operate()
    return len(captured)


def _told(lines: list[Line]) -> list[Line]:
    """Return the lines, having said in short what they found."""
    said = (f"{line.way} {line.per_second:,.0f}/s ({line.share:.0%})" for line in lines)
    say.note(f"  {lines[0].what}, {lines[0].clients}: {', '.join(said)}")
    return lines

"""What the clients do: the limit by a bare driver, the same by the actions, both over many bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, groupby, islice
from uuid import UUID

import psycopg
from django.utils import timezone

from tongban.cases import actions, queries
from tongban.console.bench import bulk, limit
from tongban.console.bench.clients import Operation, Prepare
from tongban.console.bench.limit import Step, Target, Values
from tongban.console.bench.samples import Sample
from tongban.console.bench.stage import Scene
from tongban.places import queries as places
from tongban.trail import actions as trail

BATCH = 100
_READY_MADE = 16_000
_TRIES = 4

Link = psycopg.Connection[tuple[object, ...]]


class UsedUp(Exception):
    """There are no more parts in the state that a step wants."""


@dataclass(frozen=True, slots=True)
class Way:
    """A step as the limit writes it and as the action does, and the lives that show where it begins and ends."""

    step: Step
    before: str
    after: str
    one: Callable[..., object]
    many: Callable[..., object]

    @property
    def state(self) -> str:
        """Return the state in which the step begins."""
        return "accepted" if self.before == "accepted" else "received"

    @property
    def offered(self) -> bool:
        """Return whether the part is on its way when the step begins."""
        return self.before == "offered"


TAKE_OVER = Way(limit.TAKE_OVER, "offered", "held", actions.take_over, actions.take_over_all)
ACCEPT = Way(limit.ACCEPT, "held", "accepted", actions.accept, actions.accept_all)
GRANT = Way(limit.GRANT, "accepted", "granted", actions.grant, actions.grant_all)


@dataclass(frozen=True, slots=True)
class World:
    """The database under test, and what its rows are copies of."""

    url: str
    scenes: Sequence[Scene]
    samples: Sequence[Sample]

    def by_decider(self, life: str) -> dict[str, Sample]:
        """Return the samples of a life by the body that decides."""
        return {each.scene.officer.body: each for each in self.samples if each.life.name == life}

    def targets(self, way: Way, scenes: Sequence[Scene], each: int) -> list[Target]:
        """Return so many parts of each body with which a step can be taken; what is lacking is loaded by COPY.

        :raises UsedUp: if loading doesn't help
        """
        bodies = [scene.officer.body for scene in scenes]
        for _ in range(_TRIES):
            found = self._ready(way, bodies, each)
            have = Counter(target.decider for target in found)
            poor = {body: each - have[body] for body in bodies if have[body] < each}
            if not poor:
                return found
            while trail.seal(timezone.now()):
                pass
            some = [sample for body, sample in self.by_decider(way.before).items() if body in poor]
            # Which body a copy is of is left to chance: load enough for the unlucky.
            bulk.load(some, 2 * max(poor.values()) * len(poor) + len(poor), self.url)
        raise UsedUp(way.before)

    def _ready(self, way: Way, bodies: list[str], each: int) -> list[Target]:
        """Return what there is, neighbours of different bodies."""
        with psycopg.connect(self.url) as link:
            rows = link.execute(
                "SELECT id::text, case_id::text, coalesce(offer_id::text, ''), decider_id FROM ("
                " SELECT *, row_number() OVER (PARTITION BY decider_id ORDER BY md5(id::text)) AS nth"
                " FROM cases_part WHERE decider_id = ANY(%s) AND state = %s"
                " AND (offered_to_id IS NOT DISTINCT FROM decider_id) = %s"
                " AND (holder_id = decider_id) <> %s AND NOT practice"
                ") AS ready WHERE nth <= %s ORDER BY nth, decider_id",
                [bodies, way.state, way.offered, way.offered, each],
            ).fetchall()
        return [Target(*map(str, row)) for row in rows]


def _link(world: World) -> Link:
    return psycopg.connect(world.url, autocommit=True)


def _send(world: World, sql: str, ready: Iterator[Values], worth: int = 1) -> Operation:
    """Return an operation that sends one prepared statement with the next values."""
    link = _link(world)

    def operate() -> int:
        link.execute(sql, next(ready), prepare=True).fetchall()
        return worth

    return operate


def file_raw(world: World) -> Prepare:
    """File cases by one statement each."""

    def prepare(index: int, clients: int) -> Operation:
        samples = list(world.by_decider("offered").values())[index::clients]
        makers = cycle([limit.filings(sample) for sample in samples])
        values = (next(maker) for maker in makers)
        ready = list(islice(values, _READY_MADE // clients))
        return _send(world, limit.filing(samples[0]), chain(ready, values))

    return prepare


def file_action(world: World) -> Prepare:
    """File cases by the action."""

    def prepare(index: int, clients: int) -> Operation:
        mine = cycle(world.scenes[index::clients])
        calendar, directory = places.calendar_now(), places.directory_now()

        def operate() -> int:
            scene = next(mine)
            actions.file(
                scene.application,
                edition=scene.edition,
                decider=scene.officer.body,
                calendar=calendar,
                directory=directory,
                by=scene.window,
                at=timezone.now(),
            )
            return 1

        return operate

    return prepare


def step_raw(world: World, way: Way, targets: Sequence[Target]) -> Prepare:
    """Take the step with one part after the other, by one statement each."""
    return _raw(world, way, [[target] for target in targets])


def step_action(world: World, way: Way, targets: Sequence[Target]) -> Prepare:
    """Take the step with one part after the other, by the action."""
    officers = {scene.officer.body: scene.officer for scene in world.scenes}

    def prepare(index: int, clients: int) -> Operation:
        mine = iter([(UUID(each.part), officers[each.decider]) for each in targets[index::clients]])

        def operate() -> int:
            part, officer = next(mine)
            way.one(part, by=officer, at=timezone.now())
            return 1

        return operate

    return prepare


def bulk_raw(world: World, way: Way, targets: Sequence[Target]) -> Prepare:
    """Take the step with a hundred parts at once, by one statement."""
    return _raw(world, way, batches(targets))


def bulk_action(world: World, way: Way, targets: Sequence[Target]) -> Prepare:
    """Take the step with a hundred parts at once, by the action."""
    officers = {scene.officer.body: scene.officer for scene in world.scenes}

    def prepare(index: int, clients: int) -> Operation:
        mine = iter(
            [([UUID(each.part) for each in some], officers[some[0].decider]) for some in batches(targets)][
                index::clients
            ]
        )

        def operate() -> int:
            parts, officer = next(mine)
            way.many(parts, by=officer, at=timezone.now())
            return len(parts)

        return operate

    return prepare


def _raw(world: World, way: Way, batches: Sequence[Sequence[Target]]) -> Prepare:
    shown = world.by_decider(way.after)

    def prepare(index: int, clients: int) -> Operation:
        mine = batches[index::clients]
        ready = [limit.steps(way.step, shown[some[0].decider], some) for some in mine]
        size = len(batches[0])
        return _send(world, limit.step(way.step, size), iter(ready), size)

    return prepare


def batches(targets: Sequence[Target]) -> list[list[Target]]:
    """Return the targets in batches of a hundred, each of one body, neighbours of different ones."""
    by_body = groupby(sorted(targets, key=lambda each: each.decider), key=lambda each: each.decider)
    found = []
    for _, some in by_body:
        mine = list(some)
        found += [(start, mine[start : start + BATCH]) for start in range(0, len(mine) - BATCH + 1, BATCH)]
    found.sort(key=lambda each: each[0])
    return [some for _, some in found]


def desk_raw(world: World) -> Prepare:
    """Read desks' first pages by one statement each."""

    def prepare(index: int, clients: int) -> Operation:
        link = _link(world)
        mine = cycle([asked(sorted(scene.officer.bodies)) for scene in world.scenes[index::clients]])

        def operate() -> int:
            link.execute(*next(mine), prepare=True).fetchall()
            return 1

        return operate

    return prepare


def asked(bodies: Sequence[str]) -> tuple[str, dict[str, object]]:
    """Return the limit's statement for a desk of these bodies, and its parameters."""
    each = {f"body{index}": body for index, body in enumerate(bodies)}
    return limit.desk(len(bodies)), {"bodies": list(bodies), **each}


def desk_action(world: World) -> Prepare:
    """Read desks' first pages by the query."""

    def prepare(index: int, clients: int) -> Operation:
        mine = cycle([scene.officer for scene in world.scenes[index::clients]])

        def operate() -> int:
            queries.desk(next(mine), "in-hand", at=timezone.now())
            return 1

        return operate

    return prepare

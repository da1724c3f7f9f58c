"""What the bench compares is the same: its limit and its bulk rows write what the actions write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from tongban.cases import actions, queries
from tongban.console.bench import bulk, limit, run, samples, stage, workloads
from tongban.console.bench.samples import BY_NAME, TABLES
from tongban.console.bench.workloads import ACCEPT, GRANT, TAKE_OVER, World
from tongban.trail import actions as trail
from tongban.trail import queries as trails
from tongban.trail import rules as tree

pytestmark = pytest.mark.django_db(transaction=True)
COUNTIES = 2
NEW = {"id", "case_id", "part_id", "offer_id", "enclosure_id", "part", "case", "subject", "paper", "facts"}
"""Columns that hold ids, which differ from case to case."""
OWN = {"cases_case": {"reference", "found_by", "code", "proof"}, "papers_paper": {"number"}}
"""Columns that differ from copy to copy, besides ids."""


def url() -> str:
    """Return the address of the tests' database for a bare driver."""
    given = connection.get_connection_params()
    return psycopg.conninfo.make_conninfo(
        host=given.get("host", ""),
        user=given.get("user", ""),
        dbname=given["dbname"],
        port=given.get("port", ""),
    )


@pytest.fixture(autouse=True)
def _closed_links(monkeypatch):
    """Close the clients' connections, which end with their processes in the bench."""
    links: list[workloads.Link] = []

    def link(world: World) -> workloads.Link:
        links.append(psycopg.connect(world.url, autocommit=True))
        return links[-1]

    monkeypatch.setattr(workloads, "_link", link)
    yield
    for each in links:
        each.close()


@pytest.fixture
def world() -> World:
    now = timezone.now()
    stage.load(now)
    scenes = stage.scenes(now, [samples.page(now, number) for number in range(run.PAGES)], COUNTIES)
    made = list(samples.make(scenes, now))
    trail.seal(now)
    return World(url(), scenes, made)


def all_cases() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_case ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def shape(rows: list[samples.Row]) -> Counter[tuple[str, ...]]:
    """Return how many rows there are with which columns filled."""
    return Counter(tuple(name for name, value in row.items() if value is not None) for row in rows)


def shapes(case: UUID) -> dict[str, Counter[tuple[str, ...]]]:
    return {table: shape(samples.rows(table, case)) for table in TABLES}


def written(do) -> dict[str, int]:
    """Return how many rows a call adds or changes, by table."""
    before = stamps()
    do()
    return {table: len(after - before[table]) for table, after in stamps().items() if after - before[table]}


def stamps() -> dict[str, set[tuple[str, str]]]:
    with connection.cursor() as cursor:
        found = {}
        for table in [*TABLES, "papers_counter"]:
            cursor.execute(f"SELECT ctid::text, xmin::text FROM {table}")
            found[table] = set(cursor.fetchall())
        return found


def test_the_limit_files_what_the_action_files(world):
    known = set(all_cases())
    by_limit = written(workloads.file_raw(world)(0, 1))
    (raw,) = set(all_cases()) - known
    by_action = written(workloads.file_action(world)(0, 1))
    (real,) = set(all_cases()) - known - {raw}

    assert by_limit == by_action
    assert by_limit["cases_enclosure"] == by_limit["cases_page"] == stage.MATERIALS
    assert shapes(raw) == shapes(real)


ONE = (workloads.step_raw, workloads.step_action)
MANY = (workloads.bulk_raw, workloads.bulk_action)


@pytest.mark.parametrize("how", [ONE, MANY], ids=["one", "many"])
def test_the_limit_takes_steps_as_the_actions_do(world, how, monkeypatch):
    monkeypatch.setattr(workloads, "BATCH", 5)
    raw, real = how
    for way in (TAKE_OVER, ACCEPT, GRANT):
        first, second = (world.targets(way, [scene], 5) for scene in world.scenes)

        by_limit = written(raw(world, way, first)(0, 1))
        by_action = written(real(world, way, second)(0, 1))

        assert by_limit == by_action
        assert shapes(UUID(first[0].case)) == shapes(UUID(second[0].case))


def test_numbers_of_the_limit_follow_the_series_without_gaps(world):
    (scene, *_) = world.scenes
    targets = world.targets(ACCEPT, [scene], 4)
    operate = workloads.step_raw(world, ACCEPT, targets)(0, 1)
    for _ in range(3):
        operate()
    actions.accept(targets[3].part, by=scene.officer, at=timezone.now())

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM papers_paper WHERE kind = 'acceptance' AND body = %s", [scene.officer.body]
        )
        found = [limit.SERIAL.search(row[0]) for row in cursor.fetchall()]
    serials = sorted(int(each[0]) for each in found if each)

    assert serials == list(range(1, len(serials) + 1))


def test_a_copy_is_its_sample_but_for_what_belongs_to_one_case(world):
    for life in BY_NAME:
        sample = world.by_decider(life)[world.scenes[0].officer.body]
        known = set(all_cases())
        bulk.load([sample], 2, world.url, processes=1)

        for case in set(all_cases()) - known:
            assert shapes(case) == {table: shape(list(rows)) for table, rows in sample.tables.items()}
            for table, rows in sample.tables.items():
                assert kept(table, samples.rows(table, case)) == kept(table, rows), (life, table)


def kept(table: str, rows: Sequence[samples.Row]) -> list[samples.Row]:
    """Return of rows what isn't one case's own."""
    names = set(samples.columns(table)) - NEW - OWN.get(table, set())
    return [{name: row[name] for name in names} for row in rows]


def test_bulk_rows_stand_in_the_tree_as_the_sealer_would_have_put_them(world):
    bulk.load(world.samples, 300, world.url, processes=2)
    entries = [entry for case in all_cases() for entry in trails.of_case(case)]
    entries.sort(key=lambda entry: entry.number or 0)
    tiles: dict[tree.Tile, bytes] = {}
    size = tree.append(tiles, 0, [tree.leaf(entry.sealed()) for entry in entries if entry.case])

    assert trails.standing().unsealed == 0
    proof = trails.proof(entries[-1].id)
    assert tree.verify(proof.leaf, proof.number - 1, proof.size, proof.path, proof.root)
    assert size == len(entries)
    assert [entry.number for entry in entries] == list(range(proof.size - size + 1, proof.size + 1))


def test_the_actions_go_on_from_bulk_rows(world):
    scene = world.scenes[0]
    (target,) = world.targets(ACCEPT, [scene], 1)
    bulk.load(world.samples, 50, world.url, processes=1)

    part = actions.accept(target.part, by=scene.officer, at=timezone.now())

    assert part.state == "accepted"
    assert trail.seal(timezone.now()) == 1


def test_the_desk_of_the_limit_is_the_desk_of_the_query(world):
    officer = world.scenes[0].officer
    bulk.load(world.samples, 200, world.url, processes=1)
    with psycopg.connect(world.url) as link:
        rows = link.execute(*workloads.asked(sorted(officer.bodies))).fetchall()

    found = queries.desk(officer, "in-hand", at=datetime.now(UTC))

    assert [row[0] for row in rows[:25]] == [row.id for row in found.rows]
    assert rows[0][-4:] == tuple(found.counts.values())

"""What the documentation promises to be complete is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

from tests.house import source
from tongban.cases.rules import custody, lifecycle
from tongban.catalogue import rules as catalogue

DOCS = source.ROOT / "docs"
MISSION = (
    [f"A{n}" for n in range(1, 10)]
    + [f"B{n}" for n in range(1, 12)]
    + [f"C{n}" for n in range(1, 6)]
    + [f"D{n}" for n in range(1, 5)]
    + [f"E{n}" for n in range(1, 6)]
    + [f"F{n}" for n in range(1, 9)]
    + [f"G{n}" for n in range(1, 6)]
    + [f"X{n}" for n in range(1, 15)]
)


def test_the_feature_table_says_where_every_requirement_stands():
    rows = dict(
        re.findall(
            r"^\| (\w\d+) \|[^|]*\| (\w[\w ]*) \|", (DOCS / "features.md").read_text("utf-8"), re.MULTILINE
        )
    )

    assert sorted(set(MISSION) - rows.keys()) == []
    assert set(rows.values()) <= {"works", "partly", "not yet"}


def test_what_the_feature_table_calls_shown_exists():
    text = (DOCS / "features.md").read_text("utf-8")
    named = set(re.findall(r"`((?:tongban|tests)/[\w/.-]+\.py)", text))

    assert sorted(path for path in named if not (source.ROOT / path).exists()) == []


def test_the_glossary_has_every_table_step_and_move():
    text = (DOCS / "glossary.md").read_text("utf-8").lower()
    tables = {
        model._meta.verbose_name for model in apps.get_models() if model.__module__.startswith("tongban.")
    }
    verbs = {step.verb for step in lifecycle.STEPS} | {move.verb.replace("-", " ") for move in custody.MOVES}

    assert sorted(str(word) for word in tables | verbs if str(word).lower() not in text) == []


def test_the_lifecycle_chart_in_the_documentation_is_the_one_of_the_table():
    assert lifecycle.chart() in (DOCS / "lifecycle.md").read_text("utf-8")


def test_every_link_of_the_documentation_leads_somewhere():
    broken = []
    for page in [*DOCS.rglob("*.md"), *source.ROOT.glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(source.ROOT)} → {target}")

    assert broken == []


@pytest.mark.django_db
def test_migrations_are_linear_and_can_be_undone():
    loader = MigrationLoader(None)
    ours = {
        key: found for key, found in loader.disk_migrations.items() if found.__module__.startswith("tongban.")
    }

    for app in {app for app, _ in ours}:
        assert len(loader.graph.leaf_nodes(app)) == 1
    stuck = [
        key
        for key, migration in ours.items()
        for operation in migration.operations
        if isinstance(operation, RunSQL | RunPython) and not operation.reversible
    ]
    assert stuck == []


def _items() -> list[Path]:
    return sorted((source.ROOT / "data" / "items").glob("*.json"))


def test_there_are_at_least_twelve_complete_items_across_six_themes():
    contents = [json.loads(path.read_text("utf-8")) for path in _items()]
    cited = [each for each in contents if any(s["trust"] in "FP" for s in each["sources"].values())]
    elsewhere = [each for each in contents if each["decided_level"] == "city"]

    assert len(contents) >= 12
    assert len({each["theme"] for each in contents}) >= 6
    assert len(cited) >= 8
    assert len(elsewhere) >= 4
    assert {subject for each in contents for subject in each["subjects"]} == {"person", "company"}


@pytest.mark.parametrize("path", _items(), ids=lambda path: path.stem)
def test_every_item_of_the_data_says_all_that_an_item_must_say(path):
    data = source.ROOT / "data"
    content = json.loads(path.read_text("utf-8"))
    procedures = json.loads((data / "procedures.json").read_text("utf-8"))
    laws = json.loads((data / "laws.json").read_text("utf-8"))
    content["procedure"] = {"code": content["procedure"], **procedures[content["procedure"]]}
    content["basis"] = [{**each, "title": laws[each["law"]]["title"]} for each in content["basis"]]
    if presence := content.get("presence"):
        presence["title"] = laws[presence["law"]]["title"]

    rule = catalogue.parse(content)

    assert rule.materials
    assert rule.conditions
    assert rule.steps
    assert rule.receiving_rules
    assert rule.basis
    assert all(material.standard.en and material.sample.en for material in rule.materials)


def test_no_machine_or_registry_is_named():
    # A lock file names packages and hashes, never where they come from; nothing names a folder of somebody's machine.
    hosts = re.compile(r"(?m)^\s*--(?:extra-)?[a-z]+-url\b|file:/{3}|(?<![\w.])/(?:root|home)/\w")
    addresses = re.compile(r"https?://")
    looked = [
        path
        for pattern in ("*.lock", "*.in", "*.toml", "*.md", "Makefile", ".ci/run", "docs/**/*.md", "bin/*")
        for path in source.ROOT.glob(pattern)
        if path.is_file()
    ]

    assert looked
    assert [path.name for path in looked if hosts.search(path.read_text("utf-8"))] == []
    locks = [path for path in looked if path.suffix in {".lock", ".in"}]
    assert [path.name for path in locks if addresses.search(path.read_text("utf-8"))] == []

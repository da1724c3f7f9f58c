"""The rules of the house that no linter knows."""

from __future__ import annotations

import re
from statistics import median, quantiles

import pytest

from tests.house import source

FACE = {"rules", "queries", "actions"}


def test_a_room_shows_only_its_face():
    rooms, wrong = source.rooms(), []
    for path in source.files():
        for name in source.imports(path):
            _, _, rest = name.partition("tongban.")
            parts = rest.split(".")
            if len(parts) > 1 and parts[0] in rooms - {source.room_of(path)} and parts[1] not in FACE:
                wrong.append(f"{path.relative_to(source.ROOT)} imports {name}")

    assert wrong == []


def test_nothing_private_is_imported_from_another_room():
    wrong = [
        f"{path.relative_to(source.ROOT)} imports {name}"
        for path in source.files()
        for name in source.imports(path)
        if name.startswith("tongban.")
        and name.split(".")[1] != source.room_of(path)
        and any(part.startswith("_") for part in name.split("."))
    ]

    assert wrong == []


def test_files_and_functions_keep_to_their_size():
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in source.files()]
    long = [path.name for path in source.files() if len(path.read_text(encoding="utf-8").splitlines()) > 300]
    bodies = [lines for path in source.files() for _, lines in source.functions(path)]

    assert long == []
    assert median(lengths) <= 120
    assert median(bodies) <= 8
    assert quantiles(bodies, n=10)[-1] <= 25


@pytest.mark.parametrize(
    "banned", ["django.dispatch", "django.db.models.signals", "django.contrib.admin", "celery"]
)
def test_what_the_house_does_without(banned):
    users = [
        str(path.relative_to(source.ROOT))
        for path in source.files(tests=True)
        if any(name == banned or name.startswith(f"{banned}.") for name in source.imports(path))
    ]

    assert users == []


def test_rules_never_look_at_the_clock():
    looking = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|time\.time\(")
    pure = [path for path in source.files() if "rules" in path.stem or path.parent.name == "rules"]

    assert [path.name for path in pure if looking.search(path.read_text(encoding="utf-8"))] == []


def test_templates_have_no_script_or_style_of_their_own():
    inline = re.compile(
        r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/(?:ld\+)?json")[^>]*>|<style|\sstyle=|\son[a-z]+="|javascript:"""
    )
    wrong = [
        f"{path.relative_to(source.ROOT)}: {found.group()}"
        for path in source.PACKAGE.rglob("templates/**/*.html")
        for found in inline.finditer(path.read_text(encoding="utf-8"))
    ]

    assert wrong == []


def test_nothing_unfinished_is_left_behind():
    marks = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
    wrong = [
        str(path.relative_to(source.ROOT))
        for path in [
            *source.files(tests=True),
            *source.PACKAGE.rglob("*.html"),
            *source.PACKAGE.rglob("static/**/*.js"),
        ]
        if marks.search(path.read_text(encoding="utf-8"))
    ]

    assert wrong == []

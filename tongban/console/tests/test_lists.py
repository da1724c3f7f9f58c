"""Local lists at the command line: what is said, what is imported, and with which exit code."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tongban.catalogue import actions
from tongban.catalogue.models import Implementation
from tongban.catalogue.tests import make_lists as lists
from tongban.catalogue.tests.make import DATA
from tongban.console import cli, environment
from tongban.console.load import worded
from tongban.lib.refusals import Refused


@pytest.fixture(autouse=True)
def data(db, monkeypatch):
    actions.load(DATA / "items")
    monkeypatch.setattr(environment, "ready", nullcontext)


@pytest.fixture
def run(tmp_path):
    """Return a function that brings in a list as an operator would."""

    def call(content: bytes, *options: str, name: str = "list.csv") -> Result:
        file = Path(tmp_path) / name
        file.write_bytes(content)
        always = ["--source", "甲县", "--validator", "gb39554"]
        return CliRunner().invoke(cli.app, ["import", "implementations", str(file), *always, *options])

    return call


def refused(result: Result) -> str:
    assert isinstance(result.exception, Refused)
    return worded(result.exception)


def faulty(**more: Any) -> bytes:
    return lists.as_csv(lists.row(), lists.row(code="1.23E+17"), **more)


def test_a_dry_run_says_what_would_happen_and_imports_nothing(run):
    done = run(lists.as_csv(lists.row()), "--dry-run")

    assert (done.exit_code, Implementation.objects.count()) == (0, 0)
    assert "would create 1, would change 0, would skip 0" in done.output
    assert "nothing was imported: this was a dry run" in done.output


def test_a_dry_run_of_a_faulty_list_in_gb18030_names_row_and_column_and_exits_with_one(run):
    done = run(faulty(encoding="gb18030"), "--dry-run")

    assert done.exit_code == 1
    assert "row 3, column C: Error: a number that a spreadsheet shortened" in done.output
    assert "format the column as text" in done.output
    assert run(faulty(), "--dry-run", "--leave-out-errors").exit_code == 0


def test_a_faulty_list_is_refused_whole_with_what_helps(run):
    done = run(faulty())

    assert (done.exit_code, Implementation.objects.count()) == (1, 0)
    assert "1 rows have errors; nothing was imported. Mend them, or add --leave-out-errors" in refused(done)


def test_a_faulty_workbook_is_imported_without_its_errors_when_that_is_said(run):
    spoilt: list[object] = [*lists.row()]
    spoilt[2] = 1.23e17
    content = lists.as_xlsx(lists.row(), spoilt)
    done = run(content, "--leave-out-errors", name="list.xlsx")

    assert (done.exit_code, Implementation.objects.count()) == (0, 1)
    assert "row 3, column C: Error: a code that was kept as a number has lost digits" in done.output
    assert "imported: created 1, changed 0, skipped 0, left out 1" in done.output


def test_the_same_list_again_changes_nothing(run):
    run(lists.as_csv(lists.row()))

    assert "imported: created 0, changed 0, skipped 1, left out 0" in run(lists.as_csv(lists.row())).output


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        (
            lists.as_csv(["1", "2"], head=["甲", "乙"]),
            [],
            "no column was recognised for: name, code, body_code",
        ),
        (lists.as_csv(lists.row()), ["--validator", "x"], "Choose one with --validator"),
        (lists.as_csv(lists.row()), ["--head", "9"], "Say which row does with --head"),
        (b" ", [], "there is nothing in this file"),
        (b"PK\x03\x04nothing", [], "damaged or incomplete"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(run, content, options, words):
    done = run(content, *options)

    assert done.exit_code == 1
    assert words in refused(done)


def test_called_wrongly_it_exits_with_two(run, tmp_path):
    for path in (str(tmp_path), str(tmp_path / "none.csv")):
        done = CliRunner().invoke(cli.app, ["import", "implementations", path, "--source", "x"])
        assert done.exit_code == 2
    assert run(lists.as_csv(lists.row()), "--map", "foo=bar").exit_code == 2

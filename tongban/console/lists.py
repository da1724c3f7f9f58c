"""Commands around local lists and packages: check, import, export; nothing but words and a bar of progress here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tongban.console import environment, say
from tongban.lib.actors import System
from tongban.lib.refusals import Refused

_OPERATOR = System("operator")
_SHOWN = 200
Source = Annotated[
    str, typer.Option("--source", help="Where the list comes from; its columns are remembered.")
]
Validator = Annotated[str, typer.Option(help="exchange, gb39554, old10 or local.")]
Sheet = Annotated[str, typer.Option(help="The sheet of a workbook; the first visible one if left out.")]
Head = Annotated[int, typer.Option(min=0, help="The row with the heads; found by itself if 0.")]
Column = Annotated[list[str] | None, typer.Option("--map", help="FIELD=HEAD, where a head isn't recognised.")]
TheFile = Annotated[
    Path,
    typer.Argument(
        exists=True, dir_okay=False, readable=True, help="The list: CSV in any encoding, or XLSX."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would change, change nothing.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list, from where, and how it's to be read."""

    file: Path
    source: str
    validator: str
    sheet: str
    head: int
    columns: list[str] | None


@contextmanager
def bar(text: str) -> Iterator[Callable[[int, int], None]]:
    """Give what shows how far the work is, on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task(text, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def check_list(asked: Asked) -> bool:
    """Check a list, print every deviation, and return whether none is an error."""
    row = _checked(asked)
    _tell(row)
    return not row.counts["errors"]


def import_list(
    file: TheFile,
    *,
    source: Source,
    validator: Validator = "exchange",
    sheet: Sheet = "",
    head: Head = 0,
    columns: Column = None,
    dry_run: DryRun = False,
    leave_out: Annotated[
        bool, typer.Option("--leave-out-errors", help="Import the rows without errors.")
    ] = False,
) -> None:
    """Import a local list (CSV or XLSX): checked against the base first, and then all of it or nothing.

    Exits with 1 if rows have errors and aren't to be left out, or if the file can't be read; then nothing is imported.
    """
    with environment.ready():
        from tongban.catalogue.actions import importing

        row = _checked(Asked(file, source, validator, sheet, head, columns))
        _tell(row)
        errors = row.counts["errors"]
        if dry_run:
            say.line("nothing was imported: this was a dry run")
            if errors and not leave_out:
                raise typer.Exit(1)
            return
        if errors and not leave_out:
            raise Refused("list.has-errors", rows=errors)
        with bar("Importing") as tell:
            row = importing.confirm(row.id, by=_OPERATOR, at=timezone.now(), partly=leave_out, tell=tell)
        if row.state != "done":
            say.line("nothing was imported: the base has changed meanwhile. What is found now:")
            _tell(row)
            raise typer.Exit(1)
        names = {"created": "created", "changed": "changed", "skipped": "skipped", "left_out": "left out"}
        say.line("imported: " + ", ".join(f"{words} {row.counts[name]}" for name, words in names.items()))


def _checked(asked: Asked) -> Any:
    from tongban.catalogue.actions import importing

    now = timezone.now()
    with asked.file.open("rb") as stream:
        row = importing.upload(stream, asked.file.name, by=_OPERATOR, at=now)
    if asked.sheet or asked.head:
        row = importing.choose_sheet(row.id, asked.sheet or row.sheet, asked.head or row.head, by=_OPERATOR)
    columns = _columns(row, asked)
    with bar("Checking") as tell:
        return importing.map_columns(
            row.id,
            columns=columns,
            origin=asked.source,
            profile=asked.validator,
            valid_from=timezone.localdate(now),
            by=_OPERATOR,
            at=now,
            tell=tell,
        )


def _columns(row: Any, asked: Asked) -> dict[str, int]:
    from tongban.catalogue.queries import implementations as queries
    from tongban.catalogue.rules import mapping
    from tongban.files import queries as files

    heads = list(files.table(row.file, row.sheet).rows[row.head - 1])
    origin = queries.origin_named(asked.source)
    found = mapping.guess(heads, mapping.vocabulary(), origin.columns if origin else None)
    for each in asked.columns or []:
        field, _, head = each.partition("=")
        if field not in mapping.FIELDS or head not in heads:
            raise typer.BadParameter(
                f"{each}: fields are {', '.join(mapping.FIELDS)}; heads are {', '.join(heads)}"
            )
        found[field] = heads.index(head) + 1
    return found


def _tell(row: Any) -> None:
    from django.utils.translation import override

    from tongban.catalogue.queries import implementations as queries
    from tongban.catalogue.rules.conformance_words import DO, SEVERITIES, WHAT, Severity

    with override("en"):
        for found in queries.findings(row.id, limit=_SHOWN):
            weight = SEVERITIES[Severity(found.severity)]
            base = f"; base: {found.base}" if found.base else ""
            say.line(
                f"row {found.row}{found.column and f', column {found.column}'}: {weight}: {WHAT[found.code]}:"
                f" {found.found}{base}. {DO[found.code]}"
            )
    total = sum(times for _code, _severity, times in queries.finding_counts(row.id))
    if total > _SHOWN:
        say.line(f"… and {total - _SHOWN} more")
    names = ("rows", "errors", "major", "minor", "created", "changed", "skipped")
    words = {"created": "would create", "changed": "would change", "skipped": "would skip"}
    say.line(", ".join(f"{words.get(name, name)} {row.counts[name]}" for name in names))


def export_items(
    codes: Annotated[
        list[str] | None, typer.Argument(help="Codes of items; all of them if left out.")
    ] = None,
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("tongban-items.json"),
) -> None:
    """Pack items with all their revisions for another installation."""
    with environment.ready():
        from tongban.catalogue.queries import packages
        from tongban.catalogue.rules import package

        packed = packages.pack(codes or ())
        out.write_bytes(package.written(packed))
        numbers = packed["manifest"]
        say.line(
            f"{out}: items {len(numbers['items'])}, revisions {numbers['revisions']}, sha256 {packed['sha256']}"
        )


def import_items(file: Path, dry_run: DryRun = False) -> None:
    """Take in a package of items; what is here already stays, and nothing published is changed."""
    with environment.ready():
        from tongban.catalogue.actions import packing

        brought = packing.unpack(file.read_bytes(), by=_OPERATOR, at=timezone.now(), dry_run=dry_run)
        say.line(f"items {len(brought.items)}, revisions {len(brought.revisions)}, skipped {brought.skipped}")

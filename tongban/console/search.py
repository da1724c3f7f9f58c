"""`tongban search`: how well the search finds, and how fast it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongban.console import environment, say

if TYPE_CHECKING:
    from tongban.lists.queries.evaluation import Judged, Ranked, Result

app = typer.Typer(no_args_is_help=True, help="Examine the search.")
JUDGED = environment.ROOT / "data" / "search" / "judged.csv"

File = Annotated[Path, typer.Argument(help="The judged queries.")]
Each = Annotated[
    bool, typer.Option("--each", help="List the open queries that aren't answered at the first place.")
]


@app.command(epilog="Example: `tongban search evaluate`")
def evaluate(file: File = JUDGED, each: Each = False) -> None:
    """Measure the search against judged queries, beside plain search and PostgreSQL's trigrams.

    Reported are the frozen queries, in sums alone: nobody may look at them one by one. The open ones were tuned on.
    """
    from django.utils import timezone

    with environment.ready():
        from tongban.lists.queries import evaluation

        ranked = evaluation.evaluate(evaluation.read(file), timezone.localdate())
    for line in table(ranked):
        say.line(line)
    for line in missed(ranked) if each else ():
        say.line(line)


def table(ranked: Ranked) -> list[str]:
    """Return the results as a table of Markdown."""
    groups: tuple[tuple[str, Callable[[Judged], bool]], ...] = (
        ("frozen", lambda judged: judged.frozen),
        ("frozen, no two characters shared", lambda judged: judged.frozen and not judged.shares),
        ("open (tuned on)", lambda judged: not judged.frozen),
    )
    lines = [
        "| queries | search | number | first | recall@5 | MRR |",
        "| --- | --- | --: | --: | --: | --: |",
    ]
    for name, wanted in groups:
        lines += [_line(name, search, ranked.result(search, wanted)) for search in ranked.places]
    return lines


def _line(name: str, search: str, result: Result) -> str:
    return (
        f"| {name} | {search} | {result.count} | {result.first:.0%} | {result.five:.0%} | {result.mrr:.3f} |"
    )


def missed(ranked: Ranked) -> list[str]:
    """Return the open queries that aren't answered at the first place; never a frozen one."""
    pairs = zip(ranked.judged, ranked.places["tongban"], strict=True)
    return [
        f"{judged.number} {judged.query} → {place or 'not found'}"
        for judged, place in pairs
        if not judged.frozen and place != 1
    ]

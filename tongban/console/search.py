"""`tongban search`: how well the search finds, and how fast it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

        require_items()
        ranked = evaluation.evaluate(evaluation.read(file), timezone.localdate())
    for line in table(ranked):
        say.line(line)
    for line in missed(ranked) if each else ():
        say.line(line)


def require_items() -> None:
    """End the command with a word on what to do if there is nothing to search yet.

    :raises typer.Exit: with 1, if the catalogue is empty
    """
    from django.utils import timezone

    from tongban.lists.queries import indexing

    if not indexing.built(timezone.localdate()).docs:
        say.failure("the catalogue is empty: load it first, with `tongban load places`, `items` and `lists`")
        raise typer.Exit(1)


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


@app.command(epilog="Example: `tongban search measure --implementations 50000`")
def measure(
    file: File = JUDGED,
    implementations: Annotated[int, typer.Option(min=100, help="How many to make up.")] = 50_000,
) -> None:
    """Measure how fast the search is over a made-up catalogue, as a share of a page found by its key."""
    from django.utils import timezone

    with environment.ready():
        from tongban.console import prepare
        from tongban.lists.queries import evaluation, synthetic

        require_items()
        # The page to compare with is rendered as it's served.
        prepare.messages()
        prepare.static()
        queries = [judged.query for judged in evaluation.read(file)]
        measured = synthetic.measure(implementations, queries, timezone.localdate())
        pages = sorted(_pages(len(queries)))
    times = sorted(measured.times)
    say.line(f"{measured.implementations} implementations of {measured.items} items")
    say.line(f"built in {measured.build:.1f} s, {measured.bytes / 2**20:.0f} MiB")
    for name, share in (("median", 0.5), ("95 of 100", 0.95)):
        one, other = _at(times, share), _at(pages, share)
        say.line(f"{name}: search {one * 1000:.1f} ms, page {other * 1000:.1f} ms, ratio {one / other:.2f}")


def _at(times: Sequence[float], share: float) -> float:
    return times[int(len(times) * share)]


def _pages(count: int) -> list[float]:
    """Return how long the page of one item takes, found by its key, rendered and not kept, without a server between."""
    import logging
    import time

    from django.test import Client
    from django.utils import timezone

    from tongban.catalogue import queries as catalogue

    code = next(item.code for item in catalogue.search("", timezone.localdate()) if item.complete)
    client, times = Client(), []
    logging.getLogger("tongban.access").setLevel("WARNING")
    for _ in range(count + 20):
        began = time.perf_counter()
        client.get(f"/items/{code}/?not=kept")
        times.append(time.perf_counter() - began)
    return times[20:]

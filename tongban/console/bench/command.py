"""The command line of the bench."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tongban.console.bench.home import own_server

Numbers = Annotated[str, typer.Option(help="Numbers, parted by commas.")]


def bench(
    json: Annotated[Path | None, typer.Option(help="Write what was found to this file, too.")] = None,
    sizes: Numbers = "10000,100000",
    clients: Numbers = "1,4,16",
    seconds: Annotated[float, typer.Option(min=0.1, help="How long each way is measured.")] = 6.0,
) -> None:
    """Measure what the product reaches, as a share of what one round trip per act reaches on this machine.

    Has a database of its own in DATA_DIR, loaded with --sizes cases in turn and thrown away. A million cases
    take ten gigabytes and some minutes.
    """
    counts, wanted = _numbers(clients), _numbers(sizes)
    with own_server() as (url, folder):
        # Only now can Django's settings be read.
        from tongban.console.bench import run, web
        from tongban.console.bench.measure import Meter

        world = run.prepared(url)
        with web.serving(folder.parent.parent / "web.log") as port:
            found = run.measure(run.Bench(world, Meter(seconds, folder), counts, port), wanted)
    found.show(Console())
    if json:
        found.write(json)


def _numbers(text: str) -> list[int]:
    try:
        found = sorted({int(each) for each in text.split(",")})
    except ValueError:
        raise typer.BadParameter(f"{text} isn't a list of numbers") from None
    if not found or found[0] < 1:
        raise typer.BadParameter(f"{text} isn't a list of numbers above 0")
    return found

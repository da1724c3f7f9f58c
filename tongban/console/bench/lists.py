"""How long a local list takes, as a multiple of copying the same rows into a bare table on the same machine."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import typer

from tongban.console import say
from tongban.console.bench.home import own_server
from tongban.console.environment import ROOT

_EVERY = 10
"""One row in so many reports another name."""


def bench_lists(
    rows: Annotated[int, typer.Option(min=1, help="How many rows the list has.")] = 50_000,
) -> None:
    """Measure reading, checking and importing a local list against COPY of the same rows, in one run."""
    with own_server() as (url, _folder):
        from django.utils import timezone

        from tongban.catalogue import actions
        from tongban.lib.actors import System
        from tongban.places import actions as places

        actions.load(ROOT / "data" / "items")
        places.load_places(ROOT / "data" / "places", by=System("bench"), at=timezone.now())
        content = _made(rows)
        raw, _ = _timed(lambda: _copy(url, content))
        say.line(f"{rows} rows, {len(content) / 1_048_576:.1f} MB")
        say.line(f"COPY into a bare table: {raw:.2f} s")
        for what, (seconds, worked) in _steps(content):
            say.line(
                f"{what}: {seconds:.2f} s, {seconds / raw:.1f} times COPY;"
                f" this process worked {worked:.2f} s of it"
            )


def _steps(content: bytes) -> Iterator[tuple[str, tuple[float, float]]]:
    from django.utils import timezone

    from tongban.catalogue.actions import importing
    from tongban.lib.actors import System

    by, now = System("bench"), timezone.now()
    kept: list[Any] = []

    def upload() -> None:
        kept[:] = [importing.upload(io.BytesIO(content), "list.csv", by=by, at=now)]

    yield "upload", _timed(upload)
    columns = {name: at for at, name in enumerate(_HEAD, start=1)}

    def check() -> None:
        importing.map_columns(
            kept[0].id,
            columns=columns,
            origin="bench",
            profile="exchange",
            valid_from=timezone.localdate(now),
            by=by,
            at=now,
            tell=_silent,
        )

    def store() -> Any:
        return importing.confirm(kept[0].id, by=by, at=now, tell=_silent)

    yield "check", _timed(check)
    yield "import", _timed(store)
    upload()
    check()
    yield "import again, nothing changed", _timed(store)


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def _timed(call: Callable[[], Any]) -> tuple[float, float]:
    """Return how many seconds passed, and for how many of them this process worked; noise disturbs the second less."""
    began, worked = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - began, time.process_time() - worked


_FIELDS = (
    "name",
    "base_code",
    "code",
    "type",
    "basis",
    "level",
    "body_code",
    "body",
    "region",
    "unit",
    "promised",
)
_HEAD = _FIELDS


def _made(rows: int) -> bytes:
    """Return a list in which bodies with valid codes report every item of the base, some under another name."""
    from django.utils import timezone

    from tongban.catalogue.queries import base as queries

    items = list(queries.base(timezone.localdate()).items.values())
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    for number in range(rows):
        item, body = items[number % len(items)], _credit_code(number // len(items))
        name = item.name + ("()" if number % _EVERY == 0 else "")
        base_code = item.base_code or item.code
        code = f"{body}4{base_code:0>12}"[:31]
        said = (name, item.base_code, code, item.type, "", "county", body, "body", "360702", "unit", "5")
        writer.writerow(said)
    return out.getvalue().encode()


def _credit_code(number: int) -> str:
    """Return a made-up credit code with its check character."""
    from stdnum.cn import uscc

    plain = f"11360000MB{number:07d}"
    return plain + str(uscc.calc_check_digit(plain))


def _copy(url: str, content: bytes) -> None:
    import psycopg

    columns = ", ".join(f"{name} text" for name in _FIELDS)
    with psycopg.connect(url) as link, link.cursor() as cursor:
        cursor.execute(f"CREATE TABLE raw_list ({columns})")  # names of our own
        with cursor.copy("COPY raw_list FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(content)

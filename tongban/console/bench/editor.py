"""How long saving a large item takes, through its page: `tongban bench-editor`."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Annotated, Any
from urllib.parse import urlencode

import typer

from tongban.console import say
from tongban.console.bench.home import own_server

# As a browser sends it.
_FORM = "application/x-www-form-urlencoded"
ITEM, BODY = "JX-P-0005", "360000-market-supervision"


def bench_editor(
    fields: Annotated[int, typer.Option(min=1, help="So many fields has the item.")] = 300,
    times: Annotated[int, typer.Option(min=1, help="So often each is measured.")] = 10,
) -> None:
    """Measure how long it takes to show and to save an item with many fields; has a database of its own."""
    with own_server():
        client, address, typed = _prepared(fields)
        shown = [_timed(lambda: client.get(address)) for _ in range(times)]
        saved = [_timed(lambda: client.post(address, typed, _FORM)) for _ in range(times)]
    say.line(f"{fields} fields, {times} times: shown in {_told(shown)}, saved in {_told(saved)}")


def _told(seconds: list[float]) -> str:
    return f"{median(seconds) * 1000:.0f} ms (at most {max(seconds) * 1000:.0f})"


def _timed(act: Callable[[], Any]) -> float:
    began = perf_counter()
    answer = act()
    if answer.status_code not in {200, 302}:
        raise RuntimeError(f"answered with {answer.status_code}")
    return perf_counter() - began


def _prepared(count: int) -> tuple[Any, str, str]:
    """Return a browser in which an editor is at work, the address of the fields, and what their form sends."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from tongban.catalogue import actions
    from tongban.console import prepare
    from tongban.console.bench import stage
    from tongban.people import actions as people
    from tongban.places import actions as posts
    from tongban.places import queries as places

    prepare.messages()
    prepare.static()
    now = timezone.now()
    stage.load(now)
    today = timezone.localdate(now)
    account = people.create_account("bench-editor", "Bench", stage.PASSWORD).id
    post = posts.appoint(account, BODY, ["edit-items"], today, by=stage.BENCH, at=now)
    row = actions.start(ITEM, by=places.post(post.id, today).clerk, at=now)
    client = Client(headers={"host": "localhost"})
    client.post(reverse("workbench:sign-in"), {"username": "bench-editor", "password": stage.PASSWORD})
    address = reverse("workbench:catalogue-section", args=[row.id, "fields"])
    typed = _typed(count)
    body = urlencode(typed, doseq=True)
    client.post(address, body, _FORM)
    return client, address, body


def _typed(count: int) -> dict[str, str | list[str]]:
    typed: dict[str, str | list[str]] = {"do": "save", "row": [str(number) for number in range(count)]}
    for number in range(count):
        typed |= {
            f"{number}.was": str(number),
            f"{number}.code": f"field-{number}",
            f"{number}.label.zh": f"Field {number}",
            f"{number}.label.en": f"Field {number}",
            f"{number}.type": "text",
            f"{number}.required": "1",
            f"{number}.options": "",
        }
    return typed

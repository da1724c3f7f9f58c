"""The same three through the real server: signed in, with CSRF, over a kept connection per client."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.utils import timezone

from tongban.cases import actions
from tongban.console import prepare
from tongban.console.bench.browser import SIGN_IN, Browser
from tongban.console.bench.clients import Operation, Prepare
from tongban.console.bench.limit import Target
from tongban.console.bench.stage import OFFICER, WINDOW, Scene
from tongban.console.bench.workloads import World
from tongban.console.children import die_with
from tongban.console.environment import ROOT

_PATIENCE = 60.0


class NotServing(Exception):
    """The web process doesn't come up."""


@contextmanager
def serving(log: Path) -> Iterator[int]:
    """Run `tongban web` as an operator would, with the workers it chooses itself, and give its port.

    :raises NotServing: if it doesn't come up
    """
    prepare.messages()
    prepare.static()
    port = _free_port()
    command = [sys.executable, "-m", "tongban", "web", "--port", str(port)]
    # Its log costs what it costs, but is read by nobody.
    with log.open("wb") as said:
        web = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            preexec_fn=die_with(os.getpid()),  # noqa: PLW1509  # the parent has one thread
        )
    try:
        _wait(port)
        yield port
    finally:
        web.terminate()
        web.wait()


def _free_port() -> int:
    with closing(socket.socket()) as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait(port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            Browser(port).get(SIGN_IN)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NotServing(f"port {port}")


def drafts(world: World, scenes: Sequence[Scene], each: int) -> dict[str, list[str]]:
    """Return prepared drafts by the post that keeps them: one is written by the action, the rest are its copies."""
    found = {}
    for scene in scenes:
        made = actions.start(scene.edition, by=scene.window, at=timezone.now(), data=scene.typed)
        with psycopg.connect(world.url) as link:
            columns = "post_id, revision_id, practice, data, version, started_at, saved_at, received_at"
            rows = link.execute(
                f"INSERT INTO cases_draft (id, {columns}) SELECT uuidv7(), {columns} FROM cases_draft,"  # noqa: S608
                " generate_series(1, %s) WHERE id = %s RETURNING id::text",
                [each, made.id],
            ).fetchall()
        found[str(scene.window.post)] = [row[0] for row in rows]
    return found


def file(port: int, scenes: Sequence[Scene], drafts: Mapping[str, Sequence[str]]) -> Prepare:
    """Receive prepared drafts, by pressing the button of their page."""

    def prepare(index: int, clients: int) -> Operation:
        scene = scenes[index]
        browser = Browser(port)
        browser.sign_in(WINDOW, scene.window.post)
        mine = iter(drafts[str(scene.window.post)])
        typed = {name: str(value) for name, value in scene.typed.items() if isinstance(value, str)}

        def operate() -> int:
            browser.post(f"/desk/window/drafts/{next(mine)}/receive", {**typed, "version": "0"}, expected=302)
            return 1

        return operate

    return prepare


def accept(port: int, scenes: Sequence[Scene], targets: Sequence[Target]) -> Prepare:
    """Accept parts, by pressing the button of their page."""

    def prepare(index: int, clients: int) -> Operation:
        scene = scenes[index]
        browser = Browser(port)
        browser.sign_in(OFFICER, scene.officer.post)
        mine = iter([each.part for each in targets if each.decider == scene.officer.body])

        def operate() -> int:
            browser.post(f"/desk/parts/{next(mine)}/accept", {}, expected=302)
            return 1

        return operate

    return prepare


def desk(port: int, scenes: Sequence[Scene]) -> Prepare:
    """Read the desk's first page."""

    def prepare(index: int, clients: int) -> Operation:
        scene = scenes[index]
        browser = Browser(port)
        browser.sign_in(OFFICER, scene.officer.post)

        def operate() -> int:
            browser.get("/desk/cases/in-hand")
            return 1

        return operate

    return prepare

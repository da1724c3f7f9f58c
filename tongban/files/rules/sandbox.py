"""Where bytes that strangers hand in are opened: in a child process that can only answer or die.

Checks before decoding stop the bombs that are known; the process stops the others. Both are cheap.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import tongban
from tongban.files.rules import keeper
from tongban.files.rules.limits import Facts, Limits, refuse
from tongban.lib.refusals import Invalid, Missing

_HOME = Path(tongban.__file__).resolve().parent.parent
_BOMB: keeper.Answer = {"code": "file.bomb", "params": {}}, b""
# As many files are open at once as there are processors: each may take `Limits.memory`.
_turn = threading.BoundedSemaphore(os.cpu_count() or 1)


class _Keeper:
    """The one keeper of this process, started when first needed and again if it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def connect(self) -> socket.socket:
        """Return a connection to a child of the keeper that waits for one job."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            try:
                self._hand_over(theirs)
            except OSError:
                self._end()
                self._hand_over(theirs)
        return ours

    def gone(self) -> bool:
        """Return whether it was killed, and forget it then."""
        with self._lock, suppress(subprocess.TimeoutExpired):
            if self._running is not None:
                self._running[0].wait(0.05)
                self._end()
            return True
        return False

    def end(self) -> None:
        """Let it end: its control socket closes, as it does when this process is killed."""
        with self._lock:
            self._end()

    def _hand_over(self, link: socket.socket) -> None:
        self._running = self._running or _start()
        socket.send_fds(self._running[1], [b"j"], [link.fileno()])

    def _end(self) -> None:
        if self._running is not None:
            process, control = self._running
            control.close()
            process.wait()
        self._running = None


def _start() -> tuple[subprocess.Popen[bytes], socket.socket]:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and module, nothing from outside
            [sys.executable, "-s", "-P", "-m", keeper.__name__],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"PYTHONPATH": str(_HOME), "PYTHONUTF8": "1", "PATH": os.defpath},
        )
    return process, ours


_keeper = _Keeper()
atexit.register(_keeper.end)


def image(content: bytes, limits: Limits) -> tuple[Facts, bytes]:
    """Return what an image is and its safe copy.

    :raises Invalid: for the reasons of `images.safe_copy`, and if it is damaged or a bomb
    """
    return _ask("image", content, limits)


def pdf(content: bytes, limits: Limits) -> Facts:
    """Return what a PDF is.

    :raises Invalid: for the reasons of `pdfs.check`, and if it is damaged or a bomb
    """
    return _ask("pdf", content, limits)[0]


def mark(content: bytes, limits: Limits, lines: tuple[str, ...], page: int | None) -> bytes:
    """Return the PDF, or one page of it, with the watermark on every page.

    :raises Missing: if there is no such page
    :raises Invalid: if it takes too much memory or time
    """
    return _ask("mark", content, limits, lines=lines, page=page)[1]


def table(
    content: bytes, limits: Limits, sheet: str = "", encoding: str = "", separator: str = ""
) -> tuple[Facts, bytes]:
    """Return what a table is, and its rows as `tables.Table.packed` gives them.

    :raises Invalid: for the reasons of `tables.read`, and if it is damaged or a bomb
    """
    try:
        return _ask("table", content, limits, sheet=sheet, encoding=encoding, separator=separator)
    except Invalid as refused:
        # What a picture or a PDF is told doesn't help somebody with a table.
        code = refused.code.replace("file.", "table.")
        raise Invalid(code, "file", **refused.params) from refused


def _ask(job: str, content: bytes, limits: Limits, **more: object) -> tuple[Facts, bytes]:
    about = {"job": job, "limits": asdict(limits), **more}
    with _turn:
        found, made = _exchange(about, content, limits) or _exchange(about, content, limits) or _BOMB
    if "missing" in found:
        raise Missing
    if "code" in found:
        raise refuse(found["code"], **found["params"])
    return Facts(**found["facts"]), made


def _exchange(about: dict[str, Any], content: bytes, limits: Limits) -> keeper.Answer | None:
    """Return the answer, or nothing if the keeper itself was killed, which says nothing about the file.

    A child that ends without an answer went over its limits, or was made to crash.
    """
    with _keeper.connect() as link:
        # The processor's time is limited in the child; this is for a machine that has no time for the child.
        link.settimeout(6 * limits.seconds)
        try:
            keeper.send(link, about, content)
            return keeper.receive(link)
        except (EOFError, OSError):
            return None if _keeper.gone() else _BOMB

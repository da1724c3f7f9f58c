"""Processes that live and die with the one that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from tongban.console.environment import ROOT

_PR_SET_PDEATHSIG = 1
_PATIENCE = 15.0
_SHORT_LIFE = 10.0
_TRIES = 5


@dataclass
class Child:
    """A process of ours that is started again when it dies."""

    name: str
    arguments: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    short_lives: int = field(default=0)

    def start(self) -> None:
        """Start it, in a group of its own: Ctrl-C at the terminal is for its parent, who ends it in order."""
        command = [sys.executable, "-m", "tongban", *self.arguments]
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with(os.getpid()),  # noqa: PLW1509  # the parent has one thread
        )

    def is_running(self) -> bool:
        """Return whether it is."""
        return self.process is not None and self.process.poll() is None

    def is_hopeless(self) -> bool:
        """Return whether it died young too often to be started again."""
        return self.short_lives >= _TRIES

    def revive(self) -> None:
        """Start it again, after what is left of its group has gone."""
        lived = time.monotonic() - self.began
        self.short_lives = self.short_lives + 1 if lived < _SHORT_LIFE else 0
        self._signal(signal.SIGKILL)
        self.start()

    def stop(self) -> None:
        """Ask it to end, and end it if it doesn't."""
        if self.process is None:
            return
        if self.is_running():
            self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_PATIENCE)
        self._signal(signal.SIGKILL)
        self.process.wait()

    def _signal(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


def die_with(parent: int) -> Callable[[], None]:
    """Return what a child does first: ask the kernel to be told when its parent dies, even by SIGKILL."""

    def ask() -> None:
        if not sys.platform.startswith("linux"):
            return
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return ask

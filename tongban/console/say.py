"""What a command tells its operator while it works: one line a step, plain when nobody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

Say = Callable[[str], None]
_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)


def line(text: str) -> None:
    """Print a line at once, also into a pipe."""
    _out.print(Text(text))
    sys.stdout.flush()


def note(text: str) -> None:
    """Print a line of progress."""
    _out.print(Text.assemble(("· ", "dim"), text))
    sys.stdout.flush()


def failure(text: str) -> None:
    """Print why the command failed."""
    _err.print(Text.assemble(("tongban: ", "bold red"), text))


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say what begins and, if it took a while, how long it took; a spinner turns where somebody watches."""
    began = time.monotonic()
    if _out.is_terminal:
        with _out.status(text):
            yield
    else:
        note(text)
        yield
    seconds = time.monotonic() - began
    if _out.is_terminal:
        note(f"{text} ({seconds:.1f} s)")
    elif seconds > 1:
        note(f"{text}: done ({seconds:.1f} s)")

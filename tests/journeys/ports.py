"""Where a server is put, and whether it's there yet."""

from __future__ import annotations

import socket
from urllib.error import URLError
from urllib.request import Request, urlopen

PATIENCE = 120.0
"""How many seconds a server may take to come up on a busy machine."""


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def answers(url: str) -> bool:
    """Return whether the server there is ready."""
    try:
        with urlopen(Request(f"{url}/readyz"), timeout=10) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False

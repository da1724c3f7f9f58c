"""Whether a keeper is there: it's asked, for a lock may outlive what holds it by a moment.

A process that was killed keeps its locks until the kernel gets round to ending it; on a busy machine a start
that comes right after would take it for a living keeper, and be left with a server that nobody keeps.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from tongban.console.postgres.home import Home, is_locked

_PATIENCE = 5.0
_YES = b"."


def announce(home: Home) -> None:
    """Answer, from now on, everybody who asks for the keeper; only whoever holds its lock does this."""
    home.hello.unlink(missing_ok=True)
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(home.hello))
    door.listen()
    threading.Thread(target=_answer, args=[door], daemon=True).start()


def _answer(door: socket.socket) -> None:
    while True:
        asking, _ = door.accept()
        # Somebody may ask and not wait for the answer.
        with asking, suppress(OSError):
            asking.sendall(_YES)


def leave(home: Home) -> None:
    """Take away what `announce` left in the file system."""
    home.hello.unlink(missing_ok=True)


def is_kept(home: Home) -> bool:
    """Return whether the server has a keeper that is alive enough to say so."""
    if not is_locked(home.keeper):
        return False
    with suppress(OSError), socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(_PATIENCE)
        asking.connect(str(home.hello))
        return asking.recv(1) == _YES
    return False

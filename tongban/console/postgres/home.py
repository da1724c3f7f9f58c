"""Where an embedded server keeps what, and the locks by which its users and its keeper know of each other."""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

# A Unix socket's path holds 103 bytes on macOS and 107 on Linux, `/.s.PGSQL.5432` included.
_LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432")


class Failed(Exception):
    """The embedded server can't be had; the message says why in a line or two fit to show an operator."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one embedded server and the paths in it."""

    folder: Path

    @property
    def data(self) -> Path:
        """The cluster's own folder."""
        return self.folder / "data"

    @property
    def pid_file(self) -> Path:
        """Where a running server says which process it is."""
        return self.data / "postmaster.pid"

    @property
    def log(self) -> Path:
        """What the server and its keeper said."""
        return self.folder / "server.log"

    @property
    def users(self) -> Path:
        """Locked, shared, by everybody who uses the server; exclusively by the keeper who stops it."""
        return self.folder / "users.lock"

    @property
    def keeper(self) -> Path:
        """Locked by the keeper while it lives."""
        return self.folder / "keeper.lock"

    @property
    def starting(self) -> Path:
        """Locked by the one who is setting the server up."""
        return self.folder / "starting.lock"

    @property
    def hello(self) -> Path:
        """Where the keeper answers when it's asked whether it's there."""
        return self.socket_folder() / "keeper"

    def socket_folder(self) -> Path:
        """Return the folder of the socket: in the home if that is short enough, else a temporary one."""
        inside = self.folder / "socket"
        if len(os.fsencode(inside)) <= _LONGEST_SOCKET_FOLDER:
            return inside
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"tongban-{digest}"

    def log_tail(self, lines: int = 8) -> str:
        """Return the last lines of the log, for an error message."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def own_folder(folder: Path, owner: int) -> None:
    """Make the folder so that nobody but `owner` (and root) gets in.

    :raises Failed: if it is there and belongs to somebody else
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(folder, owner, -1, follow_symlinks=False)
    found = folder.lstat()
    if found.st_uid != owner or not stat.S_ISDIR(found.st_mode):
        raise Failed(f"{folder} belongs to somebody else; choose another DATA_DIR")
    folder.chmod(0o700)


@contextmanager
def locked(path: Path, how: int) -> Iterator[IO[bytes]]:
    """Hold a lock on a file, which the kernel drops however the process ends.

    :raises BlockingIOError: if `how` has LOCK_NB and somebody else holds it
    """
    with path.open("ab") as file:
        fcntl.flock(file, how)
        yield file


def is_locked(path: Path) -> bool:
    """Return whether somebody holds a lock on the file."""
    try:
        with locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return False
    except BlockingIOError:
        return True

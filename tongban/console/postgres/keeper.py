"""The server's parent: starts it, starts it again if it is killed, stops it when its last user has gone."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tongban.console.postgres import presence
from tongban.console.postgres.home import Failed, Home, locked
from tongban.console.postgres.runner import Runner, choose

_PATIENCE = 30.0
_SHORT_LIFE = 5.0
_TRIES = 5


@dataclass
class Keeper:
    """Keeps one server running until nobody uses it."""

    home: Home
    settings: tuple[str, ...]
    runner: Runner
    server: subprocess.Popen[bytes] | None = None
    done: bool = False
    guard: threading.Lock = field(default_factory=threading.Lock)

    def keep(self) -> int:
        """Return 1 if the server can't be kept up; ends the process with 0 after the last user."""
        presence.announce(self.home)
        threading.Thread(target=self._stop_after_the_last_user, daemon=True).start()
        try:
            return self._keep_up()
        finally:
            presence.leave(self.home)

    def _keep_up(self) -> int:
        failures = 0
        while failures < _TRIES:
            clear(self.home)
            began = time.monotonic()
            if not self._start():
                return 0
            assert self.server is not None
            self.server.wait()
            failures = failures + 1 if time.monotonic() - began < _SHORT_LIFE else 0
        return 0 if self.done else 1

    def _start(self) -> bool:
        with self.guard:
            if self.done:
                return False
            command = self.runner.command("postgres", "-D", str(self.home.data), *self.settings)
            self.server = subprocess.Popen(command, cwd=self.home.data, **self.runner.options())
            return True

    def _stop_after_the_last_user(self) -> None:
        with locked(self.home.users, fcntl.LOCK_EX):
            with self.guard:
                self.done = True
                server = self.server
            if server is not None:
                # Fast shutdown: sessions that are left over are ended, what was committed is on disk.
                server.send_signal(signal.SIGINT)
                server.wait()
            presence.leave(self.home)
            # Whoever comes next waits for this lock, and must find neither server nor keeper.
            os._exit(0)


def clear(home: Home) -> None:
    """See to it that no server runs on the folder and none is believed to run.

    After a power cut the pid file may name a process that now is something else, and PostgreSQL would refuse
    to start. Only when nobody works in the folder any more is the file ours to take away.

    :raises Failed: if processes of an earlier server don't end
    """
    deadline = time.monotonic() + _PATIENCE
    while at_work := processes_in(home.data):
        if (leader := _pid(home)) in at_work:
            os.kill(leader, signal.SIGINT)
        if time.monotonic() > deadline:
            raise Failed(
                f"processes of an earlier server are still at work in {home.data}: {sorted(at_work)}"
            )
        time.sleep(0.2)
    if Path("/proc/self").exists():
        for stale in (home.pid_file, *home.socket_folder().glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)


def _pid(home: Home) -> int:
    try:
        return int(home.pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0


def processes_in(folder: Path) -> set[int]:
    """Return the living processes whose working folder this is, as a server's are (none without /proc)."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").samefile(folder):
                found.add(int(entry.name))
        except OSError:
            # It ended while we looked (or is a zombie, or somebody else's): not at work here.
            continue
    return found - {os.getpid()}


def main(folder: str, *settings: str) -> int:
    """Keep the server of a folder; returns soon if it already has a keeper."""
    home = Home(Path(folder))
    try:
        with _only_keeper(home):
            return Keeper(home, settings, choose()).keep()
    except BlockingIOError:
        return 0
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1


@contextmanager
def _only_keeper(home: Home) -> Iterator[None]:
    """Be the keeper; asked a few times, for somebody may just be looking whether there is one."""
    for _ in range(_TRIES):
        with suppress(BlockingIOError), locked(home.keeper, fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield
            return
        time.sleep(0.1)
    raise BlockingIOError


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

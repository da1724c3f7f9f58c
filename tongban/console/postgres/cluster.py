"""Using an embedded server: it is created, started or joined on entering, and left on leaving."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from tongban.console.postgres import keeper, presence
from tongban.console.postgres.home import Failed, Home, is_locked, locked, own_folder
from tongban.console.postgres.runner import SHARED, Runner, choose

_ROOT = Path(__file__).resolve().parents[3]
_PATIENCE = 60.0
_LONG_LOG = 10 * 1024**2
_NAME = "tongban"
# Ours to tune: the server has the machine's disk cache under it, an SSD, short statements and no far clients.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
# Keepers that this process started and that may outlive its use of the server.
_keepers: list[subprocess.Popen[bytes]] = []
Say = Callable[[str], None]


def silent(_: str) -> None:
    """Say nothing."""


@contextmanager
def running(data_dir: Path, say: Say = silent, settings: Mapping[str, str] = SETTINGS) -> Iterator[str]:
    """Hold an embedded server of this data folder and give its `postgresql://` address; fsync stays on.

    The first to come creates and starts it, further ones share it, the last to leave shuts it down.

    :raises Failed: if it can't be created or doesn't start
    """
    runner = choose()
    home = home_of(data_dir.resolve(), runner)
    try:
        with locked(home.users, fcntl.LOCK_SH):
            with locked(home.starting, fcntl.LOCK_EX):
                _create(home, runner, say)
                _start(home, settings, say)
            yield _address(home)
    finally:
        _wait_until_left(home)


def home_of(data_dir: Path, runner: Runner) -> Home:
    """Return the home inside the data folder or, if the server's user can't get there, outside of it."""
    _make(data_dir)
    folder = data_dir / "postgres"
    if runner.switch and not runner.reaches(data_dir):
        folder = SHARED / f"data-{sha256(os.fsencode(data_dir)).hexdigest()[:16]}"
    own_folder(folder, runner.owner)
    home = Home(folder)
    own_folder(home.socket_folder(), runner.owner)
    return home


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failed(f"DATA_DIR {folder} can't be made: {error.strerror}") from error


def _create(home: Home, runner: Runner, say: Say) -> None:
    """Make the cluster, whole or not at all."""
    if (home.data / "PG_VERSION").exists():
        return
    say("Creating the database server's files")
    draft = home.folder / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    # The socket lies in a folder that only its owner enters, so whoever gets there needs no password.
    # The C.UTF-8 character type matters: under plain C, trigrams of Chinese text are silently empty.
    options = (
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--data-checksums",
    )
    runner.run("initdb", f"--pgdata={draft}", *options)
    draft.rename(home.data)


def _start(home: Home, settings: Mapping[str, str], say: Say) -> None:
    if _is_up(home):
        return
    say("Starting the database server")
    process, deadline = None, time.monotonic() + _PATIENCE
    while not _is_up(home):
        if not is_locked(home.keeper) and (process is None or process.poll() == 0):
            keeper.clear(home)
            process = _spawn_keeper(home, {**settings, "unix_socket_directories": str(home.socket_folder())})
        if (process and process.poll()) or time.monotonic() > deadline:
            raise Failed(
                f"the database server doesn't start; its last words in {home.log}:\n{home.log_tail()}"
            )
        time.sleep(0.05)
    _create_database(home)


def _is_up(home: Home) -> bool:
    """Return whether the server answers and somebody keeps it; one without the other isn't relied on."""
    return presence.is_kept(home) and _answers(home)


def _spawn_keeper(home: Home, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command: Sequence[str] = [sys.executable, "-m", keeper.__name__, str(home.folder), *options]
    if home.log.exists() and home.log.stat().st_size > _LONG_LOG:
        home.log.replace(home.log.with_suffix(".old.log"))
    with home.log.open("ab") as log:
        # A session of its own: Ctrl-C is for its users, and it ends when the last of them has.
        process = subprocess.Popen(
            command, cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    _keepers.append(process)
    return process


def _answers(home: Home) -> bool:
    with suppress(psycopg.OperationalError), _connect(home):
        return True
    return False


def _connect(home: Home) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(home.socket_folder()), user="postgres", dbname="postgres", autocommit=True, connect_timeout=5
    )


def _create_database(home: Home) -> None:
    """Make the role under which Tongban works, no superuser, and its database."""
    name = sql.Identifier(_NAME)
    with _connect(home) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [_NAME]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(name))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_NAME]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(name))


def _address(home: Home) -> str:
    return f"postgresql://{_NAME}@/{_NAME}?host={quote(str(home.socket_folder()), safe='')}"


def _wait_until_left(home: Home) -> None:
    """Wait for the keeper to shut the server down, unless somebody else still uses it."""
    deadline = time.monotonic() + _PATIENCE
    while is_locked(home.keeper) and time.monotonic() < deadline:
        if _used_by_others(home):
            break
        time.sleep(0.05)
    _keepers[:] = [process for process in _keepers if process.poll() is None]


def _used_by_others(home: Home) -> bool:
    """Return whether a user holds the lock, which can be shared, and not the keeper, whose can't."""
    try:
        with locked(home.users, fcntl.LOCK_SH | fcntl.LOCK_NB):
            pass
    except BlockingIOError:
        return False
    return is_locked(home.users)

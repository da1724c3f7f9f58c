"""A server and a data folder of its own, settings as in production, thrown away at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tongban.console import environment, say
from tongban.console.postgres.cluster import running


@contextmanager
def own_server() -> Iterator[tuple[str, Path]]:
    """Have an empty, migrated database, and give its address and the folder in which its server works."""
    environment.data_dir().mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=environment.data_dir()))
    try:
        with running(folder, say.note) as url:
            os.environ |= {"DATA_DIR": str(folder), "DATABASE_URL": url, "DEMO": "0"}
            environment.set_up("console")
            _migrate()
            yield url, folder / "postgres" / "data"
    finally:
        # Not tempfile's own: something in it may belong to the server's user.
        shutil.rmtree(folder, ignore_errors=True)


def _migrate() -> None:
    from django.core.management import call_command

    with say.step("Making the tables"):
        call_command("migrate", interactive=False, verbosity=0)

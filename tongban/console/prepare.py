"""What is made from the sources before serving: compiled messages, collected static files."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from tongban.console.environment import ROOT


class Unreadable(Exception):
    """A catalogue of messages can't be compiled; the message says which and where."""


def messages(root: Path = ROOT / "tongban") -> int:
    """Compile the catalogues that changed, and return how many.

    :raises Unreadable: if one isn't well formed
    """
    stale = [path for path in root.glob("**/locale/*/LC_MESSAGES/*.po") if _is_stale(path)]
    for path in stale:
        _compile(path)
    return len(stale)


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> None:
    try:
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parents[1].name, abort_invalid=True)
    except PoFileError as error:
        raise Unreadable(f"{source}, line {error.lineno}: {error}") from error
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    # Whole or not at all: another process may be reading the old one.
    draft = source.with_suffix(f".{os.getpid()}.tmp")
    draft.write_bytes(compiled.getvalue())
    draft.replace(source.with_suffix(".mo"))


def static() -> bool:
    """Collect, name by content and compress the static files if any changed, and return whether one did."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    stamp = root / ".made-from"
    made_from = _fingerprint(_sources())
    if stamp.exists() and stamp.read_text(encoding="ascii") == made_from:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(made_from, encoding="ascii")
    return True


def _sources() -> Iterator[tuple[str, Path]]:
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=None):
            yield name, Path(storage.path(name))


def _fingerprint(files: Iterable[tuple[str, Path]]) -> str:
    digest = hashlib.sha256()
    for name, path in sorted(files):
        found = path.stat()
        digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()

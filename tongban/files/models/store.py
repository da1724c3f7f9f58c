"""Where the bytes lie: named by the hash of what they say, encrypted, whole or not there at all.

A file on disk is `version (1) · key id (4) · nonce (12) · AES-256-GCM of the bytes`, with the header and
the hash bound in, so that no file can be put in another's place.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from tongban.files.rules.limits import refuse
from tongban.lib.personal import Unreadable, derive
from tongban.lib.refusals import Missing

_VERSION, _KEY_ID, _NONCE = b"\x01", 4, 12
_HEADER = len(_VERSION) + _KEY_ID + _NONCE
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_HASH = re.compile(r"[0-9a-f]{64}")

logger = logging.getLogger(__name__)


class Store(Protocol):
    """Bytes by their hash."""

    def put(self, sha256: str, content: bytes) -> None:
        """Keep the bytes for good before returning; nothing happens if they are kept already.

        :raises Invalid: `storage.full` or `storage.failed`; then nothing is kept
        """

    def get(self, sha256: str) -> bytes:
        """Return the bytes.

        :raises Missing: if they aren't kept
        :raises Unreadable: if they were altered, or DATA_KEY isn't the key they were written with
        """

    def sweep(self, before: datetime) -> int:
        """Remove what was begun before this time and never finished; return how many."""


def write_all(file: int, content: bytes) -> None:
    """Write the bytes and wait until the disk has them."""
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]
    os.fsync(file)


@dataclass(frozen=True, slots=True)
class FolderStore:
    """A folder of this machine, or of a file server.

    :param secrets: DATA_KEY: the first of them writes, the others still read
    """

    root: Path
    secrets: str
    write: Callable[[int, bytes], None] = write_all

    def put(self, sha256: str, content: bytes) -> None:
        """Keep the bytes: written aside, brought to disk, then given their name in one step."""
        if self._holds(sha256):
            return
        try:
            with self._draft() as (file, draft):
                self.write(file, _seal(self.secrets, sha256, content))
                path = self._path(sha256)
                _make_folders(self.root, path.parent)
                draft.rename(path)
                _sync(path.parent)
        except OSError as error:
            logger.error("a file could not be stored: %s", errno.errorcode.get(error.errno or 0, "unknown"))
            raise refuse("storage.full" if error.errno in _FULL else "storage.failed") from error

    def get(self, sha256: str) -> bytes:
        """Return the bytes, which are those that were put: the cipher says so."""
        try:
            return _unseal(self.secrets, sha256, self._path(sha256).read_bytes())
        except FileNotFoundError as error:
            raise Missing from error

    def sweep(self, before: datetime) -> int:
        """Remove the drafts of processes that were killed."""
        swept = 0
        for draft in self._drafts.glob("*"):
            with suppress(FileNotFoundError):
                if draft.stat().st_mtime < before.timestamp():
                    draft.unlink()
                    swept += 1
        return swept

    @property
    def _drafts(self) -> Path:
        return self.root / "drafts"

    def _path(self, sha256: str) -> Path:
        if not _HASH.fullmatch(sha256):
            raise Missing
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def _holds(self, sha256: str) -> bool:
        """Whether the bytes are there and still whole: a broken copy is written again."""
        try:
            self.get(sha256)
        except (Missing, Unreadable, OSError):
            return False
        return True

    @contextmanager
    def _draft(self) -> Iterator[tuple[int, Path]]:
        """Give an open file aside, readable by its owner only, and leave none behind."""
        _make_folders(self.root, self._drafts)
        file, name = tempfile.mkstemp(dir=self._drafts)
        try:
            yield file, Path(name)
        finally:
            os.close(file)
            Path(name).unlink(missing_ok=True)


def store() -> Store:
    """Return the store that the settings name."""
    return FolderStore(settings.FILES_ROOT, settings.DATA_KEY)


def _make_folders(root: Path, folder: Path) -> None:
    if folder.is_dir():
        return
    if folder != root:
        _make_folders(root, folder.parent)
    folder.mkdir(mode=0o700, parents=folder == root, exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


@lru_cache(maxsize=8)
def _ring(secrets: str) -> dict[bytes, AESGCM]:
    keys = [derive("files/1", secret.strip()) for secret in secrets.split(",")]
    return {hashlib.sha256(key).digest()[:_KEY_ID]: AESGCM(key) for key in keys}


def _seal(secrets: str, sha256: str, content: bytes) -> bytes:
    key_id, cipher = next(iter(_ring(secrets).items()))
    header = _VERSION + key_id + os.urandom(_NONCE)
    return header + cipher.encrypt(header[-_NONCE:], content, header + sha256.encode())


def _unseal(secrets: str, sha256: str, sealed: bytes) -> bytes:
    header = sealed[:_HEADER]
    cipher = _ring(secrets).get(header[1 : 1 + _KEY_ID])
    if cipher is None or header[:1] != _VERSION or len(sealed) < _HEADER:
        raise Unreadable(sha256)
    try:
        return cipher.decrypt(header[-_NONCE:], sealed[_HEADER:], header + sha256.encode())
    except InvalidTag as error:
        raise Unreadable(sha256) from error

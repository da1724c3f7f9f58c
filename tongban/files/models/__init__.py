"""What this room keeps: a row and the bytes for each file."""

from __future__ import annotations

from tongban.files.models.file import File, HandIn
from tongban.files.models.store import FolderStore, Store, store

__all__ = ["File", "FolderStore", "HandIn", "Store", "store"]

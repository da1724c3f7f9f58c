"""Uploads stay in memory until they're encrypted: no plain page of anybody's lies in a temporary folder."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler


class InMemory(MemoryFileUploadHandler):
    """Keeps each file in memory, and of one that is too large just enough for the gate to see that it is.

    Django's own hands a large request on to nobody, and the page would say that no file came.
    """

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Take every request, whatever its length: the length is the gate's to judge, file by file."""
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the piece, unless what was kept is over the limit already."""
        if self.file.tell() <= settings.FILES_MAX_BYTES:
            self.file.write(raw_data)

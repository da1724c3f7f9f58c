"""Uploads stay in memory until they're encrypted: no plain page of anybody's lies in a temporary folder."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile

TOGETHER = 3
"""So many files of the largest size a request may bring at once; it may bring many more that are smaller."""


class InMemory(MemoryFileUploadHandler):
    """Keeps each file in memory, and of one that is too large just enough for the gate to see that it is.

    Django's own hands a large request on to nobody, and the page would say that no file came. A form is read before
    anybody asks who sent it: of somebody without a session nothing is kept, and of nobody more than fits.
    """

    kept = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Take every request, whatever its length: the length is the gate's to judge, file by file."""
        self.activated = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, if it comes from somebody who can have been asked for one.

        :raises SkipFile: otherwise
        """
        session = getattr(self.request, "session", None)
        if session is not None and not session.keys():
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the piece, unless what was kept is over the limit already.

        :raises RequestDataTooBig: if all files together are more than a process has room for
        """
        if self.file.tell() > settings.FILES_MAX_BYTES:
            return
        self.kept += len(raw_data)
        if self.kept > TOGETHER * (settings.FILES_MAX_BYTES + self.chunk_size):
            raise RequestDataTooBig
        self.file.write(raw_data)

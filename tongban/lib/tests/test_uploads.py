"""What is handed in arrives whole, or as too large; it never vanishes and never touches a disk."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from tongban.lib.uploads import InMemory


@pytest.mark.parametrize("size", [0, 10, 999, 1000, 1001, 300_000])
def test_every_file_arrives_and_none_takes_more_memory_than_the_limit(settings, size):
    settings.FILES_MAX_BYTES = 1000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.jpg", b"x" * size, "image/jpeg")})

    found = request.FILES["file"]

    assert isinstance(found, InMemoryUploadedFile)
    content = found.read()
    assert (len(content) > 1000) == (size > 1000)
    assert size > 1000 or content == b"x" * size
    assert len(content) <= 1000 + 64 * 1024


def posted(count: int, session: dict[str, str]) -> HttpRequest:
    files = {f"file-{number}": SimpleUploadedFile("a.pdf", b"x" * 999) for number in range(count)}
    request = RequestFactory().post("/", {**files, "words": "w"})
    request.session = SessionStore()
    request.session.update(session)
    return request


def test_nothing_is_kept_for_somebody_whom_nobody_asked_for_a_file():
    request = posted(3, {})

    assert not request.FILES
    assert request.POST["words"] == "w"


def test_all_files_of_a_request_together_have_a_limit(settings):
    settings.FILES_MAX_BYTES = 100_000

    assert len(posted(99, {"at": "work"}).FILES) == 99
    settings.FILES_MAX_BYTES = 1000
    with patch.object(InMemory, "chunk_size", 100), pytest.raises(RequestDataTooBig):
        assert posted(4, {"at": "work"}).FILES

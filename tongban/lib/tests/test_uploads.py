"""What is handed in arrives whole, or as too large; it never vanishes and never touches a disk."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory


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

"""The table of files."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class File(models.Model):
    """One file as it is stored, found by the hash of its bytes."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveIntegerField()
    media = models.CharField(max_length=80)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)
    # Of the bytes as they were first handed in; the same as `sha256` where nothing had to be written anew.
    original_sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="file_named_by_hash",
                condition=Q(sha256__regex="^[0-9a-f]{64}$") & Q(original_sha256__regex="^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(name="file_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="file_image_or_pages",
                condition=Q(pages__isnull=True, width__gt=0, height__gt=0)
                | Q(pages__gt=0, width__isnull=True, height__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"file:{self.sha256}"


class HandIn(models.Model):
    """Who handed a file's bytes in: whoever only knows its hash has no claim to it."""

    file = models.ForeignKey(File, models.PROTECT, related_name="hand_ins")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "by"], name="handed_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.by} handed in {self.file_id}"

"""Entries, the tree over them, and how far each follower has read."""

from __future__ import annotations

from typing import Any

from django.db import models

from tongban.lib.ids import new_id
from tongban.trail import rules


class Entry(models.Model):
    """One step, with who, when and facts: references, codes and days, never words about a person (G4).

    It never changes, but for the number that the sealer gives it once; a trigger of the database sees to that.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()
    case = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    number = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="entry_of_case"),
            models.Index(fields=["id"], name="entry_unsealed", condition=models.Q(number__isnull=True)),
        ]

    def sealed(self) -> bytes:
        """Return the bytes that the sealer hashes."""
        facts: dict[str, Any] = {
            "id": str(self.id),
            "event": self.event,
            "subject": self.subject,
            "actor": self.actor,
            "at": self.at.isoformat(),
            "case": str(self.case) if self.case else None,
            "facts": self.facts,
        }
        return rules.canonical(facts)


class Tile(models.Model):
    """Up to 256 hashes of one level of the tree."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="tile_once")]


class Checkpoint(models.Model):
    """The size and root of the tree after a batch was sealed."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    at = models.DateTimeField()


class Cursor(models.Model):
    """The number of the last entry that a follower has dealt with."""

    follower = models.CharField(max_length=60, primary_key=True)
    number = models.BigIntegerField(default=0)


class Parked(models.Model):
    """An entry that a follower failed on; the rest went on."""

    follower = models.CharField(max_length=60)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)
    error = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follower", "entry"], name="parked_once")]

"""Items and their revisions. A published revision never changes; a case keeps the one it was filed under."""

from __future__ import annotations

from django.db import models


class Theme(models.Model):
    """What an item is about, for browsing."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.JSONField()
    subject = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField(default=0)


class Item(models.Model):
    """A matter that people can file: its name, code, type and theme; what it demands is in its revisions."""

    code = models.CharField(max_length=36, primary_key=True)
    base_code = models.CharField(max_length=12, blank=True)
    name = models.JSONField()
    type = models.CharField(max_length=2, blank=True)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT)
    subjects = models.CharField(max_length=20)
    department = models.JSONField()
    # What a clerk may type to find it: name, aliases, pinyin, initials, code; lower case, parted by line breaks.
    words = models.TextField()
    entry = models.JSONField(default=dict)
    illustrative = models.BooleanField(default=True)


class Revision(models.Model):
    """One edition of an item's rule, with all that it says in `content`; its key is `item@number`."""

    key = models.CharField(max_length=44, primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="revision_once")]

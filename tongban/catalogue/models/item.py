"""Items and their revisions. A published revision never changes; a case keeps the one it was filed under."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q


class Theme(models.Model):
    """What an item is about, for browsing."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.JSONField()
    subject = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField(default=0)


class Item(models.Model):
    """A matter that people can file: its name, code, type and theme; what it demands is in its revisions.

    `owner` is the function of the provincial department that keeps it. The days say from when it stands still, until
    when, and from when there is no such item any more; `replaced_by` then names the items to go to.
    """

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
    owner = models.CharField(max_length=40, blank=True)
    suspended_on = models.DateField(null=True)
    suspended_until = models.DateField(null=True, help_text="the first day on which it's open again")
    ended_on = models.DateField(null=True, help_text="the first day on which there is no such item")
    stopped_because = models.JSONField(default=dict)
    ended_because = models.JSONField(default=dict)
    replaced_by = models.ManyToManyField("self", symmetrical=False, related_name="replaces")

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(suspended_until__isnull=True) | Q(suspended_until__gte=F("suspended_on")),
                name="item_opens_after_it_stopped",
            )
        ]


class Revision(models.Model):
    """One edition of an item's rule, with all that it says in `content`; its key is `item@number`.

    A trigger of the database refuses every change but the first setting of `valid_until`. What came from a file has
    no author.
    """

    key = models.CharField(max_length=44, primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    reason = models.JSONField(default=dict)
    rests_on = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=80, blank=True)
    approver = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="revision_once")]

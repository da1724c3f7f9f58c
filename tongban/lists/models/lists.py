"""Lists, their batches and entries; what was published stands with its days and never changes."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from tongban.lib.ids import new_id
from tongban.lib.texts import Text
from tongban.lists.rules.words import OPEN


class List(models.Model):
    """A list of items (清单); every item on it has to stand on the list `within` which it lies, at all times."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.JSONField()
    says = models.JSONField(default=dict)
    reach = models.CharField(max_length=20)
    within = models.ForeignKey("self", models.PROTECT, null=True, related_name="inner")
    position = models.PositiveSmallIntegerField(default=0)

    @property
    def title(self) -> Text:
        """The name, shown in the language of the page."""
        return Text.of(self.name)


class Batch(models.Model):
    """Entries of a list that are due on one day."""

    code = models.CharField(max_length=40, primary_key=True)
    list = models.ForeignKey(List, models.PROTECT, related_name="batches")
    name = models.JSONField()
    deadline = models.DateField(null=True)
    announced = models.PositiveSmallIntegerField(null=True)
    basis = models.CharField(max_length=120, blank=True)
    evidence = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=500, blank=True)
    trust = models.CharField(max_length=1, blank=True)
    note = models.CharField(max_length=300, blank=True)

    @property
    def title(self) -> Text:
        """The name, shown in the language of the page."""
        return Text.of(self.name)


class Entry(models.Model):
    """An item's place on a list, proposed, standing or withdrawn; what it says is in its standings and changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    list = models.ForeignKey(List, models.PROTECT, related_name="entries")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["list", "item"], name="entry_once"),)


class Change(models.Model):
    """One change of an entry on its way: proposed, reviewed by somebody else, published or returned."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    says = models.JSONField(null=True)
    reason = models.TextField()
    opinion = models.TextField(blank=True)
    wanted_from = models.DateField(null=True)
    # Accounts, not posts: two members of staff are wanted.
    proposed_by = models.CharField(max_length=80)
    proposed_post = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=80, blank=True)
    reviewed_post = models.CharField(max_length=80, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    published_post = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            UniqueConstraint(fields=["entry"], condition=Q(state__in=OPEN), name="one_open_change_per_entry"),
            CheckConstraint(
                condition=Q(reviewed_by="") | ~Q(reviewed_by=F("proposed_by")), name="change_has_four_eyes"
            ),
        )
        indexes = (
            Index(fields=["-proposed_at", "-id"], condition=Q(state__in=OPEN), name="changes_under_way"),
        )


class Standing(models.Model):
    """What a list said of an item from one day until, exclusively, another: a published version of an entry."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="standings")
    list = models.ForeignKey(List, models.PROTECT, related_name="+")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="standings")
    deadline = models.DateField(null=True)
    says = models.JSONField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, help_text="the first day on which it no longer stands")
    change = models.ForeignKey(Change, models.PROTECT, null=True, related_name="standings")

    class Meta:
        constraints = (
            UniqueConstraint(fields=["entry", "number"], name="standing_once"),
            CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="standing_lasts_a_day",
            ),
        )
        indexes = (
            Index(fields=["list", "item", "valid_from"], name="standing_by_list"),
            Index(fields=["item", "valid_from"], name="standing_of_item"),
        )


class Guard(models.Model):
    """One row for each item that was ever listed: whoever changes its standings waits here for whoever does so too."""

    item = models.OneToOneField("catalogue.Item", models.PROTECT, primary_key=True, related_name="+")
    turns = models.BigIntegerField(default=0)


class LifeEvent(models.Model):
    """Something that happens in a life or a business, with the items that it brings; for finding them in the zones."""

    code = models.CharField(max_length=40, primary_key=True)
    subject = models.CharField(max_length=10)
    name = models.JSONField()
    line = models.JSONField()
    items = models.JSONField()
    source = models.CharField(max_length=500, blank=True)
    illustrative = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "life event"

    @property
    def title(self) -> Text:
        """The name, shown in the language of the page."""
        return Text.of(self.name)

    @property
    def says(self) -> Text:
        """One line on it."""
        return Text.of(self.line)

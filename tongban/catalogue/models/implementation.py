"""Local implementations of base items (实施清单), the lists that they came in with, and what was wrong with each row.

An implementation has no name, code of the base, basis or type of its own: it points at its item. What a list
reported instead is kept as reported.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from tongban.catalogue.models.item import Item
from tongban.catalogue.rules.mapping import REPORTED
from tongban.lib.ids import new_id

STATES = ("uploaded", "checking", "checked", "importing", "done", "failed")
_BASE_OWNS = [*REPORTED, "item"]


class Origin(models.Model):
    """Where lists come from (清单来源): the validator of its codes, and how its columns were mapped last.

    It belongs to the body that used it first; to none, if an operator did.
    """

    code = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=160)
    profile = models.CharField(max_length=20)
    columns = models.JSONField(default=dict)
    body = models.CharField(max_length=40, blank=True)
    updated_at = models.DateTimeField()


class ImportedList(models.Model):
    """One list on its way in (导入批次): from the upload to the final report."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    origin = models.ForeignKey(Origin, models.PROTECT, null=True, related_name="lists")
    file_name = models.CharField(max_length=160)
    file = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default="uploaded")
    sheet = models.CharField(max_length=200, blank=True)
    sheets = models.JSONField(default=list)
    head = models.PositiveIntegerField(default=1)
    encoding = models.CharField(
        max_length=10, blank=True, help_text="of a CSV file, where the guess was wrong"
    )
    separator = models.CharField(
        max_length=10, blank=True, help_text="of a CSV file, where the guess was wrong"
    )
    columns = models.JSONField(default=dict)
    profile = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField(null=True)
    partly = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    base = models.CharField(
        max_length=64, blank=True, help_text="the mark of the base it was checked against"
    )
    failure = models.JSONField(default=dict)
    by = models.CharField(max_length=60)
    body = models.CharField(max_length=40, blank=True, help_text="whose it is; none, if an operator's")
    at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "imported list"
        constraints: ClassVar = [
            CheckConstraint(condition=Q(state__in=STATES), name="imported_list_state_is_known")
        ]
        indexes: ClassVar = [
            Index(
                fields=["at"],
                condition=Q(state__in=["checking", "importing"]),
                name="imported_list_waiting",
            )
        ]


class Finding(models.Model):
    """One deviation in one row of a list, as it was found (偏差)."""

    id = models.BigAutoField(primary_key=True)
    list = models.ForeignKey(ImportedList, models.CASCADE, related_name="findings")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=3, blank=True)
    field = models.CharField(max_length=16, blank=True)
    code = models.CharField(max_length=20)
    severity = models.PositiveSmallIntegerField()
    found = models.TextField(blank=True)
    base = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [Index(fields=["list", "-severity", "row", "id"], name="finding_by_list")]


class Comparison(models.Model):
    """Against which base the implementations of an item were last held (对照): its mark, nothing if not all were."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="comparison")
    mark = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(null=True)


class Implementation(models.Model):
    """How one body handles a base item (实施清单): what the place decides, and what it reported of the rest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Both are found by the indexes below, which begin with them: an import keeps two indexes less.
    origin = models.ForeignKey(Origin, models.PROTECT, db_index=False, related_name="implementations")
    item = models.ForeignKey(Item, models.PROTECT, db_index=False, related_name="implementations")
    code = models.CharField(max_length=36)
    handling = models.CharField(max_length=50, blank=True)
    handling_name = models.CharField(max_length=500, blank=True)
    level = models.CharField(max_length=10, blank=True)
    body_code = models.CharField(max_length=18)
    body = models.CharField(max_length=160, blank=True)
    region = models.CharField(max_length=12, blank=True)
    unit = models.CharField(max_length=160, blank=True)
    facts = models.JSONField(default=dict)
    reported = models.JSONField(default=dict)
    deviations = models.JSONField(default=list)
    deviates = ArrayField(models.CharField(max_length=20), default=list)
    worst = models.PositiveSmallIntegerField(default=0)
    list = models.ForeignKey(ImportedList, models.PROTECT, related_name="implementations")
    row = models.PositiveIntegerField()
    valid_from = models.DateField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["origin", "code", "handling"], name="implementation_once"),
            # What belongs to the base can't be hidden among what a place says for itself.
            CheckConstraint(
                condition=~Q(facts__has_any_keys=_BASE_OWNS),
                name="implementation_decides_nothing_of_the_base",
            ),
            CheckConstraint(condition=Q(worst__lt=3), name="implementation_has_no_errors"),
        ]
        indexes: ClassVar = [
            Index(fields=["item", "body_code"], name="implementation_by_item"),
            Index(fields=["body_code", "id"], name="implementation_by_body"),
            Index(fields=["worst", "id"], name="implementation_by_worst"),
            Index(fields=["region"], name="implementation_by_region"),
        ]

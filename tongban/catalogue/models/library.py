"""What items share: materials described once, and the texts that stand beside a guide."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q

from tongban.catalogue.models.item import Item


class Standard(models.Model):
    """A material described once for all items that ask for it (标准材料), with its sample."""

    code = models.SlugField(max_length=60, primary_key=True)
    content = models.JSONField()
    sample_file = models.ForeignKey("files.File", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    saved_by = models.CharField(max_length=80)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = "library material"


class Instruction(models.Model):
    """An implementing rule or a service standard of an item (实施细则、服务标准), with its day and source."""

    code = models.SlugField(max_length=60, primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="instructions")
    kind = models.CharField(max_length=10)
    title = models.JSONField()
    text = models.JSONField()
    issued_on = models.DateField()
    valid_until = models.DateField(null=True)
    source = models.CharField(max_length=300)
    illustrative = models.BooleanField(default=True)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=["rules", "service"]), name="instruction_kind_known")
        ]
        verbose_name = "implementing rule"

"""What people want, counted by day and place; nothing in it belongs to a person."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from tongban.lib.personal import HashField
from tongban.lists.rules.demand import LONGEST, Kind


class Demand(models.Model):
    """How often something was searched, opened, wished for or refused on a day at a place."""

    day = models.DateField()
    # A city's code at the finest, empty where nobody said a place.
    region = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=12)
    item = models.CharField(max_length=36, blank=True)
    query = models.CharField(max_length=LONGEST, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["day", "region", "kind", "item", "query"], name="demand_once"),
            CheckConstraint(condition=Q(kind__in=[str(kind) for kind in Kind]), name="demand_kind_known"),
        ]


class Heard(models.Model):
    """That some words were searched, by keyed hash: on how many days, until there were enough to keep the words."""

    key = HashField(primary_key=True)
    days = models.PositiveSmallIntegerField(default=1)
    last_day = models.DateField()

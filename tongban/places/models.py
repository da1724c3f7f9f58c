"""Tables of places: loaded from data files, pointed at by code."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from tongban.lib.ids import new_id
from tongban.lib.texts import Text
from tongban.places.rules import DayKind, Kind, Level
from tongban.places.rules.responsible import Charge


def _one_of(field: str, words: type[StrEnum], name: str) -> CheckConstraint:
    """Return the constraint that the field holds one of the words."""
    return CheckConstraint(condition=Q(**{f"{field}__in": [str(word) for word in words]}), name=name)


class Named(models.Model):
    """Something with a name in both languages."""

    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> Text:
        """The name, shown in the language of the page."""
        return Text(self.name_zh, self.name_en)


class Region(Named):
    """A place of administration, or a development zone that stands beside one."""

    code = models.CharField(max_length=12, primary_key=True)
    pinyin = models.CharField(max_length=120, blank=True)
    initials = models.CharField(max_length=30, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    level = models.CharField(max_length=10)
    kind = models.CharField(max_length=6, default="gb")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True, help_text="the day from which it is no longer in force")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    verified = models.BooleanField(default=True)
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="region_ends_after_it_began",
            ),
            _one_of("level", Level, "region_level_is_known"),
            _one_of("kind", Kind, "region_kind_is_known"),
        )


class Body(Named):
    """An organ that receives or decides, or a section of one; any of them can hold a part of a case."""

    code = models.CharField(max_length=60, primary_key=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="bodies")
    function = models.CharField(max_length=40)
    level = models.CharField(max_length=10)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="sections")
    # The office's own line and desk, which the law wants published; never a person's.
    phone = models.CharField(max_length=40, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    illustrative = models.BooleanField(default=False)

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["function", "region"],
                condition=Q(parent__isnull=True),
                name="one_body_per_function_and_region",
            ),
            _one_of("level", Level, "body_level_is_known"),
        )


class Hall(Named):
    """A hall that people walk into; `body` runs it."""

    code = models.CharField(max_length=60, primary_key=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="halls")
    body = models.ForeignKey(Body, models.PROTECT, related_name="halls")
    address = models.CharField(max_length=200, blank=True)
    hours = models.CharField(max_length=120, blank=True, help_text="OpenStreetMap's opening_hours syntax")
    illustrative = models.BooleanField(default=False)


class Window(Named):
    """A counter of a hall; a special one serves what other places decide."""

    code = models.CharField(max_length=70, primary_key=True)
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="windows")
    number = models.CharField(max_length=10)
    special = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = (UniqueConstraint(fields=["hall", "number"], name="one_window_per_number"),)


class Post(models.Model):
    """Somebody's work for a body, from a day on: what they may do, and at which window."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="posts")
    body = models.ForeignKey(Body, models.PROTECT, related_name="posts")
    window = models.ForeignKey(Window, models.PROTECT, null=True, related_name="posts")
    title = models.CharField(max_length=60, blank=True)
    roles = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, help_text="the last day")

    class Meta:
        constraints = (
            CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="post_ends_after_it_began",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class CalendarLoad(models.Model):
    """One year of the calendar as it was loaded at one time; the highest id is the calendar's version.

    Rows are never changed: an older version can be asked for again, to show how a day was computed then.
    """

    id = models.BigAutoField(primary_key=True)
    year = models.PositiveSmallIntegerField()
    final = models.BooleanField(default=True, help_text="rests on the year's notice, not on a forecast")
    loaded_at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = (models.Index(fields=["year", "-id"], name="calendar_load_of_a_year"),)

    def __str__(self) -> str:
        return f"{self.year}:{self.id}"


class WorkDay(Named):
    """A day that isn't what its weekday would make it: off by law, or worked to make up."""

    id = models.BigAutoField(primary_key=True)
    load = models.ForeignKey(CalendarLoad, models.CASCADE, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=4)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            UniqueConstraint(fields=["load", "day"], name="one_word_per_day"),
            _one_of("kind", DayKind, "day_kind_is_known"),
        )


class PlaceLoad(models.Model):
    """One load that changed regions, bodies, halls or windows; the highest id is the directory's version."""

    id = models.BigAutoField(primary_key=True)
    loaded_at = models.DateTimeField()
    by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return str(self.id)


class Responsible(models.Model):
    """Who answers for a body in one capacity: staff acting in public office, under the office's own line."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="responsible")
    charge = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=120, blank=True)
    illustrative = models.BooleanField(default=False)
    confirmed_on = models.DateField(null=True)
    confirmed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "responsible person"
        constraints = (
            UniqueConstraint(fields=["body", "charge"], name="one_person_per_charge"),
            _one_of("charge", Charge, "charge_is_known"),
        )
        indexes = (models.Index(fields=["confirmed_on", "id"], name="responsible_by_confirmation"),)

"""Tables of what happens beside a case's lifecycle."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from tongban.cases.models.case import Case, Part, key
from tongban.lib.personal import PersonalField


class Delivery(models.Model):
    """A result on its way to the applicant: by post, at a window, or electronically."""

    id = key()
    part = models.OneToOneField(Part, models.PROTECT, related_name="delivery")
    way = models.CharField(max_length=10)
    carrier = models.CharField(max_length=40, blank=True)
    waybill = models.CharField(max_length=40, blank=True)
    window = models.ForeignKey("places.Window", models.PROTECT, null=True, related_name="+")
    result_number = models.CharField(max_length=80, blank=True)
    result = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    proof = PersonalField(null=True)


class Copying(models.Model):
    """A case typed once more into a department's own system, under that system's number."""

    id = key()
    part = models.ForeignKey(Part, models.PROTECT, related_name="copyings")
    system = models.CharField(max_length=120)
    number = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    practice = models.BooleanField(default=False)

    class Meta:
        constraints = [UniqueConstraint(fields=["part", "system"], name="copied_once")]


class Obstacle(models.Model):
    """Something that could not be done (办不成事): why, who owns it, and by when an answer is due."""

    id = key()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="obstacles")
    item = models.CharField(max_length=36, blank=True)
    cause = models.CharField(max_length=20)
    words = PersonalField()
    body = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    owner = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    due_on = models.DateField()
    provisional = models.BooleanField(default=False)
    practice = models.BooleanField(default=False)
    answer = PersonalField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)
    slip = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["owner", "due_on", "id"], name="obstacle_open", condition=Q(answered_at__isnull=True)
            ),
            models.Index(
                fields=["body", "due_on", "id"], name="obstacle_told", condition=Q(answered_at__isnull=True)
            ),
        ]


class Urging(models.Model):
    """What a supervisor urged a body to do (督办), about a case or about something that could not be done.

    The body has to answer by a day.
    """

    id = key()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="urgings")
    part = models.ForeignKey(Part, models.PROTECT, null=True, related_name="urgings")
    obstacle = models.ForeignKey(Obstacle, models.PROTECT, null=True, related_name="urgings")
    body = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    words = PersonalField()
    by = models.CharField(max_length=80)
    by_body = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_on = models.DateField()
    answer = PersonalField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        _open = Q(answered_at__isnull=True)
        constraints = [
            CheckConstraint(
                condition=Q(part__isnull=False) | Q(obstacle__isnull=False), name="urging_about_something"
            ),
            UniqueConstraint(fields=["part", "body"], name="part_urged_once", condition=_open),
            UniqueConstraint(fields=["obstacle"], name="obstacle_urged_once", condition=_open),
        ]
        indexes = [models.Index(fields=["body", "due_on", "id"], name="urging_open", condition=_open)]


class Attempt(models.Model):
    """How often a case or an address was asked for with a wrong code of late; keyed by hash, forgotten after a day."""

    key = models.BinaryField(primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField()

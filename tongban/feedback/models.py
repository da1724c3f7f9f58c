"""What people say of the service that they got."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from tongban.feedback.rules import Level
from tongban.lib.ids import new_id
from tongban.lib.personal import PersonalField


class Rating(models.Model):
    """How an applicant found the handling of one case: said once, by themselves; no row means nothing was said."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    body = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    level = models.CharField(max_length=20)
    # In free words people name themselves and others.
    words = PersonalField(null=True)
    at = models.DateTimeField()
    practice = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("rating")
        constraints = [CheckConstraint(condition=Q(level__in=Level.values), name="rating_level_known")]

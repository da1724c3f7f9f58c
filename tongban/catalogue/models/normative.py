"""Documents that stand in the way of handling anywhere, and what is to be done about each."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from tongban.catalogue.rules import normative as rules
from tongban.lib.texts import Text


class NormativeDocument(models.Model):
    """A document whose words conflict with handling anywhere: what is to be done, by whom, by when, and how far."""

    code = models.CharField(max_length=40, primary_key=True)
    title = models.JSONField()
    unit = models.JSONField()
    level = models.CharField(max_length=10)
    conflict = models.JSONField()
    action = models.CharField(max_length=10)
    items = models.JSONField(default=list)
    due = models.DateField()
    state = models.CharField(max_length=10)
    settled_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)
    trust = models.CharField(max_length=1, blank=True)
    note = models.CharField(max_length=300, blank=True)
    illustrative = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            CheckConstraint(
                condition=Q(action__in=[str(each) for each in rules.Action]), name="normative_action_is_known"
            ),
            CheckConstraint(
                condition=Q(state=rules.State.DONE, settled_on__isnull=False)
                | (~Q(state=rules.State.DONE) & Q(settled_on__isnull=True)),
                name="normative_done_has_a_day",
            ),
        )
        indexes = (Index(fields=["due", "code"], name="normative_by_due"),)

    @property
    def name(self) -> Text:
        """The document's title, shown in the language of the page."""
        return Text.of(self.title)

    @property
    def who(self) -> Text:
        """The unit that has to act."""
        return Text.of(self.unit)

    @property
    def why(self) -> Text:
        """What stands in the way."""
        return Text.of(self.conflict)

"""What opens an item away from its place of power: scopes for all items, agreements, and proof that it works."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from tongban.lib.ids import new_id
from tongban.lib.texts import Text
from tongban.lists.rules.words import Pact, Scope


class Policy(models.Model):
    """A scope that holds for every item decided at a level, listed or not, with its basis."""

    code = models.CharField(max_length=40, primary_key=True)
    scope = models.CharField(max_length=20)
    level = models.CharField(max_length=10, blank=True)
    procedure = models.CharField(max_length=40, blank=True)
    name = models.JSONField()
    basis = models.CharField(max_length=300)
    source = models.CharField(max_length=500, blank=True)
    trust = models.CharField(max_length=1, blank=True)
    illustrative = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)


class Agreement(models.Model):
    """An agreement between our places and places of another province; what it says is in its terms."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    scope = models.CharField(max_length=20)
    illustrative = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, help_text="the first day on which it no longer holds")
    end_reason = models.CharField(max_length=500, blank=True)
    ended_by = models.CharField(max_length=80, blank=True)
    wanted_end = models.DateField(null=True, help_text="as proposed: it holds once a second person signs")
    wanted_reason = models.CharField(max_length=500, blank=True)
    wanted_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            CheckConstraint(
                condition=Q(scope__in=[Scope.AGREEMENT, Scope.COOPERATION]), name="agreement_scope_is_known"
            ),
            CheckConstraint(
                condition=Q(ended_by="") | ~Q(ended_by=F("wanted_by")), name="agreement_ends_by_two_people"
            ),
        )


class Terms(models.Model):
    """One revision of what an agreement says; the newest that was signed and has begun holds, unless it's over.

    A trigger of the database refuses every change of signed ones, and of their parties and items.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=Pact.DRAFT)
    name = models.JSONField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, help_text="the last day")
    notice_clock = models.CharField(max_length=20)
    limit_clock = models.CharField(max_length=20)
    postal = models.JSONField(default=dict)
    fees = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    written_by = models.CharField(max_length=80)
    written_at = models.DateTimeField()
    # Accounts of all who ever wrote at it: none of them is the second person.
    hands = models.JSONField(default=list)
    signed_on = models.DateField(null=True)
    signed_by = models.CharField(max_length=80, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "terms"
        constraints = (
            UniqueConstraint(fields=["agreement", "number"], name="terms_once"),
            UniqueConstraint(fields=["agreement"], condition=Q(state=Pact.DRAFT), name="one_draft_of_terms"),
            CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="terms_end_after_they_began",
            ),
            CheckConstraint(
                condition=Q(state=Pact.DRAFT) | Q(signed_on__isnull=False), name="signed_terms_have_a_day"
            ),
        )

    @property
    def title(self) -> Text:
        """The name, shown in the language of the page."""
        return Text.of(self.name)


class Party(models.Model):
    """A place that an agreement binds: one of ours, or one of another province under its code and name."""

    terms = models.ForeignKey(Terms, models.CASCADE, related_name="parties")
    code = models.CharField(max_length=12)
    name = models.JSONField()
    region = models.ForeignKey("places.Region", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["terms", "code"], name="party_once"),)


class Covered(models.Model):
    """An item that an agreement covers, and in which direction."""

    terms = models.ForeignKey(Terms, models.CASCADE, related_name="covered")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    direction = models.CharField(max_length=4)

    class Meta:
        verbose_name = "covered item"
        constraints = (UniqueConstraint(fields=["terms", "item"], name="covered_once"),)


class Rehearsal(models.Model):
    """A test case walked between two bodies: recorded by the one that received, confirmed by the one that decides."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    decider = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    walked_on = models.DateField()
    words = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=80, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = (
            CheckConstraint(condition=~Q(receiver=F("decider")), name="rehearsal_is_between_two"),
            CheckConstraint(
                condition=Q(confirmed_by="") | ~Q(confirmed_by=F("recorded_by")),
                name="rehearsal_has_four_eyes",
            ),
        )
        indexes = (
            Index(fields=["decider"], condition=Q(confirmed_at__isnull=True), name="rehearsals_to_confirm"),
        )


class Proof(models.Model):
    """That an item has passed between two bodies: received by one, decided by the other, closed."""

    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    decider = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    receiver_region = models.CharField(max_length=12)
    decider_region = models.CharField(max_length=12)
    kind = models.CharField(max_length=10)
    day = models.DateField()
    case = models.UUIDField(null=True)
    rehearsal = models.ForeignKey(Rehearsal, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["item", "receiver", "decider"], name="proof_once"),)
        indexes = (Index(fields=["item", "receiver_region"], name="proof_by_place"),)

"""Tables of a case. What changes often (Part) is narrow; what is wide (Case) is written once."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from tongban.cases.rules.custody import Offer
from tongban.cases.rules.enclosures import How, Trust
from tongban.cases.rules.lifecycle import FINAL, State
from tongban.lib.ids import new_id
from tongban.lib.personal import HashField, PersonalField

NEVER = date.max
"""Stands for "no due day" where parts are ranked, so that one index serves the desk's order."""


def key() -> models.UUIDField:  # type: ignore[type-arg]
    """Return the key that everything of a case has."""
    return models.UUIDField(primary_key=True, default=new_id, editable=False)


class Draft(models.Model):
    """What a window has taken down so far: saved at every step, turned into a case by `receive`."""

    id = key()
    post = models.ForeignKey("places.Post", models.PROTECT, related_name="+")
    revision = models.ForeignKey("catalogue.Revision", models.PROTECT, related_name="+")
    practice = models.BooleanField(default=False)
    data = PersonalField(null=True)
    version = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["post", "-saved_at"], name="draft_open", condition=Q(received_at__isnull=True)
            )
        ]


class Case(models.Model):
    """An application as it was received, with the revision it is handled under to its end."""

    id = key()
    reference = models.CharField(max_length=50, unique=True)
    revision = models.ForeignKey("catalogue.Revision", models.PROTECT, related_name="+")
    body = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    window = models.ForeignKey("places.Window", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("places.Post", models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    practice = models.BooleanField(default=False)
    # The deciding place's prefecture: by it the tables can one day be spread over servers.
    prefecture = models.CharField(max_length=6)
    applicant = PersonalField()
    agent = PersonalField(null=True)
    form = PersonalField(null=True)
    answers = models.JSONField(default=dict)
    subject = models.CharField(max_length=10)
    found_by = HashField()
    code = HashField()
    proof = HashField()
    delivery = PersonalField(null=True)

    class Meta:
        indexes = [models.Index(fields=["found_by"], name="case_of_applicant")]


class Part(models.Model):
    """What one body decides of a case: its state, who holds it, and the days that its clocks count from."""

    id = key()
    case = models.ForeignKey(Case, models.PROTECT, related_name="parts")
    decider = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    holder = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    offered_to = models.ForeignKey("places.Body", models.PROTECT, null=True, related_name="+")
    # The open offer, if there is one: so that an answer needs no look-up.
    offer = models.OneToOneField("Transfer", models.PROTECT, null=True, related_name="+")
    prefecture = models.CharField(max_length=6)
    practice = models.BooleanField(default=False)
    state = models.CharField(max_length=16)
    since = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    last_step = models.CharField(max_length=20)
    last_by = models.CharField(max_length=80)
    # The account, not the post: a second person is somebody else, whatever posts they have.
    handler = models.CharField(max_length=80, blank=True)

    received_on = models.DateField()
    taken_over_on = models.DateField(null=True)
    asked_on = models.DateField(null=True)
    completed_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    pauses = models.JSONField(default=list)
    notices = models.PositiveSmallIntegerField(default=0)
    deemed = models.BooleanField(default=False)
    extension = models.PositiveSmallIntegerField(default=0)
    extension_asked_by = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=16, blank=True)

    due_kind = models.CharField(max_length=12, blank=True)
    due_on = models.DateField(null=True)
    law_due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    # The law's day may still move where the promised one, which comes first, is settled.
    law_provisional = models.BooleanField(default=False)
    rank_on = models.DateField(default=NEVER)
    warned = models.CharField(max_length=24, blank=True)
    calendar = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(state__in=[str(state) for state in State]), name="part_state_known"),
            CheckConstraint(
                condition=Q(offered_to__isnull=True) | ~Q(offered_to=F("holder")),
                name="part_not_offered_to_its_holder",
            ),
            CheckConstraint(
                condition=Q(offered_to__isnull=True, offer__isnull=True)
                | Q(offered_to__isnull=False, offer__isnull=False),
                name="part_offered_by_an_offer",
            ),
            CheckConstraint(
                condition=~Q(state__in=["accepted", "paused", "reviewed"]) | Q(accepted_on__isnull=False),
                name="part_accepted_on_a_day",
            ),
            CheckConstraint(
                condition=~Q(state__in=["granted", "rejected", "made"]) | Q(decided_on__isnull=False),
                name="part_decided_on_a_day",
            ),
            CheckConstraint(
                condition=Q(rank_on=F("due_on")) | Q(due_on__isnull=True, rank_on=NEVER),
                name="part_ranked_by_its_due_day",
            ),
        ]
        _live = Q(practice=False) & ~Q(state__in=sorted(str(state) for state in FINAL))
        indexes = [
            models.Index(fields=["holder", "rank_on", "id"], name="part_desk", condition=_live),
            # What waits and what awaits review is counted by state: by due day, they'd be found last.
            models.Index(fields=["holder", "state"], name="part_held_in_state", condition=_live),
            models.Index(
                fields=["offered_to", "rank_on", "id"],
                name="part_incoming",
                condition=Q(practice=False, offered_to__isnull=False),
            ),
            models.Index(fields=["rank_on", "id"], name="part_due", condition=_live),
            models.Index(
                fields=["decider", "-accepted_on", "-id"],
                name="part_deemed",
                condition=Q(practice=False, deemed=True),
            ),
        ]


class Transfer(models.Model):
    """One offer of custody and its answer: who, when and why."""

    id = key()
    part = models.ForeignKey(Part, models.PROTECT, related_name="transfers")
    giver = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    taker = models.ForeignKey("places.Body", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=str(Offer.OPEN))
    offered_at = models.DateTimeField()
    offered_by = models.CharField(max_length=80)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    reason = PersonalField(null=True)
    remind_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    escalated_on = models.DateField(null=True)
    slip = models.UUIDField(null=True)

    class Meta:
        _late = Q(state="open", reminded_on__isnull=False)
        constraints = [
            UniqueConstraint(fields=["part"], condition=Q(state="open"), name="one_open_offer"),
            CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | ~Q(state="open") & Q(answered_at__isnull=False),
                name="offer_answered_once",
            ),
        ]
        indexes = [
            models.Index(fields=["part"], name="transfer_of_part"),
            models.Index(fields=["remind_on"], name="offer_unanswered", condition=Q(state="open")),
            models.Index(fields=["giver", "offered_at", "id"], name="offer_late_giver", condition=_late),
            models.Index(fields=["taker", "offered_at", "id"], name="offer_late_taker", condition=_late),
        ]


class Enclosure(models.Model):
    """What was done about one material, by whom, when, and against which revision of the rule (X1)."""

    id = key()
    case = models.ForeignKey(Case, models.PROTECT, related_name="enclosures")
    material = models.CharField(max_length=60)
    how = models.CharField(max_length=10)
    trust = models.CharField(max_length=1, blank=True)
    post = models.CharField(max_length=80)
    at = models.DateTimeField()
    revision = models.CharField(max_length=44)
    reason = PersonalField(null=True)
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(how__in=[str(how) for how in How]), name="enclosure_how_known"),
            CheckConstraint(
                condition=Q(trust__in=[str(trust) for trust in Trust]), name="enclosure_trust_known"
            ),
            UniqueConstraint(fields=["case", "material", "round"], name="enclosure_once_a_round"),
        ]


class Page(models.Model):
    """One file of an enclosure, in its order."""

    id = key()
    enclosure = models.ForeignKey(Enclosure, models.PROTECT, related_name="pages")
    position = models.PositiveSmallIntegerField()
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")

    class Meta:
        constraints = [UniqueConstraint(fields=["enclosure", "position"], name="page_once")]


class Act(models.Model):
    """One step taken, with the words that belong to it; has the id of its trail entry, which holds no words."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="acts")
    part = models.ForeignKey(Part, models.PROTECT, null=True, related_name="acts")
    verb = models.CharField(max_length=20)
    by = models.CharField(max_length=80)
    body = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=16)
    # The part's version after the step: the order of what happened, whatever clocks said.
    version = models.PositiveIntegerField()
    words = PersonalField(null=True)
    paper = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "version"], name="act_of_case")]

"""What is on its way to be published: proposals of new revisions, and of an item's standing."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q

from tongban.catalogue.models.item import Item, Revision
from tongban.catalogue.rules.proposing import KINDS, State
from tongban.lib.ids import new_id

_STATES = [str(state) for state in State]


class Proposed(models.Model):
    """What one person proposes and another decides: who, why, and on which document."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=10, default=str(State.DRAFT))
    valid_from = models.DateField(null=True)
    reason = models.JSONField(default=dict)
    rests_on = models.CharField(max_length=200, blank=True)
    # Accounts, not posts: a second person is somebody else, whatever posts they have.
    hands = models.JSONField(default=list)
    author = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        abstract = True


class Proposal(Proposed):
    """A revision that is being written: saved section by section, reviewed, and then published as a revision."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="proposals")
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    content = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    saved_by = models.CharField(max_length=80)
    saved_at = models.DateTimeField()
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, null=True, related_name="proposal")

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(state__in=_STATES), name="proposal_state_known"),
            CheckConstraint(
                condition=Q(state="published", revision__isnull=False)
                | ~Q(state="published") & Q(revision__isnull=True),
                name="proposal_published_as_a_revision",
            ),
        ]
        indexes = [models.Index(fields=["item", "-saved_at"], name="proposal_of_item")]


class Change(Proposed):
    """A change of an item's standing: suspended, resumed, ended, split into others, or merged into another.

    Changes that were proposed at once, as the items of one merger are, share `together`. A recall takes back a
    revision or another change that was decided and hasn't begun; `before` is what the item's days were until then.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10)
    until = models.DateField(null=True)
    successors = models.JSONField(default=list)
    together = models.UUIDField(null=True, db_index=True)
    before = models.JSONField(default=dict)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="recalls")
    recalls = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="recalled_by")

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(state__in=_STATES), name="change_state_known"),
            CheckConstraint(condition=Q(kind__in=sorted(KINDS)), name="change_kind_known"),
            CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("valid_from")), name="change_ends_later"
            ),
            CheckConstraint(
                condition=Q(kind="recall", revision__isnull=False, recalls__isnull=True)
                | Q(kind="recall", revision__isnull=True, recalls__isnull=False)
                | ~Q(kind="recall") & Q(revision__isnull=True, recalls__isnull=True),
                name="change_recalls_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["item", "-started_at"], name="change_of_item")]

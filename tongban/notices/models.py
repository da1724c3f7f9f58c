"""Who asked to be told, and the mails on their way."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from tongban.lib.ids import new_id
from tongban.lib.personal import HashField, PersonalField
from tongban.notices.rules import LIVE, Kind, State

_LIVE = [str(state) for state in LIVE]


class Watcher(models.Model):
    """Somebody who asked to be told when an item opens at a place or in a direction; told once, then forgotten.

    Told it is also of the item's end: then it never opens.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    # Codes of regions: where it would be handed in, and where it's decided. Empty is anywhere.
    here = models.CharField(max_length=12, blank=True)
    power = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=10)
    # Whole addresses as the door gave them: below `watch` lies the page of the link, `item` is the item's own.
    pages = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default=State.UNCONFIRMED.value)
    # The address; beside it the code of the link, until the mail that carries it is sent.
    contact = PersonalField(null=True)
    finder = HashField(null=True, db_index=True)
    code = HashField(unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            CheckConstraint(
                condition=Q(state__in=[str(state) for state in State]), name="watcher_state_known"
            ),
            CheckConstraint(
                condition=Q(state__in=_LIVE, contact__isnull=False, finder__isnull=False)
                | Q(~Q(state__in=_LIVE), contact__isnull=True, finder__isnull=True, ended_at__isnull=False),
                name="an_address_lasts_as_long_as_it_is_needed",
            ),
            UniqueConstraint(
                fields=["finder", "item", "here", "power"],
                condition=Q(state=State.CONFIRMED.value),
                name="told_once",
            ),
        )
        indexes = (Index(fields=["item"], condition=Q(state=State.CONFIRMED.value), name="watchers_waiting"),)


class Notice(models.Model):
    """A mail to a watcher, from the moment it is owed; its id is the mail's, however often it had to be sent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    watcher = models.ForeignKey(Watcher, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10)
    # Codes that the text is made of when it is sent: nothing of a person.
    says = models.JSONField(default=dict)
    owed_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            UniqueConstraint(fields=["watcher", "kind"], name="notice_once"),
            CheckConstraint(condition=Q(kind__in=[str(kind) for kind in Kind]), name="notice_kind_known"),
        )
        indexes = (Index(fields=["next_try_at"], condition=Q(sent_at__isnull=True), name="notices_to_send"),)

"""Templates, counters and documents."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tongban.lib.ids import new_id
from tongban.lib.personal import PersonalField


class Template(models.Model):
    """One version of a kind's template, known by the hash of its text; a trigger keeps the text as it is."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    source = models.TextField()
    valid_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="template_version_once")]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"


class Counter(models.Model):
    """The last number given in a body's series of one kind and year; practice has a series of its own."""

    body = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    practice = models.BooleanField(default=False)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "year", "practice"], name="counter_once")
        ]


class Paper(models.Model):
    """A document as it was issued: what it says is frozen, and it's laid out by the template of its day.

    Its content is encrypted, so that the hash beside it can stay when the words are erased. A trigger lets
    only the content's ciphertext (a new key) and the seal change.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("kind"), max_length=20)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=80, unique=True)
    body = models.CharField(max_length=60)
    subject = models.UUIDField()
    part = models.UUIDField(null=True, blank=True)
    issued_on = models.DateField(_("issued on"))
    issued_by = models.CharField(max_length=80)
    content = PersonalField()
    content_sha256 = models.CharField(max_length=64)
    practice = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("document")
        indexes = [models.Index(fields=["subject", "id"], name="paper_of_subject")]

    def __str__(self) -> str:
        return self.number

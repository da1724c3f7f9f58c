"""An agreement's end is proposed by one person and signed by another."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import CheckConstraint, F, Q


class Migration(migrations.Migration):
    dependencies = [("lists", "0004_signed_terms_stay")]

    operations = [
        migrations.AddField(
            "agreement",
            "ended_by",
            models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            "agreement",
            "wanted_end",
            models.DateField(help_text="as proposed: it holds once a second person signs", null=True),
        ),
        migrations.AddField(
            "agreement",
            "wanted_reason",
            models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddField(
            "agreement",
            "wanted_by",
            models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "agreement",
            CheckConstraint(
                condition=Q(ended_by="") | ~Q(ended_by=F("wanted_by")), name="agreement_ends_by_two_people"
            ),
        ),
    ]

"""Who waits for an item that ends is told so, by a mail of its own kind."""

from __future__ import annotations

from django.db import migrations, models

KNOWN = models.Q(kind__in=["confirm", "open", "gone"])


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_who_asked_to_be_told")]

    operations = [
        migrations.RemoveConstraint(model_name="notice", name="notice_kind_known"),
        migrations.AddConstraint(
            model_name="notice", constraint=models.CheckConstraint(condition=KNOWN, name="notice_kind_known")
        ),
    ]

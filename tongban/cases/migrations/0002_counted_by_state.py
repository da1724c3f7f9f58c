"""An index of live parts by who holds them and where they stand; built beside the work, without a lock."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("cases", "0001_initial"),
        ("places", "0001_initial"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="part",
            index=models.Index(
                fields=["holder", "state"],
                name="part_held_in_state",
                condition=models.Q(practice=False) & ~models.Q(state__in=["closed", "lapsed", "withdrawn"]),
            ),
        ),
    ]

"""Why an item ended stands beside why it was suspended: one approved for later no longer overwrites the other."""

from __future__ import annotations

from django.db import migrations, models

# What was written last is what is kept: for an item with a last day that was, until now, why it ends.
MOVE = """
UPDATE catalogue_item SET ended_because = stopped_because WHERE ended_on IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0007_comparisons")]

    operations = [
        migrations.AddField(model_name="item", name="ended_because", field=models.JSONField(default=dict)),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
    ]

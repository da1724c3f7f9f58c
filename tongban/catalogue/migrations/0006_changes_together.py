"""Changes of standing that were proposed at once know that they were."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_normative")]

    operations = [
        migrations.AddField(
            model_name="change", name="together", field=models.UUIDField(db_index=True, null=True)
        )
    ]

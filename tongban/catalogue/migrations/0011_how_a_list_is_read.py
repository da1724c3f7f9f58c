"""How a CSV list is read where the guess of its encoding or separator was wrong."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0010_recalls")]

    operations = [
        migrations.AddField(
            "importedlist",
            name,
            models.CharField(
                blank=True, default="", help_text="of a CSV file, where the guess was wrong", max_length=10
            ),
            preserve_default=False,
        )
        for name in ("encoding", "separator")
    ]

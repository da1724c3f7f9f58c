from django.db import migrations, models

UNSETTLED = """
UPDATE cases_part SET law_provisional = TRUE WHERE law_due_on IS NOT NULL AND closed_on IS NULL;
"""


class Migration(migrations.Migration):
    """Whether the law's day may still move; what is open is taken as unsettled until it was counted once more."""

    dependencies = [("cases", "0003_supervision")]
    operations = [
        migrations.AddField(
            model_name="part",
            name="law_provisional",
            field=models.BooleanField(default=False),
        ),
        migrations.RunSQL(UNSETTLED, migrations.RunSQL.noop),
    ]

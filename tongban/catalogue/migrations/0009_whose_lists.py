"""Whose a list and a source of lists are: the body's that uploaded it, and the body's that used it first."""

from __future__ import annotations

from django.db import migrations, models

# What operators brought in stays nobody's, and is touched by them and the province alone.
UPLOADED = """
UPDATE catalogue_importedlist l SET body = p.body_id FROM places_post p WHERE l.by = 'post:' || p.id
"""
FIRST_USED = """
UPDATE catalogue_origin o SET body = f.body FROM (
    SELECT DISTINCT ON (origin_id) origin_id, body FROM catalogue_importedlist
    WHERE state IN ('importing', 'done') ORDER BY origin_id, at
) f WHERE f.origin_id = o.code
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0008_why_it_ended"), ("places", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="importedlist",
            name="body",
            field=models.CharField(
                blank=True, default="", help_text="whose it is; none, if an operator's", max_length=40
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="origin",
            name="body",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.RunSQL(UPLOADED, migrations.RunSQL.noop),
        migrations.RunSQL(FIRST_USED, migrations.RunSQL.noop),
    ]

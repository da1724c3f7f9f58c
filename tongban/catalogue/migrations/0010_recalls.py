"""What was decided and hasn't begun can be recalled: then the revision before it has no last day again.

A published revision still never changes; one that was recalled stays, with no day on which it holds.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import CheckConstraint, Q

_HEAD = """
CREATE OR REPLACE FUNCTION catalogue_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.valid_until IS NULL AND NEW.valid_until IS NOT NULL
       AND to_jsonb(NEW) - 'valid_until' = to_jsonb(OLD) - 'valid_until' THEN
        RETURN NEW;
    END IF;
"""
_REOPENS = """
    IF TG_OP = 'UPDATE' AND NEW.valid_until IS NULL
       AND to_jsonb(NEW) - 'valid_until' = to_jsonb(OLD) - 'valid_until'
       AND EXISTS (SELECT FROM catalogue_revision r JOIN catalogue_change c ON c.revision_id = r.key
                   WHERE r.item_id = OLD.item_id AND r.number > OLD.number AND r.valid_from = OLD.valid_until
                     AND r.valid_until = r.valid_from AND c.kind = 'recall' AND c.state = 'published') THEN
        RETURN NEW;
    END IF;
"""
_FOOT = """
    RAISE EXCEPTION 'a published revision is never changed' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
"""
_KNOWN = ["end", "merge", "resume", "split", "suspend"]


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0009_whose_lists")]

    operations = [
        migrations.AddField("change", "before", models.JSONField(default=dict)),
        migrations.AddField(
            "change",
            "revision",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recalls",
                to="catalogue.revision",
            ),
        ),
        migrations.AddField(
            "change",
            "recalls",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recalled_by",
                to="catalogue.change",
            ),
        ),
        migrations.RemoveConstraint("change", "change_kind_known"),
        migrations.AddConstraint(
            "change",
            CheckConstraint(
                condition=Q(kind__in=["end", "merge", "recall", "resume", "split", "suspend"]),
                name="change_kind_known",
            ),
        ),
        migrations.AddConstraint(
            "change",
            CheckConstraint(
                condition=Q(kind="recall", revision__isnull=False, recalls__isnull=True)
                | Q(kind="recall", revision__isnull=True, recalls__isnull=False)
                | ~Q(kind="recall") & Q(revision__isnull=True, recalls__isnull=True),
                name="change_recalls_one_thing",
            ),
        ),
        migrations.RunSQL(_HEAD + _REOPENS + _FOOT, _HEAD + _FOOT),
    ]

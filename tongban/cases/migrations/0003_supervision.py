import django.db.models.deletion
from django.db import migrations, models

import tongban.lib.ids
import tongban.lib.personal


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_counted_by_state"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Urging",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongban.lib.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", tongban.lib.personal.PersonalField()),
                ("by", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("answer", tongban.lib.personal.PersonalField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=80)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="obstacle",
            name="obstacle_open",
        ),
        migrations.AddField(
            model_name="obstacle",
            name="slip",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="transfer",
            name="slip",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="obstacle",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True)),
                fields=["owner", "due_on", "id"],
                name="obstacle_open",
            ),
        ),
        migrations.AddIndex(
            model_name="obstacle",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True)),
                fields=["body", "due_on", "id"],
                name="obstacle_told",
            ),
        ),
        migrations.AddIndex(
            model_name="part",
            index=models.Index(
                condition=models.Q(("deemed", True), ("practice", False)),
                fields=["decider", "-accepted_on", "-id"],
                name="part_deemed",
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                condition=models.Q(("reminded_on__isnull", False), ("state", "open")),
                fields=["giver", "offered_at", "id"],
                name="offer_late_giver",
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                condition=models.Q(("reminded_on__isnull", False), ("state", "open")),
                fields=["taker", "offered_at", "id"],
                name="offer_late_taker",
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.body"
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="by_body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.body"
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="urgings",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="obstacle",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="urgings",
                to="cases.obstacle",
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="part",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="urgings",
                to="cases.part",
            ),
        ),
        migrations.AddIndex(
            model_name="urging",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True)),
                fields=["body", "due_on", "id"],
                name="urging_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__isnull", False), ("obstacle__isnull", False), _connector="OR"),
                name="urging_about_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True)),
                fields=("part", "body"),
                name="part_urged_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="urging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True)),
                fields=("obstacle",),
                name="obstacle_urged_once",
            ),
        ),
    ]

# The demand counted by day and place; undone, the counts are gone and nothing else.

from django.db import migrations, models

import tongban.lib.personal


class Migration(migrations.Migration):
    dependencies = [("lists", "0002_what_stands_is_kept")]

    operations = [
        migrations.CreateModel(
            name="Heard",
            fields=[
                ("key", tongban.lib.personal.HashField(primary_key=True, serialize=False)),
                ("days", models.PositiveSmallIntegerField(default=1)),
                ("last_day", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("region", models.CharField(blank=True, max_length=20)),
                ("kind", models.CharField(max_length=12)),
                ("item", models.CharField(blank=True, max_length=36)),
                ("query", models.CharField(blank=True, max_length=24)),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "region", "kind", "item", "query"), name="demand_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["searched", "nothing", "opened", "wished", "turned-away"])
                        ),
                        name="demand_kind_known",
                    ),
                ],
            },
        ),
    ]

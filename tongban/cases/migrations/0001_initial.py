import datetime

import django.db.models.deletion
from django.db import migrations, models

import tongban.lib.ids
import tongban.lib.personal


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0001_initial"),
        ("files", "0001_initial"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("key", models.BinaryField(primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField(default=0)),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongban.lib.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(max_length=50, unique=True)),
                ("received_at", models.DateTimeField()),
                ("practice", models.BooleanField(default=False)),
                ("prefecture", models.CharField(max_length=6)),
                ("applicant", tongban.lib.personal.PersonalField()),
                ("agent", tongban.lib.personal.PersonalField(null=True)),
                ("form", tongban.lib.personal.PersonalField(null=True)),
                ("answers", models.JSONField(default=dict)),
                ("subject", models.CharField(max_length=10)),
                ("found_by", tongban.lib.personal.HashField()),
                ("code", tongban.lib.personal.HashField()),
                ("proof", tongban.lib.personal.HashField()),
                ("delivery", tongban.lib.personal.PersonalField(null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.body"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.post"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.revision"
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.window",
                    ),
                ),
            ],
            options={},
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongban.lib.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("practice", models.BooleanField(default=False)),
                ("data", tongban.lib.personal.PersonalField(null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(null=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.post"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.revision"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongban.lib.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("material", models.CharField(max_length=60)),
                ("how", models.CharField(max_length=10)),
                ("trust", models.CharField(blank=True, max_length=1)),
                ("post", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("revision", models.CharField(max_length=44)),
                ("reason", tongban.lib.personal.PersonalField(null=True)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enclosures",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Obstacle",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongban.lib.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("item", models.CharField(blank=True, max_length=36)),
                ("cause", models.CharField(max_length=20)),
                ("words", tongban.lib.personal.PersonalField()),
                ("by", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("provisional", models.BooleanField(default=False)),
                ("practice", models.BooleanField(default=False)),
                ("answer", tongban.lib.personal.PersonalField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=80)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.body"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obstacles",
                        to="cases.case",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.body"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Page",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongban.lib.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "enclosure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pages",
                        to="cases.enclosure",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.file"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongban.lib.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("prefecture", models.CharField(max_length=6)),
                ("practice", models.BooleanField(default=False)),
                ("state", models.CharField(max_length=16)),
                ("since", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("last_step", models.CharField(max_length=20)),
                ("last_by", models.CharField(max_length=80)),
                ("handler", models.CharField(blank=True, max_length=80)),
                ("received_on", models.DateField()),
                ("taken_over_on", models.DateField(null=True)),
                ("asked_on", models.DateField(null=True)),
                ("completed_on", models.DateField(null=True)),
                ("accepted_on", models.DateField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("pauses", models.JSONField(default=list)),
                ("notices", models.PositiveSmallIntegerField(default=0)),
                ("deemed", models.BooleanField(default=False)),
                ("extension", models.PositiveSmallIntegerField(default=0)),
                ("extension_asked_by", models.CharField(blank=True, max_length=80)),
                ("outcome", models.CharField(blank=True, max_length=16)),
                ("due_kind", models.CharField(blank=True, max_length=12)),
                ("due_on", models.DateField(null=True)),
                ("law_due_on", models.DateField(null=True)),
                ("provisional", models.BooleanField(default=False)),
                ("rank_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("warned", models.CharField(blank=True, max_length=24)),
                ("calendar", models.BigIntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="cases.case"
                    ),
                ),
                (
                    "decider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.body"
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.body"
                    ),
                ),
                (
                    "offered_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.body",
                    ),
                ),
            ],
            options={},
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongban.lib.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("way", models.CharField(max_length=10)),
                ("carrier", models.CharField(blank=True, max_length=40)),
                ("waybill", models.CharField(blank=True, max_length=40)),
                ("result_number", models.CharField(blank=True, max_length=80)),
                ("sent_at", models.DateTimeField()),
                ("delivered_at", models.DateTimeField(null=True)),
                ("proof", tongban.lib.personal.PersonalField(null=True)),
                (
                    "result",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.file",
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.window",
                    ),
                ),
                (
                    "part",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="delivery", to="cases.part"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Copying",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongban.lib.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("system", models.CharField(max_length=120)),
                ("number", models.CharField(max_length=80)),
                ("by", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("practice", models.BooleanField(default=False)),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="copyings", to="cases.part"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("verb", models.CharField(max_length=20)),
                ("by", models.CharField(max_length=80)),
                ("body", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(max_length=16)),
                ("version", models.PositiveIntegerField()),
                ("words", tongban.lib.personal.PersonalField(null=True)),
                ("paper", models.UUIDField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="cases.case"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="cases.part",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongban.lib.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("state", models.CharField(default="open", max_length=10)),
                ("offered_at", models.DateTimeField()),
                ("offered_by", models.CharField(max_length=80)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=80)),
                ("reason", tongban.lib.personal.PersonalField(null=True)),
                ("remind_on", models.DateField(null=True)),
                ("reminded_on", models.DateField(null=True)),
                ("escalated_on", models.DateField(null=True)),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.body"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="cases.part"
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.body"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="part",
            name="offer",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.transfer"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["found_by"], name="case_of_applicant"),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(("received_at__isnull", True)),
                fields=["post", "-saved_at"],
                name="draft_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["seen", "handed-in", "fetched", "promised", "missing"])),
                name="enclosure_how_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("trust__in", ["A", "B", "C", "D", ""])), name="enclosure_trust_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.UniqueConstraint(
                fields=("case", "material", "round"), name="enclosure_once_a_round"
            ),
        ),
        migrations.AddIndex(
            model_name="obstacle",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True)),
                fields=["owner", "due_on"],
                name="obstacle_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.UniqueConstraint(fields=("enclosure", "position"), name="page_once"),
        ),
        migrations.AddConstraint(
            model_name="copying",
            constraint=models.UniqueConstraint(fields=("part", "system"), name="copied_once"),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(fields=["case", "version"], name="act_of_case"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["part"], name="transfer_of_part"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["remind_on"], name="offer_unanswered"
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("part",), name="one_open_offer"
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="offer_answered_once",
            ),
        ),
        migrations.AddIndex(
            model_name="part",
            index=models.Index(
                condition=models.Q(
                    ("practice", False),
                    models.Q(("state__in", ["closed", "lapsed", "withdrawn"]), _negated=True),
                ),
                fields=["holder", "rank_on", "id"],
                name="part_desk",
            ),
        ),
        migrations.AddIndex(
            model_name="part",
            index=models.Index(
                condition=models.Q(("offered_to__isnull", False), ("practice", False)),
                fields=["offered_to", "rank_on", "id"],
                name="part_incoming",
            ),
        ),
        migrations.AddIndex(
            model_name="part",
            index=models.Index(
                condition=models.Q(
                    ("practice", False),
                    models.Q(("state__in", ["closed", "lapsed", "withdrawn"]), _negated=True),
                ),
                fields=["rank_on", "id"],
                name="part_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "received",
                            "supplementing",
                            "accepted",
                            "paused",
                            "reviewed",
                            "granted",
                            "rejected",
                            "made",
                            "not-needed",
                            "not-accepted",
                            "sent",
                            "closed",
                            "withdrawn",
                            "lapsed",
                        ],
                    )
                ),
                name="part_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("offered_to__isnull", True),
                    models.Q(("offered_to", models.F("holder")), _negated=True),
                    _connector="OR",
                ),
                name="part_not_offered_to_its_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("offer__isnull", True), ("offered_to__isnull", True)),
                    models.Q(("offer__isnull", False), ("offered_to__isnull", False)),
                    _connector="OR",
                ),
                name="part_offered_by_an_offer",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["accepted", "paused", "reviewed"]), _negated=True),
                    ("accepted_on__isnull", False),
                    _connector="OR",
                ),
                name="part_accepted_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["granted", "rejected", "made"]), _negated=True),
                    ("decided_on__isnull", False),
                    _connector="OR",
                ),
                name="part_decided_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rank_on", models.F("due_on")),
                    models.Q(("due_on__isnull", True), ("rank_on", datetime.date(9999, 12, 31))),
                    _connector="OR",
                ),
                name="part_ranked_by_its_due_day",
            ),
        ),
    ]

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user", "command", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("user", models.CharField(max_length=80)),
                ("command", models.CharField(max_length=255)),
                ("digest", models.BinaryField(max_length=32)),
                ("reply", models.JSONField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("email", models.CharField(blank=True, max_length=320)),
                ("locale", models.CharField(blank=True, max_length=35)),
                ("role", models.CharField(blank=True, help_text="`moderator` or empty", max_length=16)),
                ("suspended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ServiceKey",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("label", models.CharField(max_length=100)),
                ("scopes", models.JSONField(default=list, help_text="empty: all")),
                ("created_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("user", models.CharField(max_length=64)),
                ("role", models.CharField(blank=True, max_length=16)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("origin", models.CharField(blank=True, max_length=300)),
                ("session", models.CharField(blank=True, max_length=64)),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("epoch", models.UUIDField(default=uuid.uuid4)),
                ("clock_offset_s", models.BigIntegerField(default=0, help_text="only moved with TEST_CLOCK=1")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="installation_single")],
            },
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("order", models.CharField(max_length=64, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("mode", models.CharField(max_length=16)),
                ("state", models.CharField(max_length=32)),
                ("head", models.BigIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
                (
                    "follow_ups",
                    models.IntegerField(default=0, help_text="seller's messages since the buyer's last, after close"),
                ),
                ("left_by", models.CharField(blank=True, help_text="buyer or seller", max_length=16)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("left_seq", models.BigIntegerField(blank=True, null=True)),
                (
                    "buyer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="chat.person"),
                ),
                (
                    "seller",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="chat.person"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("by", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="chat.thread"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StaffAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moderator", models.CharField(max_length=64)),
                ("action", models.CharField(max_length=48)),
                ("reason", models.TextField(blank=True)),
                ("about", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "thread",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff_acts",
                        to="chat.thread",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("by", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="chat.thread"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("read", models.BigIntegerField(default=0)),
                ("delivered", models.BigIntegerField(default=0)),
                ("muted", models.BooleanField(default=False)),
                ("archived", models.BooleanField(default=False)),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="chat.person"),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="chat.thread"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "thread_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.BigIntegerField()),
                ("entry", models.UUIDField()),
                ("kind", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                ("by_role", models.CharField(max_length=16)),
                ("by_user", models.CharField(blank=True, max_length=64)),
                ("command", models.CharField(blank=True, help_text="the author's command id", max_length=36)),
                (
                    "target",
                    models.BigIntegerField(blank=True, help_text="the message that this edits or redacts", null=True),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="chat.thread",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moderator", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="watches", to="chat.thread"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "thread_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.BigIntegerField()),
                ("body", models.JSONField()),
                (
                    "thread",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="chat.thread",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(("buyer", models.F("seller")), _negated=True), name="thread_two_parties"
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_at__isnull", False), ("mode", "left")),
                    models.Q(models.Q(("mode", "left"), _negated=True), ("left_at__isnull", True)),
                    _connector="OR",
                ),
                name="thread_left_is_left",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(fields=("thread", "user"), name="place_once"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("target__isnull", False)), fields=["thread", "target"], name="entry_of_target"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(condition=models.Q(("seq__gte", 1)), name="entry_seq_from_one"),
        ),
        migrations.AddIndex(
            model_name="watch",
            index=models.Index(fields=["thread", "moderator", "-until"], name="watch_now"),
        ),
    ]

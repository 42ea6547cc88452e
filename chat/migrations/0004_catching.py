"""What is caught in words, what is held and masked for it; and what an order is of, by the host's word."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0003_jobs"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="category",
            field=models.CharField(blank=True, help_text="the host's word for what is sold", max_length=64),
        ),
        migrations.CreateModel(
            name="Held",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("by", models.CharField(max_length=64)),
                ("by_role", models.CharField(max_length=16)),
                ("command", models.CharField(help_text="the author's command id", max_length=36)),
                ("purpose", models.CharField(max_length=16)),
                ("reply_to", models.BigIntegerField(blank=True, null=True)),
                ("text", models.TextField(help_text="as it was written")),
                ("caught", models.JSONField(help_text="what its author was told: [{kind, start, end, action}]")),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(default="waiting", help_text="waiting, released or rejected", max_length=16),
                ),
                ("settled_by", models.CharField(blank=True, help_text="the moderator", max_length=64)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, help_text="why it was rejected")),
                ("seq", models.BigIntegerField(blank=True, help_text="where it was released to", null=True)),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="held", to="chat.thread"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(blank=True, null=True)),
                ("field", models.CharField(default="text", help_text="which of the entry's texts", max_length=32)),
                ("by", models.CharField(help_text="the author", max_length=64)),
                ("kind", models.CharField(max_length=32)),
                ("start", models.IntegerField(help_text="in code points of the text as it was written")),
                ("end", models.IntegerField()),
                ("action", models.CharField(help_text="flag, mask or hold", max_length=8)),
                ("at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_by", models.CharField(blank=True, help_text="the moderator", max_length=64)),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="flags", to="chat.thread"
                    ),
                ),
                (
                    "held",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="chat.held",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Original",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.BigIntegerField()),
                ("field", models.CharField(max_length=32)),
                ("text", models.TextField()),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="originals", to="chat.thread"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="held",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["thread", "at"], name="held_waiting"),
        ),
        migrations.AddConstraint(
            model_name="held",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("state", "waiting")),
                    models.Q(("settled_at__isnull", False), ("state__in", ("released", "rejected"))),
                    _connector="OR",
                ),
                name="held_decided_once",
            ),
        ),
        migrations.AddIndex(
            model_name="flag",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)), fields=["thread", "seq"], name="flag_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.CheckConstraint(
                condition=models.Q(("seq__isnull", False), ("held__isnull", False), _connector="OR"),
                name="flag_has_its_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="original",
            constraint=models.UniqueConstraint(fields=("thread", "seq", "field"), name="original_once"),
        ),
    ]

"""The queue: who has which item in hand, and what became of reports; what became of them is never changed."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from chat.triggers import append_only


def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    append_only(editor, ("moderation_settlement", "moderation_settledreport"))


class Migration(migrations.Migration):
    initial = True

    dependencies = [("chat", "0004_catching")]

    operations = [
        migrations.CreateModel(
            name="Taking",
            fields=[
                ("item", models.CharField(max_length=160, primary_key=True, serialize=False)),
                ("moderator", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("outcome", models.CharField(help_text="upheld or dismissed", max_length=16)),
                ("reason", models.TextField()),
                ("moderator", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "thread",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="chat.thread"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SettledReport",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="settled",
                        serialize=False,
                        to="chat.report",
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="moderation.settlement",
                    ),
                ),
            ],
        ),
        migrations.RunPython(forwards),
    ]

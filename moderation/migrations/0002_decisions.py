"""Decisions, appeals and rulings are records: the database refuses to change them."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from chat.triggers import append_only


def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    append_only(editor, ("moderation_decision", "moderation_appeal", "moderation_ruling"))


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0005_audit"),
        ("moderation", "0001_queue"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                (
                    "appeal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="ruling",
                        serialize=False,
                        to="moderation.appeal",
                    ),
                ),
                ("outcome", models.CharField(help_text="upheld or overturned", max_length=16)),
                ("reason", models.TextField()),
                ("lead", models.CharField(help_text="who ruled: never shown to the person", max_length=64)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("act", models.CharField(help_text="the act's name on the wire", max_length=48)),
                ("reason", models.TextField()),
                ("moderator", models.CharField(help_text="who decided: never shown to the person", max_length=64)),
                (
                    "about",
                    models.JSONField(default=dict, help_text="what of the thread it speaks of: target, outcome, …"),
                ),
                ("at", models.DateTimeField()),
                (
                    "thread",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="chat.thread",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="chat.person"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="appeal",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="appeal", to="moderation.decision"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["user", "-id"], name="decision_of_user"),
        ),
        migrations.RunPython(forwards),
    ]

"""The audit: one chain of records, begun with the looks and acts that are there, oldest first; never changed."""

from collections.abc import Iterator
from heapq import merge
from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from chat.chain import BEGINNING, sealed
from chat.entries import stamp
from chat.triggers import append_only

AT_ONCE = 1000


def looks(apps: Apps) -> Iterator[dict[str, Any]]:
    for row in apps.get_model("chat", "Watch").objects.order_by("at", "id").iterator():
        about = {"until": stamp(row.until)}
        yield {"action": "moderation.watch", "thread": row.thread_id, "watch_id": row.id, "about": about, **of(row)}


def acts(apps: Apps) -> Iterator[dict[str, Any]]:
    for row in apps.get_model("chat", "StaffAct").objects.order_by("at", "id").iterator():
        whom = {"thread": row.thread_id or "", "user": str(row.about.get("user", ""))}
        yield {"action": row.action, "act_id": row.id, "about": row.about, **whom, **of(row)}


def of(row: Any) -> dict[str, Any]:
    return {"at": row.at, "moderator": row.moderator, "reason": row.reason}


def chain(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    AuditRecord = apps.get_model("chat", "AuditRecord")
    end = apps.get_model("chat", "AuditHead")(id=1, n=0, hash=BEGINNING)
    records = []
    for fields in merge(looks(apps), acts(apps), key=lambda each: each["at"]):
        record = AuditRecord(n=end.n + 1, prev=end.hash, **fields)
        end.n, end.hash = record.n, sealed(record)
        record.hash = end.hash
        records.append(record)
        if len(records) == AT_ONCE:
            AuditRecord.objects.bulk_create(records)
            records.clear()
    AuditRecord.objects.bulk_create(records)
    end.save(force_insert=True)


def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    append_only(editor, ("chat_auditrecord",))


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0004_catching"),
    ]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="role",
            field=models.CharField(blank=True, help_text="`moderator`, `lead` or empty", max_length=16),
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("n", models.BigIntegerField(default=0)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="audit_head_single")],
            },
        ),
        migrations.CreateModel(
            name="AuditRecord",
            fields=[
                ("n", models.BigIntegerField(help_text="1, 2, 3, … without a gap", primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("moderator", models.CharField(max_length=64)),
                ("action", models.CharField(max_length=48)),
                ("thread", models.CharField(blank=True, max_length=64)),
                (
                    "user",
                    models.CharField(
                        blank=True, help_text="whom the act concerned, where it was a person", max_length=64
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("about", models.JSONField(default=dict)),
                ("prev", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "act",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record",
                        to="chat.staffact",
                    ),
                ),
                (
                    "watch",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record",
                        to="chat.watch",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["moderator", "-n"], name="audit_by_moderator"),
                    models.Index(
                        condition=models.Q(("thread", ""), _negated=True),
                        fields=["thread", "-n"],
                        name="audit_by_thread",
                    ),
                    models.Index(
                        condition=models.Q(("user", ""), _negated=True), fields=["user", "-n"], name="audit_by_user"
                    ),
                ],
            },
        ),
        migrations.RunPython(chain),
        migrations.RunPython(forwards),
    ]

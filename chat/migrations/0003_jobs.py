"""Jobs; what a notice of waiting messages remembers; and the messages of a span of time, without a cost to writing.

Entries lie in the table as they were written, so that PostgreSQL needs no more than where each stretch of it begins
and ends in time (BRIN). An ordinary index would cost every message.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BRIN = "CREATE INDEX entry_by_time ON chat_entry USING brin (at) WITH (pages_per_range = 32, autosummarize = on)"
PLAIN = "CREATE INDEX entry_by_time ON chat_entry (at)"


def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        # It reads the whole log once, which may take longer than a statement of the server ever should.
        editor.execute("SET LOCAL statement_timeout = 0")
        editor.execute(BRIN)
    else:
        editor.execute(PLAIN)


class Migration(migrations.Migration):
    dependencies = [("chat", "0002_records")]
    operations = [
        migrations.RunPython(forwards),
        migrations.AddField(
            model_name="installation",
            name="waiting_until",
            field=models.DateTimeField(blank=True, help_text="messages up to then were looked at", null=True),
        ),
        migrations.AddField(
            model_name="place",
            name="told",
            field=models.BigIntegerField(
                default=0, help_text="the last seq that a notice of waiting messages spoke of"
            ),
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("key", models.CharField(max_length=200)),
                ("payload", models.JSONField()),
                ("state", models.CharField(default="waiting", help_text="waiting, done or dead", max_length=8)),
                ("run_at", models.DateTimeField()),
                ("attempts", models.IntegerField(default=0)),
                ("owner", models.CharField(blank=True, help_text="the worker that has it now", max_length=80)),
                (
                    "leased_until",
                    models.DateTimeField(blank=True, help_text="until then no other worker takes it", null=True),
                ),
                ("last_error", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["run_at"], name="job_waiting"),
                    models.Index(condition=models.Q(("state", "dead")), fields=["id"], name="job_dead"),
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="job_once")],
            },
        ),
    ]

"""Bodies are kept as the text they were written as."""

from collections.abc import Callable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import chat.models.said


def retype(kind: str) -> Callable[[object, BaseDatabaseSchemaEditor], None]:
    def change(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        # SQLite keeps it as text already; Django would make the table anew there.
        if editor.connection.vendor == "postgresql":
            editor.execute(f"ALTER TABLE chat_words ALTER COLUMN body TYPE {kind} USING body::{kind}")

    return change


class Migration(migrations.Migration):
    dependencies = [("chat", "0005_audit")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(model_name="words", name="body", field=chat.models.said.Said()),
            ],
            database_operations=[migrations.RunPython(retype("json"), retype("jsonb"))],
        ),
    ]

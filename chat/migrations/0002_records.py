"""Entries and looks are records: the database refuses to change them. And the one row that names this database."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from chat.triggers import append_only


def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    append_only(editor, ("chat_entry", "chat_watch", "chat_staffact"))


def install(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("chat", "Installation").objects.get_or_create(id=1)


class Migration(migrations.Migration):
    dependencies = [("chat", "0001_initial")]
    operations = [migrations.RunPython(forwards), migrations.RunPython(install)]

"""What the database itself refuses, on both engines: changing or deleting a row that is a record.

Used by migrations only.
"""

from collections.abc import Iterable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRES = """
CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'check_violation'; END $$;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();
"""

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""


def append_only(editor: BaseDatabaseSchemaEditor, tables: Iterable[str]) -> None:
    for table in tables:
        if editor.connection.vendor == "postgresql":
            editor.execute(POSTGRES.format(table=table))
        else:
            for verb in ("UPDATE", "DELETE"):
                editor.execute(SQLITE.format(table=table, verb=verb))

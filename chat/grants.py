"""The rights of the database role that the server runs as: it may add to the records and never change one (PostgreSQL).

A trigger stops everybody but the tables' owner and a superuser; without a right to change, not even a server that was
taken over could. Must never be run as that role: only the owner of the tables can give and take.
"""

from django.db import connection

RECORDS = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = tgrelid::regclass::text || '_append_only'"


def records() -> list[str]:
    """The tables that are append-only by trigger (chat.triggers)."""
    with connection.cursor() as cursor:
        cursor.execute(RECORDS, None)
        return sorted(name for (name,) in cursor.fetchall())


def statements(role: str) -> list[str]:
    """What the tables' owner has to run."""
    name = connection.ops.quote_name(role)
    tables = ", ".join(map(connection.ops.quote_name, records()))
    return [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {tables} FROM {name}",
    ]

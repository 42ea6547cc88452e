"""Connections to PostgreSQL that are awaited in the event loop, for the two roads that every message takes."""

from typing import Any

import asyncpg
from django.conf import settings

from chat import connections

# A statement that takes longer is in trouble; so is a database that does not answer in this time.
PATIENCE_S = 8.0
LOST = (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError)


async def connect(**server_settings: str) -> "asyncpg.Connection[Any]":
    where = settings.DATABASES["default"]
    return await asyncpg.connect(
        host=where["HOST"] or None,
        port=int(where["PORT"]) if where["PORT"] else None,
        user=where["USER"] or None,
        password=where["PASSWORD"] or None,
        database=where["NAME"],
        timeout=5,
        server_settings={"statement_timeout": "8000", "timezone": "UTC", **server_settings},
    )


def forget(connection: "asyncpg.Connection[Any]", fault: BaseException | None = None) -> None:
    """Whatever was begun on this connection ends with it; if it broke, no other of this process may be trusted."""
    connection.terminate()
    if isinstance(fault, LOST):
        connections.distrust()

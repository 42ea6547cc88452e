"""Connections to PostgreSQL that are awaited in the event loop, for the roads that every message takes."""

import asyncio
from typing import Any

import asyncpg
from django.conf import settings

from chat import connections
from chat.refusals import Refused

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


class Pool:
    """A few connections with settings of their own, for one prepared statement or two; made when needed."""

    def __init__(self, size: int, **server_settings: str) -> None:
        self._turns = asyncio.Semaphore(size)
        self._settings = server_settings
        self._idle: list[asyncpg.Connection[Any]] = []

    async def fetch(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        """Its rows. Raises Refused unavailable."""
        async with self._turns:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    return await self._fetch(statement, *values)
            except (*LOST, asyncpg.PostgresError, TimeoutError) as fault:
                raise Refused("unavailable") from fault

    async def _fetch(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        while True:
            kept = self._idle.pop() if self._idle else None
            connection = kept or await connect(**self._settings)
            try:
                rows: list[asyncpg.Record] = await connection.fetch(statement, *values)
            except BaseException as fault:
                forget(connection, fault)
                if kept is not None and isinstance(fault, LOST):
                    # It may have died while it was idle; reading anew does no harm.
                    continue
                raise
            self._idle.append(connection)
            return rows

    def forget(self) -> None:
        """Leave the connections behind."""
        while self._idle:
            self._idle.pop().terminate()

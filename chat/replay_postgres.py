"""The quick reader on PostgreSQL, awaited in the event loop: no thread, no transaction, one prepared statement."""

import asyncio
from typing import Any

import asyncpg

from chat import postgres
from chat.refusals import Refused
from chat.replay import DIALECTS, RUN, Line, whole

AT_ONCE = 2

# Both halves of the log lie in the order of their keys: read side by side they need no sorting and no look-up for each
# row, however small the tables were when the plan was made.
SETTINGS = {
    f"enable_{way}": "off" for way in ("seqscan", "bitmapscan", "sort", "hashjoin", "nestloop")
} | {"jit": "off"}  # fmt: skip

STATEMENT = RUN.format(
    **DIALECTS["postgresql"], thread="$1::text", after="$2::bigint", last="$3::bigint", reader="$4::text"
)


class PostgresReplay:
    """See replay.Replay. Connects when first needed, and again after a fault."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._idle: list[asyncpg.Connection[Any]] = []

    async def lines_after(self, user: str, thread: str, after: int, limit: int) -> list[Line]:
        async with self._turns:
            try:
                async with asyncio.timeout(postgres.PATIENCE_S):
                    return whole(await self._fetch(thread, after, after + limit, user))
            except (*postgres.LOST, asyncpg.PostgresError, TimeoutError) as fault:
                raise Refused("unavailable") from fault

    async def _fetch(self, *where: str | int) -> list[asyncpg.Record]:
        connection = await self._connected()
        try:
            rows: list[asyncpg.Record] = await connection.fetch(STATEMENT, *where)
        except BaseException as fault:
            postgres.forget(connection, fault)
            raise
        self._idle.append(connection)
        return rows

    def forget(self) -> None:
        """Leave its connections behind."""
        while self._idle:
            self._idle.pop().terminate()

    async def _connected(self) -> "asyncpg.Connection[Any]":
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return await postgres.connect(**SETTINGS)

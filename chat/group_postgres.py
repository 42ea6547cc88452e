"""The group's store on PostgreSQL, awaited in the event loop: three statements and a commit for all, and no thread.

One connection of its own, on which one group at a time is committed. Must never wait long for another's lock: a
thread that stays locked is left to the single road, so that it holds up nobody else.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import asyncpg
from django.conf import settings

from chat import postgres
from chat.acts import Act
from chat.group import Pending
from chat.grouping import Locked, decide
from chat.models import Thread
from chat.refusals import Refused

SETTINGS = {
    # Another process holds a thread for the time of a commit; whoever holds one longer is not waited for.
    "lock_timeout": "150",
    # Every statement here goes by primary keys. A plan made while the tables were small would read them whole for as
    # long as the connection lives.
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "plan_cache_mode": "force_generic_plan",
}

# Columns travel as one text each, split by a character that no JSON and no name holds: asyncpg looks at every
# element of an array twice, which cost more than all the rest of sending it.
APART = "\x1f"
SPLIT = "string_to_array(${n}, E'\\x1f')"


def texts(*types: str, first: int = 1) -> str:
    """`unnest` of so many parameters, each split and cast to an array of its type."""
    return ", ".join(f"{SPLIT.format(n=n)}::{kind}[]" for n, kind in enumerate(types, first))


# `seen` is the same in every row: the command ids of this group that were answered before. Should one be answered
# between this statement's snapshot and its lock, its key is refused a second time by the table, and all go alone.
LOCK = f"""
SELECT t.id, t.buyer_id, t.seller_id, t.mode, t.state, t.head, t.last_at, t.follow_ups,
       b.suspended_at AS buyer_suspended, s.suspended_at AS seller_suspended,
       clock_timestamp() + make_interval(secs => {{offset}}) AS now,
       (SELECT array_agg(a."user" || ' ' || a.command) FROM chat_answer a
        JOIN unnest({texts("text", "text", first=2)}) AS k("user", command)
          ON a."user" = k."user" AND a.command = k.command) AS seen
FROM (SELECT * FROM chat_thread WHERE id = ANY({texts("text")}) ORDER BY id FOR UPDATE{{skip}}) t
JOIN chat_person b ON b.id = t.buyer_id JOIN chat_person s ON s.id = t.seller_id
"""  # noqa: S608 - only numbers and types are put in
OFFSET = "(SELECT clock_offset_s FROM chat_installation WHERE id = 1)"

WRITE = f"""
WITH entries AS (
  INSERT INTO chat_entry (thread_id, seq, entry, kind, at, by_role, by_user, command)
  SELECT * FROM unnest({texts("text", "bigint", "uuid", "text", "timestamptz", "text", "text", "text")})
), words AS (
  INSERT INTO chat_words (thread_id, seq, body)
  SELECT * FROM unnest({texts("text", "bigint")}, {texts("json", first=9)})
), answers AS (
  INSERT INTO chat_answer ("user", command, digest, reply, at)
  SELECT u, c, decode(d, 'hex'), r, now()
  FROM unnest({texts("text", first=7)}, {texts("text", "text", "jsonb", first=10)}) AS a(u, c, d, r)
)
UPDATE chat_thread t SET head = m.head, last_at = m.last_at, follow_ups = m.follow_ups
FROM unnest({texts("text", "bigint", "timestamptz", "int", first=13)}) AS m(id, head, last_at, follow_ups)
WHERE t.id = m.id
"""  # noqa: S608 - only numbers and types are put in


class PostgresStore:
    """See group.Store. Connects when first needed, and again after a fault."""

    def __init__(self) -> None:
        self.connection: asyncpg.Connection[Any] | None = None
        offset = OFFSET if settings.ENV.test_clock else "0"
        self.lock = LOCK.format(offset=offset, skip="")
        self.lock_free_ones = LOCK.format(offset=offset, skip=" SKIP LOCKED")

    async def commit(self, batch: list[Pending], meanwhile: Callable[[], None]) -> dict[Pending, Act]:
        try:
            async with asyncio.timeout(postgres.PATIENCE_S):
                connection = await self.connected()
                await connection.execute("BEGIN")
                try:
                    done = await self.write(connection, batch, self.lock, meanwhile)
                except asyncpg.LockNotAvailableError:
                    await connection.execute("ROLLBACK")
                    await connection.execute("BEGIN")
                    done = await self.write(connection, batch, self.lock_free_ones, meanwhile)
        except BaseException as fault:
            self.forget(fault)
            raise
        try:
            async with asyncio.timeout(postgres.PATIENCE_S):
                await connection.execute("COMMIT")
        except BaseException as fault:
            self.forget(fault)
            raise Refused("unknown_outcome") from fault
        return done

    async def write(
        self, connection: "asyncpg.Connection[Any]", batch: list[Pending], lock: str, meanwhile: Callable[[], None]
    ) -> dict[Pending, Act]:
        users, commands = map(APART.join, zip(*(pending.key for pending in batch), strict=True))
        threads = APART.join({pending.command.thread for pending in batch})
        rows = await connection.fetch(lock, threads, users, commands)
        seen = {tuple(key.split(" ")) for key in (rows[0]["seen"] or ())} if rows else set()
        done = decide(batch, {row["id"]: locked(row) for row in rows}, seen)
        if done:
            # Comes in the next turn, after this one has sent the statement off.
            asyncio.get_running_loop().call_soon(meanwhile)
            await connection.execute(WRITE, *columns(done))
        return done

    async def connected(self) -> "asyncpg.Connection[Any]":
        if self.connection is None or self.connection.is_closed():
            self.connection = await postgres.connect(**SETTINGS)
        return self.connection

    def forget(self, fault: BaseException | None = None) -> None:
        if self.connection is not None:
            postgres.forget(self.connection, fault)
            self.connection = None


@dataclass(slots=True)
class Facts:
    """What a message may look at of its thread. Making a model's instance takes ten times as long."""

    id: str
    buyer_id: str
    seller_id: str
    mode: str
    state: str
    head: int
    last_at: datetime
    follow_ups: int


def locked(row: asyncpg.Record) -> Locked:
    thread = cast("Thread", Facts(*row[:8]))
    suspended = {row["buyer_id"]: row["buyer_suspended"], row["seller_id"]: row["seller_suspended"]}
    now: datetime = max(row["now"], row["last_at"])
    return Locked(thread, now.astimezone(UTC), frozenset(user for user, at in suspended.items() if at is not None))


def columns(done: dict[Pending, Act]) -> Iterator[str]:
    """The sixteen columns of WRITE: twelve as long as the group, four as long as its threads."""
    acts = list(done.values())
    records = [act.records[0] for act in acts]
    threads = {act.thread.id: act for act in acts}.values()
    # One instant is written many times.
    times = {at: at.isoformat() for at in {act.now for act in acts}}
    yield APART.join([act.thread.id for act in acts])
    yield APART.join([str(record.seq) for record in records])
    yield APART.join([record.entry for record in records])
    yield APART.join([record.kind for record in records])
    yield APART.join([times[record.at] for record in records])
    yield APART.join([record.by_role for record in records])
    yield APART.join([record.by_user for record in records])
    yield APART.join([record.command for record in records])
    yield APART.join([record.said for record in records])
    yield APART.join([pending.key[1] for pending in done])
    yield APART.join([pending.command.digest().hex() for pending in done])
    yield APART.join([record.place() for record in records])
    yield APART.join([act.thread.id for act in threads])
    yield APART.join([str(act.thread.head) for act in threads])
    yield APART.join([times[act.now] for act in threads])
    yield APART.join([str(act.thread.follow_ups) for act in threads])

"""The quick reader on PostgreSQL, awaited in the event loop: no thread, no transaction, one prepared statement."""

from chat.postgres import Pool
from chat.replay import DIALECTS, ENTRIES, LOOKS_BACK, Run

AT_ONCE = 2
# Entries in a run. A run leaves whole, so one of long entries is read again as runs of one.
TOGETHER = 25
LONG = 24 * 1024

# Both halves of the log lie in the order of their keys: read side by side they need no sorting and no look-up for each
# row, however small the tables were when the plan was made.
SETTINGS = {
    f"enable_{way}": "off" for way in ("seqscan", "bitmapscan", "hashjoin", "nestloop")
} | {"jit": "off", "plan_cache_mode": "force_generic_plan"}  # fmt: skip

STATEMENT = f"""
SELECT min(seq), max(seq), bool_or(kind = '{LOOKS_BACK}'), string_agg(text, ',' ORDER BY seq)
FROM ({
    ENTRIES.format(
        **DIALECTS["postgresql"], thread="$1::text", after="$2::bigint", last="$3::bigint", reader="$4::text"
    )
}) e
GROUP BY (seq - $2::bigint - 1) / $5::int ORDER BY 1
"""  # noqa: S608 - only our own words are put in


class PostgresReplay:
    """See replay.Replay."""

    def __init__(self) -> None:
        self._pool = Pool(AT_ONCE, **SETTINGS)

    async def runs_after(self, user: str, thread: str, after: int, limit: int) -> list[Run]:
        where = thread, after, after + limit, user
        rows = await self._pool.fetch(STATEMENT, *where, TOGETHER)
        if any(len(row[3].encode()) > LONG for row in rows):
            rows = await self._pool.fetch(STATEMENT, *where, 1)
        if any(back for _, _, back, _ in rows):
            return []
        return [Run(first, last, text) for first, last, _, text in rows]

    def forget(self) -> None:
        """Leave its connections behind."""
        self._pool.forget()

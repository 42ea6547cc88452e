"""Runs of a thread's log as the text that is sent, read and encoded in one statement: no object for each entry.

For parties, and for runs of which nothing was edited or redacted later; all else is queries.py's to read. Must never be
the only reader of anything: both give the same entries, and a test holds them against each other.
"""

from typing import NamedTuple, Protocol

from django.db import connection

from chat.offload import in_database

# How each database says a time, an id, a name and a body in JSON.
DIALECTS = {
    "postgresql": {
        "at": """to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')""",
        "entry": "e.entry",
        "user": "to_json(e.by_user)::text",
        "body": "w.body::text",
    },
    "sqlite": {
        "at": "substr(e.at, 1, 10) || 'T' || substr(e.at, 12, 8) || substr(e.at || '.000', 20, 4) || 'Z'",
        "entry": "substr(e.entry, 1, 8) || '-' || substr(e.entry, 9, 4) || '-' || substr(e.entry, 13, 4) || '-'"
        " || substr(e.entry, 17, 4) || '-' || substr(e.entry, 21)",
        "user": "json_quote(e.by_user)",
        "body": "w.body",
    },
}
# The words' range is named a second time: it does not follow for the planner that both halves have the same one.
ENTRIES = """
SELECT e.seq, e.kind,
  '{{"seq":' || e.seq || ',"entry":"' || {entry} || '","kind":"' || e.kind || '","version":1,"at":"' || {at}
  || '","by":{{"role":"' || e.by_role || CASE WHEN e.by_user = '' THEN '"}}' ELSE '","user":' || {user} || '}}' END
  || CASE WHEN e.command <> '' AND e.by_user = {reader} THEN ',"command":"' || e.command || '"' ELSE '' END
  || CASE WHEN {body} = '{{}}' THEN '}}' ELSE ',' || substr({body}, 2) END AS text
FROM chat_entry e JOIN chat_words w ON w.thread_id = e.thread_id AND w.seq = e.seq
WHERE e.thread_id = {thread} AND e.seq > {after} AND e.seq <= {last}
  AND w.thread_id = {thread} AND w.seq > {after} AND w.seq <= {last}
  AND EXISTS (SELECT 1 FROM chat_thread WHERE id = {thread} AND {reader} IN (buyer_id, seller_id))
  AND NOT EXISTS (SELECT 1 FROM chat_entry c
                  WHERE c.thread_id = {thread} AND c.target > {after} AND c.target <= {last})
ORDER BY e.seq
"""
# Reads as its message does now, which may be an earlier one than the run holds.
LOOKS_BACK = "message.edited"


class Run(NamedTuple):
    """Consecutive entries from `first` to `last`; `text` is their JSON as this reader may have it, with commas."""

    first: int
    last: int
    text: str


class Replay(Protocol):
    async def runs_after(self, user: str, thread: str, after: int, limit: int) -> list[Run]:
        """Up to `limit` entries with a seq above `after`, ascending; empty where this is not the way to read them.

        Raises Refused unavailable.
        """
        ...


class RowReplay:
    """In a thread of the pool, on the embedded database: each entry a run of its own."""

    statement = ENTRIES.format(
        **DIALECTS["sqlite"], thread="%(thread)s", after="%(after)s", last="%(last)s", reader="%(reader)s"
    )

    async def runs_after(self, user: str, thread: str, after: int, limit: int) -> list[Run]:
        return await in_database(self.runs, user, thread, after, limit)

    def runs(self, user: str, thread: str, after: int, limit: int) -> list[Run]:
        """The same; blocks."""
        where: dict[str, str | int] = {"reader": user, "thread": thread, "after": after, "last": after + limit}
        with connection.cursor() as cursor:
            cursor.execute(self.statement, where)
            rows = cursor.fetchall()
        return [] if any(kind == LOOKS_BACK for _, kind, _ in rows) else [Run(seq, seq, text) for seq, _, text in rows]

"""A run of a thread's log as the text that is sent, read and encoded in one statement: no object for each entry.

For parties, and for runs of which nothing was edited or redacted later; all else is queries.py's to read. Must never be
the only reader of anything: both give the same entries, and a test holds them against each other.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

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
RUN = """
SELECT e.seq, e.kind, e.by_user, e.command,
  '{{"seq":' || e.seq || ',"entry":"' || {entry} || '","kind":"' || e.kind || '","version":1,"at":"' || {at}
  || '","by":{{"role":"' || e.by_role || CASE WHEN e.by_user = '' THEN '"}}' ELSE '","user":' || {user} || '}}' END
  || CASE WHEN w.body = '{{}}' THEN '}}' ELSE ',' || substr({body}, 2) END
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


class Line(NamedTuple):
    """One entry; `text` is its JSON without `command`."""

    seq: int
    kind: str
    by_user: str
    command: str
    text: str


class Replay(Protocol):
    async def lines_after(self, user: str, thread: str, after: int, limit: int) -> list[Line]:
        """Up to `limit` entries with a seq above `after`, ascending; empty where this is not the way to read them.

        Raises Refused unavailable.
        """
        ...


def whole(rows: Iterable[Any]) -> list[Line]:
    """The lines, or none where one of them looks back."""
    lines = [Line(*row) for row in rows]
    return [] if any(line.kind == LOOKS_BACK for line in lines) else lines


class RowReplay:
    """In a thread of the pool, on the embedded database."""

    statement = RUN.format(
        **DIALECTS["sqlite"], thread="%(thread)s", after="%(after)s", last="%(last)s", reader="%(reader)s"
    )

    async def lines_after(self, user: str, thread: str, after: int, limit: int) -> list[Line]:
        return await in_database(self.lines, user, thread, after, limit)

    def lines(self, user: str, thread: str, after: int, limit: int) -> list[Line]:
        """The same; blocks."""
        where: dict[str, str | int] = {"reader": user, "thread": thread, "after": after, "last": after + limit}
        with connection.cursor() as cursor:
            cursor.execute(self.statement, where)
            return whole(cursor.fetchall())

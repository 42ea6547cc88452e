"""A run of a thread's log as the text that is sent, read and encoded in one statement: no object for each entry.

For parties, and for runs of which nothing was edited or redacted later; all else is queries.py's to read. Must never be
the only reader of anything: both give the same entries, and a test holds them against each other.
"""

from typing import NamedTuple

from django.db import connection

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
RUN = """
SELECT e.seq, e.kind, e.by_user, e.command,
  '{{"seq":' || e.seq || ',"entry":"' || {entry} || '","kind":"' || e.kind || '","version":1,"at":"' || {at}
  || '","by":{{"role":"' || e.by_role || CASE WHEN e.by_user = '' THEN '"}}' ELSE '","user":' || {user} || '}}' END
  || CASE WHEN {body} = '{{}}' THEN '}}' ELSE ',' || substr({body}, 2) END
FROM chat_entry e JOIN chat_words w ON w.thread_id = e.thread_id AND w.seq = e.seq
WHERE e.thread_id = %(thread)s AND e.seq > %(after)s AND e.seq <= %(last)s
  AND EXISTS (SELECT 1 FROM chat_thread WHERE id = %(thread)s AND %(user)s IN (buyer_id, seller_id))
  AND NOT EXISTS (SELECT 1 FROM chat_entry c
                  WHERE c.thread_id = %(thread)s AND c.target > %(after)s AND c.target <= %(last)s)
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


def lines_after(user: str, thread: str, after: int, limit: int) -> list[Line]:
    """Up to `limit` entries with a seq above `after`, ascending. Empty where this is not the way to read them."""
    with connection.cursor() as cursor:
        where: dict[str, str | int] = {"thread": thread, "user": user, "after": after, "last": after + limit}
        cursor.execute(RUN.format(**DIALECTS[connection.vendor]), where)
        lines = [Line(*row) for row in cursor.fetchall()]
    return [] if any(line.kind == LOOKS_BACK for line in lines) else lines

"""The log from its beginning, every entry as it was written, for those who tell it again: staff, and evidence.

Must never ask who reads: whoever calls has done that. A party's reading is queries.py's.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from chat.announce import Record
from chat.models import Entry, Thread, Words
from chat.queries import as_record, rows_of, run_of

PAGE = 500
SKELETON = ("seq", "entry", "kind", "at", "by_role", "by_user", "command")
WORDY = ("message", "message.edited")


def read(thread: Thread, until: int, after: int = 0) -> Iterator[Record]:
    """Every entry above `after` up to this seq, ascending; one page at a time is in memory."""
    while after < until:
        rows = Entry.objects.filter(thread=thread, seq__gt=after, seq__lte=until).order_by("seq")
        page = run_of(thread.id, rows[:PAGE])
        yield from page
        after = page[-1].seq


def outline(thread: Thread, until: int) -> Iterator[Record]:
    """As `read` from the beginning, but messages without their words: most of a log, and of no matter to an order."""
    after = 0
    while after < until:
        rows = Entry.objects.filter(thread=thread, seq__gt=after, seq__lte=until).order_by("seq")
        page: list[Any] = list(rows.values_list(*SKELETON)[:PAGE])
        worded = [seq for seq, _, kind, *_ in page if kind not in WORDY]
        bodies = dict(Words.objects.filter(thread=thread, seq__in=worded).values_list("seq", "body"))
        for seq, entry, kind, at, role, user, command in page:
            yield Record(seq, str(entry), kind, at, role, user, command, bodies.get(seq, {}))
        after = page[-1][0]


def of_kind(thread: Thread, kind: str) -> list[Record]:
    """The entries of one kind, ascending."""
    rows: Iterable[Any] = rows_of(thread.id).filter(kind=kind).order_by("seq")
    return [as_record(row) for row in rows]


def last_at(thread: Thread, at: datetime) -> Record | None:
    """The last entry of this instant or before it; None before the first."""
    row = rows_of(thread.id).filter(at__lte=at).order_by("-seq").first()
    return None if row is None else as_record(row)

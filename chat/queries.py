"""Every read of a thread. What a party may not see is taken out here, once, for every door.

A party reads a message as it was last edited, and a redacted one without its text; staff read the originals.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from chat import installation, readings
from chat.actors import Actor
from chat.acts import role_in
from chat.announce import Record
from chat.commands import ThreadHistory
from chat.entries import stamp
from chat.models import Entry, Thread, Watch, Words
from chat.refusals import Refused
from chat.rules import Role

REDACTABLE = ("message", "message.edited", "review.written")
# The last entries of a thread, among which somebody's last words are looked for.
RECENT = 100
REDACTIONS = ("message.redacted", "review.removed")


def thread_for(actor: Actor, thread: str) -> tuple[Thread, Role]:
    """The thread and the actor's role. Raises Refused not_found, or reason_required for a moderator not watching."""
    row = Thread.objects.filter(pk=thread).first()
    if row is None:
        raise Refused("not_found")
    role = role_in(actor, row)
    watched(row, actor, role)
    return row, role


def watched(thread: Thread, actor: Actor, role: Role, now: datetime | None = None) -> datetime | None:
    """Until when a moderator's look lasts (None: not a moderator). Raises Refused reason_required without one."""
    if role is not Role.MODERATOR:
        return None
    looks = Watch.objects.filter(thread=thread, moderator=actor.user, until__gt=now or installation.now())
    until = looks.order_by("-until").values_list("until", flat=True).first()
    if until is None:
        raise Refused("reason_required")
    return until


def record_at(thread: Thread, seq: int) -> Record:
    """Raises Refused not_found where no entry has that seq."""
    row = rows_of(thread.id).filter(seq=seq).first()
    if row is None:
        raise Refused("not_found")
    return _record(row)


def message_at(thread: Thread, seq: int) -> Record:
    """The message of that seq, as it was written. Raises Refused not_found for anything else."""
    record = record_at(thread, seq)
    if record.kind != "message":
        raise Refused("not_found")
    return record


def last_words(thread: Thread, user: str, since: datetime, count: int) -> list[str]:
    """What this person said last in the thread, oldest first: at most so many messages, none before that instant."""
    said = rows_of(thread.id).filter(kind="message", by_user=user, seq__gt=thread.head - RECENT, at__gte=since)
    rows: list[Any] = list(said.order_by("-seq")[:count])
    return [row.body["text"] for row in reversed(rows)]


def is_redacted(thread: Thread, seq: int) -> bool:
    return Entry.objects.filter(thread=thread, target=seq, kind="message.redacted").exists()


def heads(threads: Iterable[str]) -> dict[str, int]:
    """The last seq of each of these threads."""
    return dict(Thread.objects.filter(pk__in=list(threads)).values_list("id", "head"))


def entries_after(actor: Actor, thread: str, after: int, limit: int) -> list[Record]:
    """Up to `limit` entries with a seq above `after`, ascending, as the actor may read them. Raises as thread_for."""
    row, role = thread_for(actor, thread)
    return _readable(row, role, Entry.objects.filter(thread=thread, seq__gt=after).order_by("seq")[:limit])


def history(actor: Actor, command: ThreadHistory) -> dict[str, Any]:
    """A page of the log: {entries (ascending), head, complete}. Raises as thread_for, bad_request, cursor_ahead."""
    if command.after is not None and command.before is not None:
        raise Refused("bad_request", "Ask before or after, not both.", field="before")
    row, role = thread_for(actor, command.thread)
    rows = Entry.objects.filter(thread=row)
    if command.after is not None:
        if command.after > row.head:
            raise Refused("cursor_ahead", state=row.state, head=row.head)
        page = _readable(row, role, rows.filter(seq__gt=command.after).order_by("seq")[: command.limit])
        complete = (page[-1].seq if page else command.after) >= row.head
    else:
        before = row.head + 1 if command.before is None else command.before
        page = _readable(row, role, rows.filter(seq__lt=before).order_by("-seq")[: command.limit])
        complete = not page or page[0].seq == 1
    if page and role is Role.MODERATOR:
        readings.gave(actor, row.id, page[0].seq, page[-1].seq)
    return {"entries": [record.wire(actor.user) for record in page], "head": row.head, "complete": complete}


def changed(thread: Thread) -> list[tuple[int, str, str]]:
    """The texts that were edited or redacted since, as they were first written: (seq, text, "edited" or "redacted")."""
    later = dict(
        Entry.objects.filter(thread=thread, kind__in=("message.edited", "message.redacted"))
        .order_by("seq")
        .values_list("target", "kind")
    )
    rows: Iterable[Any] = rows_of(thread.id).filter(seq__in=list(later)).order_by("seq")
    return [(row.seq, row.body["text"], later[row.seq].removeprefix("message.")) for row in rows]


def originals(thread: Thread) -> list[Record]:
    """Every entry as it was written, for staff and the host."""
    return _records(thread.id, Entry.objects.filter(thread=thread).order_by("seq"))


def looks(thread: Thread) -> list[dict[str, Any]]:
    """Which moderators looked, when and why; oldest first."""
    rows = Watch.objects.filter(thread=thread).order_by("at", "id")
    return [
        {"moderator": row.moderator, "reason": row.reason, "at": stamp(row.at), "until": stamp(row.until)}
        for row in rows
    ]


def rows_of(thread: str) -> QuerySet[Entry]:
    """The thread's entries, each with its `body`."""
    return with_body(Entry.objects.filter(thread=thread))


def with_body(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    words = Words.objects.filter(thread=OuterRef("thread"), seq=OuterRef("seq"))
    return rows.annotate(body=Subquery(words.values("body")))


def _record(row: Any) -> Record:
    return Record(row.seq, str(row.entry), row.kind, row.at, row.by_role, row.by_user, row.command, row.body)


def _records(thread: str, rows: QuerySet[Entry]) -> list[Record]:
    """A run of the thread's log, ascending, in two plain reads: a row object for each entry would cost far more."""
    found: list[Any] = sorted(rows.values_list("seq", "entry", "kind", "at", "by_role", "by_user", "command"))
    if not found:
        return []
    words = Words.objects.filter(thread=thread, seq__range=(found[0][0], found[-1][0]))
    bodies = dict(words.values_list("seq", "body"))
    return [
        Record(seq, str(entry), kind, at, role, user, command, bodies[seq])
        for seq, entry, kind, at, role, user, command in found
    ]


def _readable(thread: Thread, role: Role, rows: QuerySet[Entry]) -> list[Record]:
    records = _records(thread.id, rows)
    if role is Role.MODERATOR or not any(record.kind in REDACTABLE for record in records):
        return records
    touched = {r.body["target"] if r.kind == "message.edited" else r.seq for r in records if r.kind in REDACTABLE}
    last, redacted = _changes(thread.id, touched)
    return [as_read(record, last, redacted) for record in records]


def _changes(thread: str, targets: set[int]) -> tuple[dict[int, str], set[int]]:
    """The last text of each edited message around these, and which were redacted."""
    last: dict[int, str] = {}
    redacted: set[int] = set()
    rows: Iterable[Any] = rows_of(thread).filter(target__range=(min(targets), max(targets))).order_by("seq")
    for row in rows:
        if row.kind in REDACTIONS:
            redacted.add(row.target)
        else:
            last[row.target] = row.body["text"]
    return last, redacted


def as_read(record: Record, last: dict[int, str], redacted: set[int]) -> Record:
    """The record with what its message says today: nothing once redacted, else its last text."""
    if record.kind not in REDACTABLE:
        return record
    target = record.body["target"] if record.kind == "message.edited" else record.seq
    if target in redacted:
        kept = {key: value for key, value in record.body.items() if key not in ("text", "attachments", "rating")}
        return _with_body(record, {**kept, "erased": True})
    if target in last:
        return _with_body(record, {**record.body, "text": last[target]})
    return record


def _with_body(record: Record, body: dict[str, Any]) -> Record:
    return Record(
        record.seq, record.entry, record.kind, record.at, record.by_role, record.by_user, record.command, body
    )

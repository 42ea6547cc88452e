"""What was caught: stored with its act, read by staff, settled. Parties never see a flag; the reply told the author.

Must never take a seq of the thread. Whoever settles holds the thread's lock and has checked the rules.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from chat.acts import Act
from chat.entries import stamp
from chat.ids import new_name
from chat.models import Flag, Held, Original

WAITING = "waiting"


def keep(act: Act) -> None:
    """Store what was caught in the act's texts, for its entry or its held message, in its transaction."""
    seq = act.own.seq if act.own is not None else None
    thread, by, held = act.thread, act.actor.user, act.held or None
    Flag.objects.bulk_create(
        Flag(
            id=new_name(),
            thread=thread,
            seq=seq,
            held_id=held,
            field=sifted.field,
            by=by,
            kind=caught.kind,
            start=caught.start,
            end=caught.end,
            action=caught.action,
            at=act.now,
        )
        for sifted in act.caught
        for caught in sifted.caught
    )
    for sifted in act.caught:
        if sifted.is_masked and seq is not None:
            keep_original(thread.id, seq, sifted.field, sifted.text)


def keep_original(thread: str, seq: int, field: str, text: str) -> None:
    """Store what was written where something else is shown."""
    Original.objects.create(thread_id=thread, seq=seq, field=field, text=text)


def open_flags(threads: Iterable[str]) -> dict[str, list[str]]:
    """The kinds of each thread's open flags, each once and in order; a thread without any is absent."""
    rows = Flag.objects.filter(thread__in=list(threads), settled_at__isnull=True)
    kinds: dict[str, list[str]] = {}
    for thread, kind in rows.values_list("thread_id", "kind").distinct().order_by("thread_id", "kind"):
        kinds.setdefault(thread, []).append(kind)
    return kinds


def of_thread(thread: str) -> list[dict[str, Any]]:
    """Every flag there ever was, oldest first: [{flag, seq?, held?, field, kind, start, end, action, at, settled_at?}].

    `start` and `end` count code points of the text as it was written: the original, where it was masked.
    """
    return [_told(row) for row in Flag.objects.filter(thread=thread).order_by("at", "id")]


def _told(row: Flag) -> dict[str, Any]:
    told: dict[str, Any] = {
        "flag": row.id,
        "field": row.field,
        "by": row.by,
        "kind": row.kind,
        "start": row.start,
        "end": row.end,
        "action": row.action,
        "at": stamp(row.at),
    }
    if row.seq is not None:
        told["seq"] = row.seq
    if row.held_id is not None:
        told["held"] = row.held_id
    if row.settled_at is not None:
        told |= {"settled_at": stamp(row.settled_at), "settled_by": row.settled_by}
    return told


def settle(thread: str, seq: int, by: str, now: datetime) -> int:
    """Settle what is open against the entry of that seq; returns how many flags that were."""
    rows = Flag.objects.filter(thread=thread, seq=seq, settled_at__isnull=True)
    return rows.update(settled_at=now, settled_by=by)


def originals(thread: str) -> list[dict[str, Any]]:
    """What masked texts said, by seq: [{seq, field, text}]."""
    rows = Original.objects.filter(thread=thread).order_by("seq", "field")
    return [{"seq": row.seq, "field": row.field, "text": row.text} for row in rows]


def waiting(thread: str) -> list[dict[str, Any]]:
    """The held messages that nobody has decided, oldest first: [{held, by, role, purpose, text, caught, at}]."""
    rows = Held.objects.filter(thread=thread, state=WAITING).order_by("at", "id")
    return [
        {
            "held": row.id,
            "by": row.by,
            "role": row.by_role,
            "purpose": row.purpose,
            "text": row.text,
            "caught": row.caught,
            "at": stamp(row.at),
        }
        for row in rows
    ]

"""Where people stand in their threads: the list of them, what is unread, and the two cursors.

Cursors are not entries and need no turn in the log: a cursor only ever rises, so the larger of two always wins.
"""

import base64
import binascii
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from chat.actors import Actor, Standing
from chat.announce import Signal, announce
from chat.commands import ThreadDelivered, ThreadList, ThreadRead
from chat.entries import stamp
from chat.models import Entry, Person, Place, Thread
from chat.queries import thread_for, with_body
from chat.refusals import Refused
from chat.rules import PARTIES

PREVIEW = 140
# What only books what another entry brought, or corrects an earlier one, is no news: it is unread for nobody.
UNCOUNTED = (
    *("thread.opened", "thread.closed", "message.edited", "message.redacted"),
    *("payment.held", "payment.released", "payment.refunded", "payment.forfeited"),
)


def read(actor: Actor, command: ThreadRead) -> dict[str, Any]:
    """Raise the read cursor and the delivered one; {seq: the merged maximum}. Raises as thread_for, cursor_ahead."""
    return {"seq": _raise(actor, command, "read")}


def delivered(actor: Actor, command: ThreadDelivered) -> dict[str, Any]:
    return {"seq": _raise(actor, command, "delivered")}


def _raise(actor: Actor, command: ThreadRead | ThreadDelivered, which: str) -> int:
    thread, role = thread_for(actor, command.thread)
    if role not in PARTIES:
        raise Refused("wrong_role", state=thread.state)
    if command.seq > thread.head:
        raise Refused("cursor_ahead", state=thread.state, head=thread.head)
    place, _ = Place.objects.get_or_create(thread=thread, user_id=actor.user)
    for name in ("read", "delivered") if which == "read" else ("delivered",):
        lower = {f"{name}__lt": command.seq}
        if Place.objects.filter(pk=place.pk, **lower).update(**{name: command.seq}):
            frame = {"type": name, "thread": thread.id, "user": actor.user, "seq": command.seq}
            # To the person's own other devices, too: what was read on one is unread on none.
            announce(Signal(thread.id, "", frame))
    return max(command.seq, place.read if which == "read" else place.delivered)


def list_threads(actor: Actor, command: ThreadList) -> dict[str, Any]:
    """{rows, cursor}: newest first; `cursor` is null at the end. Raises Refused bad_request for a foreign cursor."""
    threads = _theirs(actor)
    if command.state is not None:
        threads = threads.filter(state=command.state)
    if command.cursor is not None:
        at, last = _opened(command.cursor)
        threads = threads.filter(Q(last_at__lt=at) | Q(last_at=at, id__gt=last))
    page = list(threads.order_by("-last_at", "id")[: command.limit + 1])
    more, page = len(page) > command.limit, page[: command.limit]
    last_rows = {row.thread_id: row for row in _last_entries(page)}
    rows = [_row(actor, thread, last_rows.get(thread.id)) for thread in page]
    return {"rows": rows, "cursor": _sealed(page[-1]) if more else None}


def _theirs(actor: Actor) -> QuerySet[Thread]:
    threads = Thread.objects.select_related("buyer", "seller")
    if actor.standing is not Standing.MODERATOR:
        threads = threads.filter(Q(buyer=actor.user) | Q(seller=actor.user))
    mine = Place.objects.filter(thread=OuterRef("pk"), user=actor.user)
    unread = (
        Entry.objects.filter(thread=OuterRef("pk"), seq__gt=OuterRef("my_read"))
        .exclude(Q(by_user=actor.user) | Q(kind__in=UNCOUNTED))
        .order_by()
        .values("thread")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return threads.annotate(
        my_read=Coalesce(Subquery(mine.values("read")[:1]), 0),
        my_muted=Coalesce(Subquery(mine.values("muted")[:1]), False),
        my_archived=Coalesce(Subquery(mine.values("archived")[:1]), False),
        my_unread=Coalesce(Subquery(unread), 0),
    )


def _last_entries(page: list[Thread]) -> QuerySet[Entry]:
    ids = [thread.id for thread in page]
    return with_body(Entry.objects.filter(thread__in=ids, seq=F("thread__head")))


def _row(actor: Actor, thread: Any, last: Entry | None) -> dict[str, Any]:
    party = actor.user in (thread.buyer_id, thread.seller_id)
    other = thread.seller if actor.user == thread.buyer_id else thread.buyer
    return {
        "thread": thread.id,
        "order": thread.order,
        "title": thread.title,
        "state": thread.state,
        "closed": bool(thread.left_by),
        "other": person(other, "seller" if other is thread.seller else "buyer") if party else None,
        "parties": [person(thread.buyer, "buyer"), person(thread.seller, "seller")],
        "head": thread.head,
        "read": thread.my_read,
        "unread": thread.my_unread if party else 0,
        "last": _last(last, words=party),
        "muted": thread.my_muted,
        "archived": thread.my_archived,
    }


def person(row: Person, role: str) -> dict[str, str]:
    return {"user": row.id, "role": role, "name": row.name or row.id}


def _last(row: Any, *, words: bool) -> dict[str, Any] | None:
    """The last entry's kind and, for a party only, its author and words: a list is not a look for staff."""
    if row is None:
        return None
    # The last entry is the head, so nothing after it can have edited or redacted it.
    preview = row.body.get("title" if row.kind == "offer.made" else "text") if words else None
    last = {"kind": row.kind, "preview": preview[:PREVIEW] if preview else None, "at": stamp(row.at)}
    by = {"role": row.by_role, "user": row.by_user} if row.by_user else {"role": row.by_role}
    return {**last, "by": by} if words else last


def _sealed(thread: Thread) -> str:
    return base64.urlsafe_b64encode(f"{thread.last_at.isoformat()} {thread.id}".encode()).decode()


def _opened(cursor: str) -> tuple[datetime, str]:
    try:
        at, last = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ", 1)
        moment = datetime.fromisoformat(at)
        if "\0" in last or moment.tzinfo is None:
            raise ValueError(cursor)
        return moment, last
    except (ValueError, binascii.Error) as fault:
        raise Refused("bad_request", "This cursor is not one of ours.", field="cursor") from fault

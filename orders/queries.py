"""Every read of an order and its thread together: snapshots, subscriptions, capabilities, the host's view.

Must never write. What is read together is read in one consistent view (protocol.md §6a).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from chat import installation, queries, staff
from chat.actors import Actor
from chat.acts import Act, role_in
from chat.announce import Record
from chat.commands import ThreadSnapshot
from chat.log import suspended_in
from chat.models import Thread
from chat.refusals import Refused
from chat.rules import Role
from orders.capabilities import capabilities as derive
from orders.facts import Facts, read_facts
from orders.models import Order
from orders.rows import following, read_rows
from orders.snapshot import build, order_part


@dataclass(frozen=True, slots=True)
class Asked:
    """Who wants to follow which thread, from after which seq."""

    actor: Actor
    thread: str
    after: int | None


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a subscriber starts: live begins at `start` + 1.

    `can` are its capabilities, and `until` when they, or a moderator's look, may end by themselves (trade time).
    """

    head: int
    mode: str
    start: int
    snapshot: dict[str, Any] | None
    role: Role
    parties: tuple[str, str]
    can: dict[str, Any]
    until: datetime | None


@contextmanager
def one_view() -> Iterator[None]:
    """All reads inside see the same instant; PostgreSQL has to be asked for it, SQLite's transactions are so."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def found(actor: Actor, thread: str) -> tuple[Act, Order]:
    """The thread and order as they are now, for the actor's role there, unlocked. Raises Refused not_found."""
    row = Thread.objects.select_related("buyer", "seller").filter(pk=thread).first()
    act = _act(actor, row, installation.now())
    return act, Order.objects.select_related("previous").get(thread=thread)


def _act(actor: Actor, row: Thread | None, now: datetime) -> Act:
    if row is None:
        raise Refused("not_found")
    role = role_in(actor, row)
    return Act(row, max(now, row.last_at), actor, role, suspended=suspended_in(actor, row, role))


def looked_at(actor: Actor, thread: str) -> tuple[Act, Order, datetime | None]:
    """The same, and until when a moderator's look lasts. Raises Refused not_found or reason_required."""
    act, order = found(actor, thread)
    return act, order, queries.watched(act.thread, actor, act.role, act.now)


def snapshot(actor: Actor, command: ThreadSnapshot) -> dict[str, Any]:
    """protocol.md §6a, flat. Raises as looked_at."""
    with one_view():
        act, order, _ = looked_at(actor, command.thread)
        return build(act, order, read_rows(act, order), derive(*read_facts([(act, order)]))[0])


def subscriptions(asked: Sequence[Asked]) -> list[Subscription | Refused]:
    """Where each of these begins, in a handful of reads for all: replay from `after`, or a snapshot where that is too
    far behind or not given. Refused cursor_ahead for an `after` above the head, else what looked_at raises.
    """
    with one_view():
        now = installation.now()
        names = {each.thread for each in asked}
        rows = {row.id: row for row in Thread.objects.select_related("buyer", "seller").filter(pk__in=names)}
        orders = {order.thread_id: order for order in Order.objects.filter(thread__in=rows)}
        looks = [_look(each, rows.get(each.thread), now) for each in asked]
        stand = [(look[0], orders[look[0].thread.id]) for look in looks if not isinstance(look, Refused)]
        facts = iter(read_facts(stand))
        return [
            look if isinstance(look, Refused) else begin(each.after, next(facts), look[1])
            for each, look in zip(asked, looks, strict=True)
        ]


def _look(asked: Asked, row: Thread | None, now: datetime) -> tuple[Act, datetime | None] | Refused:
    try:
        act = _act(asked.actor, row, now)
        until = queries.watched(act.thread, asked.actor, act.role, act.now)
        ahead(asked, act.thread)
    except Refused as refusal:
        return refusal
    return act, until


def ahead(asked: Asked, thread: Thread) -> None:
    """Raise Refused cursor_ahead for an `after` above the head."""
    if asked.after is not None and asked.after > thread.head:
        raise Refused("cursor_ahead", state=thread.state, head=thread.head)


def begin(after: int | None, facts: Facts, until: datetime | None) -> Subscription:
    """Where a subscriber starts that may follow; `until` is the end of a moderator's look."""
    act, head = facts.act, facts.act.thread.head
    can, changes = derive(facts)
    ends = min((at for at in (changes, until) if at is not None), default=None)
    parties = (act.thread.buyer_id, act.thread.seller_id)
    if after is not None and head - after <= settings.ENV.replay_entries:
        return Subscription(head, "replay", after, None, act.role, parties, can, ends)
    snapshot = build(act, facts.order, read_rows(act, facts.order), can)
    return Subscription(head, "snapshot", head, snapshot, act.role, parties, can, ends)


def capabilities(actor: Actor, thread: str) -> tuple[dict[str, Any], datetime | None]:
    """({as_of, allowed, refused}, when that, or a moderator's look, may end by itself). Raises as looked_at."""
    with one_view():
        act, order, until = looked_at(actor, thread)
        can, changes = derive(*read_facts([(act, order)]))
        return can, min((at for at in (changes, until) if at is not None), default=None)


def order(name: str) -> dict[str, Any]:
    """The host's view: {order: as in a snapshot, thread}. Raises Refused not_found."""
    with one_view():
        row = Order.objects.select_related("previous", "thread").filter(pk=name).first()
        if row is None:
            raise Refused("not_found")
        return {"order": order_part(row, installation.now(), following(row)), "thread": row.thread_id}


def transcript(actor: Actor, thread: str) -> dict[str, Any]:
    """For the host: every entry as it was written, staff's looks and acts; {thread, order, entries, looks, acts}."""
    with one_view():
        row = Thread.objects.filter(pk=thread).first()
        if row is None:
            raise Refused("not_found")
        records: list[Record] = queries.originals(row)
        return {
            "thread": row.id,
            "order": row.order,
            "entries": [record.wire() for record in records],
            "looks": queries.looks(row),
            "acts": staff.acts_in(row),
        }

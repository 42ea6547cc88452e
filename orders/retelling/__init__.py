"""The log told again, entry by entry: what each kind changed in the rows (past.py). A table, as the rules are.

Must never know what is allowed: whatever stands in the log has happened. A kind that is not in the table changed
nothing that a snapshot or a verdict looks at; a test holds that none is forgotten.
"""

from datetime import datetime, timedelta

from chat import wholelog
from chat.announce import Record
from chat.models import Thread
from orders.models import Claim, Order
from orders.past import Past, Tells
from orders.process import MODE, State
from orders.retelling import afterwards, offers, settling
from orders.rows import following


def past(thread: Thread, order: Order, seq: int) -> Past:
    """The rows as they stood right after the entry of this seq."""
    told = Past(thread, order, _first_start_by(thread, order), Claim.objects.filter(order=order))
    for record in wholelog.outline(thread, seq):
        tell(told, record)
    return told


def tell(told: Past, record: Record) -> None:
    told.thread.head, told.thread.last_at = record.seq, record.at
    TELLS.get(record.kind, _nothing)(told, record)


def following_by(order: Order, now: datetime) -> list[Order]:
    """The orders that continued this one by then."""
    return [row for row in following(order) if row.placed_at <= now]


def _first_start_by(thread: Thread, order: Order) -> datetime | None:
    """The row's, without the time that the order stood still since (disputes.py)."""
    stood, since = timedelta(0), None
    for record in wholelog.of_kind(thread, "order.changed"):
        if since is not None:
            stood += record.at - since
        since = record.at if record.body["to"] == State.FROZEN else None
    return None if order.start_by is None else order.start_by - stood


def _nothing(told: Past, record: Record) -> None:
    pass


def _opened(told: Past, record: Record) -> None:
    order, thread, body = told.order, told.thread, record.body
    order.title, order.state, order.version = body["title"], State.PENDING, 1
    if (previous := body.get("previous")) is not None:
        order.previous = Order(id=previous["order"], thread_id=previous["thread"])
    thread.title, thread.state, thread.mode = order.title, State.PENDING, MODE[State.PENDING]
    for party in body["parties"]:
        person = thread.buyer if party["role"] == "buyer" else thread.seller
        person.name = party["name"]


def _held(told: Past, record: Record) -> None:
    told.order.price += record.body["amount"]["amount"]
    told.order.currency = record.body["amount"]["currency"]


def _redacted(told: Past, record: Record) -> None:
    told.standing.pop(record.body["target"], None)


TELLS: dict[str, Tells] = {
    "thread.opened": _opened,
    "thread.closed": Past.closed,
    "party.left": Past.closed,
    "message": Past.said,
    "message.redacted": _redacted,
    "order.changed": Past.moved,
    "payment.held": _held,
    **offers.TELLS,
    **settling.TELLS,
    **afterwards.TELLS,
}

"""Which instants an order has in each state, and which of them the clock acts at.

Must never act: it only computes columns. Durations are policy's, the clock's rows are process.ORDER's.
"""

from datetime import datetime, timedelta

from chat.rules import Role, Rule
from orders.models import Order
from orders.policy import policy
from orders.process import ORDER, State

S = State

# What a person may wait for in each state (protocol.md §6a).
NAMES: dict[str, tuple[str, ...]] = {
    S.PENDING: ("start_by", "expires_at"),
    S.IN_PROGRESS: ("deliver_by", "expires_at"),
    S.DELIVERED: ("auto_close_at", "expires_at"),
    S.REVISION_REQUESTED: ("answer_by", "expires_at"),
    S.REVISION_REFUSED: ("auto_close_at", "expires_at"),
    S.FROZEN: ("expires_at",),
    S.CLOSED: ("review_until", "chat_until"),
    S.CANCELLED: ("chat_until",),
    S.EXPIRED: (),
}


def shown(order: Order) -> dict[str, datetime]:
    """The deadlines that hold in the order's state, by their names on the wire."""
    dates = {name: getattr(order, name) for name in NAMES[order.state]}
    return {name: at for name, at in dates.items() if at is not None}


def situation(order: Order, now: datetime) -> State:
    """The order's state as the rules know it: late is a state of its own there."""
    late = order.state == S.IN_PROGRESS and order.deliver_by is not None and now >= order.deliver_by
    return S.LATE if late else State(order.state)


def enter(order: Order, state: State, now: datetime, *, fresh: bool = True) -> None:
    """Set the deadlines of the state that the order now enters (it still holds the one it leaves).

    A state that is not `fresh` goes on with the timers it has.
    """
    if fresh:
        _begin(order, state, now)
    order.state = state
    plan(order)


def _begin(order: Order, state: State, now: datetime) -> None:
    if state is S.PENDING:
        order.start_by = policy.start_by(now)
        order.expires_at = policy.expires_at(now)
    elif state is S.IN_PROGRESS:
        order.deliver_by = _delivery(order, now)
    elif state is S.DELIVERED:
        order.delivered_at = now
        order.auto_close_at = policy.auto_close_at(now)
    elif state is S.REVISION_REQUESTED:
        order.answer_by = policy.answer_by(now)
    elif state is S.REVISION_REFUSED:
        order.auto_close_at = policy.auto_close_at(now)
    elif state is S.CLOSED:
        order.closed_at, order.review_until = now, policy.review_until(now)
        order.chat_until = policy.chat_until(now, policy.closed_chat_days)
    elif state is S.CANCELLED:
        order.chat_until = policy.chat_until(now, policy.cancelled_chat_days)


def _delivery(order: Order, now: datetime) -> datetime:
    """A first start has all its days; an accepted revision what was left at delivery, but never too little to work."""
    if order.deliver_by is None:
        return now + timedelta(days=order.delivery_days)
    if order.delivered_at is None:
        return order.deliver_by
    left = order.deliver_by - order.delivered_at
    return now + max(left, timedelta(hours=policy.revision_hours))


def clock_rows(order: Order) -> list[tuple[datetime, Rule]]:
    """The clock's rows for the order's state with their instants, the earliest first."""
    rows = [
        (getattr(order, row.after), row)
        for row in ORDER.available(order.state, Role.CLOCK)
        if row.after and getattr(order, row.after) is not None
    ]
    return sorted(rows, key=lambda pair: pair[0])


def plan(order: Order) -> None:
    """Set when the clock must next look at the order."""
    rows = clock_rows(order)
    order.due_at = rows[0][0] if rows else None

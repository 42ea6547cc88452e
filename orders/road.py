"""The orders' stretch of the one road: the thread is locked, then the order, and what the clock owes comes first.

A person's step after a deadline must lose to the clock even where the clock has not been round yet (I11).
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from chat.actors import Actor
from chat.acts import Act
from chat.commands import ThreadCommand
from chat.services import take
from orders.clock import settle
from orders.models import Offer, Order, Proposal
from orders.steps import locked

Handle = Callable[[Act, Order], dict[str, Any]]


class OverdueError(Exception):
    """The clock has to act on this thread before anybody else may."""


def take_order(actor: Actor, command: ThreadCommand, handle: Handle) -> dict[str, Any]:
    """Put a command on the road with its locked order. Returns the reply; raises Refused."""

    def with_order(act: Act) -> dict[str, Any]:
        order = locked(act)
        if is_overdue(act, order):
            raise OverdueError
        return handle(act, order)

    while True:
        try:
            return take(actor, command, with_order)
        except OverdueError:
            settle(command.thread)


def is_overdue(act: Act, order: Order) -> bool:
    if any(at is not None and at <= act.now for at in (order.due_at, order.remind_at)):
        return True
    due = Q(due_at__lte=act.now) | Q(remind_at__lte=act.now)
    return any(rows.objects.filter(due, order=order).exists() for rows in (Offer, Proposal))

"""The orders' stretch of the one road: the thread is locked, then the order, and what the clock owes comes first.

A person's step after a deadline must lose to the clock even where the clock has not been round yet (I11).
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Q

from chat.actors import Actor
from chat.acts import Act
from chat.commands import ThreadCommand
from chat.log import write
from chat.services import take
from orders.clock import settle
from orders.models import Offer, Order, Proposal
from orders.steps import locked

Handle = Callable[[Act, Order], dict[str, Any]]


class OverdueError(Exception):
    """The clock has to act on this thread before anybody else may."""


def take_order(actor: Actor, command: ThreadCommand, handle: Handle) -> dict[str, Any]:
    """Put a command on the road with its locked order. Returns the reply; raises Refused."""
    return _after_the_clock(command.thread, lambda: take(actor, command, partial(_with_order, handle)))


def take_word(actor: Actor, thread: str, handle: Handle) -> dict[str, Any]:
    """The same for the host's word, which has no command id: `handle` knows by itself what it has heard before."""
    return _after_the_clock(thread, lambda: write(actor, thread, partial(_with_order, handle)))


def _with_order(handle: Handle, act: Act) -> dict[str, Any]:
    order = locked(act)
    if is_overdue(act, order):
        raise OverdueError
    return handle(act, order)


def _after_the_clock(thread: str, once: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    while True:
        try:
            return once()
        except OverdueError:
            settle(thread)


def is_overdue(act: Act, order: Order) -> bool:
    if any(at is not None and at <= act.now for at in (order.due_at, order.remind_at)):
        return True
    due = Q(due_at__lte=act.now) | Q(remind_at__lte=act.now)
    return any(rows.objects.filter(due, order=order).exists() for rows in (Offer, Proposal))

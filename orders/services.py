"""Every step of an order, its placing and its thread's end: (actor, command) → entry, all along the road.

Must never decide by a state or a role: that is process.ORDER's. Each returns the reply of protocol.md §6 and raises
Refused.
"""

from datetime import datetime
from typing import Any

from chat.actors import Actor
from chat.acts import Act
from chat.commands import ThreadLeave
from chat.log import begin_thread
from chat.models import Person, Thread
from chat.refusals import Refused
from chat.services import close_for_good
from chat.text import TITLE, fit
from orders import deadlines
from orders.commands import (
    OrderCancel,
    OrderDeliver,
    OrderRefuseRevision,
    OrderRequestRevision,
    OrderStep,
    PlaceOrder,
)
from orders.models import Order
from orders.placing import new_thread, open_order
from orders.process import ORDER, State
from orders.road import take_order
from orders.steps import move, void_offers, void_proposals


def step(actor: Actor, command: OrderStep) -> dict[str, Any]:
    """Take one `order.*` step; {state, order_version}."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        rule = act.check(ORDER, command.type, deadlines.situation(order, act.now))
        if command.expect != order.version:
            raise Refused("version_conflict", version=order.version)
        move(act, order, command.type.removeprefix("order."), State(rule.leads_to), **_said(act, command))
        return {"state": order.state, "order_version": order.version}

    return take_order(actor, command, handle)


def _said(act: Act, command: OrderStep) -> dict[str, Any]:
    match command:
        case OrderDeliver():
            if command.attachments:
                raise Refused("not_found")
            return {"note": act.sift(fit(command.note, "note"), "note")}
        case OrderRequestRevision():
            return {"note": act.sift(fit(command.text), "note")}
        case OrderRefuseRevision() | OrderCancel():
            return {"note": act.sift(fit(command.reason, "reason"), "note")}
    return {}


def leave(actor: Actor, command: ThreadLeave) -> dict[str, Any]:
    """Close the thread for both, for good; open offers and proposals become void in the same transaction."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        # Where leaving is refused, all of this is rolled back.
        void_offers(act, order)
        void_proposals(act, order)
        # The clock has nothing left to close.
        Order.objects.filter(pk=order.pk).update(due_at=None)
        return close_for_good(act)

    return take_order(actor, command, handle)


def place(actor: Actor, command: PlaceOrder, key: str) -> dict[str, Any]:
    """Open an order that the host was paid for; {order, thread, state, version}. Once per Idempotency-Key."""
    if command.buyer == command.seller:
        raise Refused("bad_request", "Nobody buys from themselves.", field="seller")
    title = fit(command.title, "title", TITLE)
    fit(command.payment_reference, "payment_reference", TITLE)
    previous = _previous(command)

    def make(now: datetime) -> Thread:
        for user in (command.buyer, command.seller):
            Person.objects.get_or_create(pk=user)
        return new_thread(title, command.buyer, command.seller, now, command.category or "")

    def handle(act: Act) -> dict[str, Any]:
        act.thread.save(force_insert=True)
        days, reference = command.delivery_days, command.payment_reference
        order = open_order(act, command.price, days, reference, previous, own=True)
        return {"order": order.id, "thread": order.thread_id, "state": order.state, "version": order.version}

    return begin_thread(actor, make, handle, key=key, digest=command.digest())


def _previous(command: PlaceOrder) -> Order | None:
    if command.previous is None:
        return None
    previous = Order.objects.filter(pk=command.previous).first()
    if previous is None:
        raise Refused("not_found")
    if {previous.buyer_id, previous.seller_id} != {command.buyer, command.seller}:
        raise Refused("bad_request", "A follow-up order is between the same two.", field="previous")
    return previous

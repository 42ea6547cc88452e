"""Custom offers: made by the seller, answered once by the buyer, paid at most once, never changed.

Must never decide by a state or a role: the ORDER and OFFER tables do. Each returns the reply of protocol.md §6 and
raises Refused. What a payment brings is in purchases.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings

from chat.actors import Actor
from chat.acts import Act
from chat.entries import Body, stamp
from chat.ids import new_name
from chat.refusals import Refused
from chat.rules import Rule
from chat.text import TITLE, fit
from orders import deadlines, purchases, reminding
from orders.commands import OfferAccept, OfferDecline, OfferMake, OfferRequest, OfferStep, OfferWithdraw
from orders.entries import (
    OfferDeclined,
    OfferMade,
    OfferRequested,
    OfferWithdrawn,
)
from orders.models import Offer, Order
from orders.policy import policy
from orders.process import ENDED, OFFER, ORDER, OfferState
from orders.road import take_order


def make(actor: Actor, command: OfferMake) -> dict[str, Any]:
    """{offer, number, expires_at}."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        act.check(ORDER, "offer.make", deadlines.situation(order, act.now))
        if order.state not in ENDED and command.price.currency != order.currency:
            raise Refused("bad_request", f"This order is paid in {order.currency}.", field="price.currency")
        lasts = timedelta(days=policy.offer_days)
        if command.expires_in_s is not None:
            lasts = timedelta(seconds=command.expires_in_s)
        offer = Offer(
            id=new_name(),
            order=order,
            number=Offer.objects.filter(order=order).count() + 1,
            title=act.sift(fit(command.title, "title", TITLE), "title"),
            description=act.sift(fit(command.description, "description", empty=True), "description"),
            price=command.price.amount,
            currency=command.price.currency,
            delivery_days=command.delivery_days,
            revisions=command.revisions,
            made_at=act.now,
            expires_at=act.now + lasts,
            due_at=act.now + lasts,
            state=OfferState.OPEN,
        )
        reminding.plan(offer, act.now)
        offer.save(force_insert=True)
        act.append(
            OfferMade(
                offer=offer.id,
                number=offer.number,
                title=offer.title,
                price=purchases.price(offer),
                description=offer.description,
                delivery_days=offer.delivery_days,
                revisions=offer.revisions,
                expires_at=offer.expires_at,
            ),
            own=True,
        )
        return {"offer": offer.id, "number": offer.number, "expires_at": stamp(offer.expires_at)}

    return take_order(actor, command, handle)


def request(actor: Actor, command: OfferRequest) -> dict[str, Any]:
    """The buyer asks for an offer in words."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        act.check(ORDER, "offer.request", deadlines.situation(order, act.now))
        act.append(OfferRequested(text=act.sift(fit(command.text))), own=True)
        return {}

    return take_order(actor, command, handle)


def withdraw(actor: Actor, command: OfferWithdraw) -> dict[str, Any]:
    return _end(actor, command, OfferWithdrawn)


def decline(actor: Actor, command: OfferDecline) -> dict[str, Any]:
    return _end(actor, command, OfferDeclined)


def accept(actor: Actor, command: OfferAccept) -> dict[str, Any]:
    """{payment, order, thread}: `paid` at once by the sandbox, new ones for a follow-up; else `awaiting` the host."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        offer, rule = _answerable(act, order, command)
        if settings.ENV.payment == "host":
            purchases.wait(act, offer)
            return {"payment": "awaiting", "order": order.id, "thread": order.thread_id}
        bought = purchases.complete(act, order, offer, rule)
        return {"payment": "paid", "order": bought.id, "thread": bought.thread_id}

    return take_order(actor, command, handle)


def _end(actor: Actor, command: OfferStep, body: Callable[..., Body]) -> dict[str, Any]:
    def handle(act: Act, order: Order) -> dict[str, Any]:
        offer, rule = _answerable(act, order, command)
        purchases.to(offer, rule)
        act.append(body(offer=offer.id), own=True)
        return {}

    return take_order(actor, command, handle)


def _answerable(act: Act, order: Order, command: OfferStep) -> tuple[Offer, Rule]:
    """The offer and its rule, if the order's state and the offer's own let the command through. Raises Refused."""
    offer = Offer.objects.filter(order=order, pk=command.offer).first()
    if offer is None:
        raise Refused("not_found")
    act.check(ORDER, command.type, deadlines.situation(order, act.now))
    return offer, act.check(OFFER, command.type, offer.state)

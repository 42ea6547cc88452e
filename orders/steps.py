"""What a step writes: the move itself, the entry that tells of it, and what an order's end does with the money.

Must never decide whether a step is allowed: services do, by the tables, before they come here.
"""

from typing import Any

from chat.acts import Act
from chat.commands import Money
from chat.rules import Mode
from orders import deadlines, ledger
from orders.entries import OfferVoided, OrderChanged, PaymentForfeited, PaymentRefunded, PaymentReleased
from orders.models import Offer, Order
from orders.process import MODE, OFFER_LIVE, OfferState, State


def wire_state(state: State | str) -> str:
    return State.IN_PROGRESS if state == State.LATE else state


def move(act: Act, order: Order, action: str, to: State, *, own: bool = True, **said: Any) -> None:
    """Take the order to a state: deadlines, version, thread mode, the entry, and the end's money."""
    before = order.state
    deadlines.enter(order, to, act.now)
    changed(act, order, action, before, own=own, **said)
    if act.thread.mode != Mode.LEFT:
        act.thread.mode = MODE[to]
    if to in END:
        act.thread.follow_ups = 0
        END[to](act, order)


def changed(act: Act, order: Order, action: str, before: str, *, own: bool, **said: Any) -> None:
    """Raise the version, keep the row and append `order.changed`."""
    order.version += 1
    order.save()
    act.thread.state = order.state
    act.append(
        OrderChanged(
            action=action,
            from_=before,
            to=order.state,
            order_version=order.version,
            deadlines=deadlines.shown(order),
            **said,
        ),
        own=own,
    )


def _closed(act: Act, order: Order) -> None:
    if held := ledger.escrow(order):
        act.append(PaymentReleased(amount=ledger.release(order, held, act.now)))


def _cancelled(act: Act, order: Order) -> None:
    if held := ledger.escrow(order):
        act.append(PaymentRefunded(amount=ledger.refund(order, held, "end", act.now)))


def _expired(act: Act, order: Order) -> None:
    if held := ledger.escrow(order):
        act.append(PaymentForfeited(amount=ledger.forfeit(order, held, act.now)))
    void_offers(act, order)


END = {State.CLOSED: _closed, State.CANCELLED: _cancelled, State.EXPIRED: _expired}


def void_offers(act: Act, order: Order) -> None:
    """End every live offer that cannot live on (a left thread, an expired order)."""
    for offer in Offer.objects.filter(order=order, state__in=OFFER_LIVE).order_by("number"):
        offer.state, offer.due_at = OfferState.VOID, None
        offer.save(update_fields=["state", "due_at"])
        act.append(OfferVoided(offer=offer.id))


def price(order: Order) -> Money:
    return Money(amount=order.price, currency=order.currency)

"""What becomes of an offer that its buyer accepted: it waits for its money, is open again, or is bought.

Must never decide by a state or a role: whoever calls has the OFFER table's row in hand.
"""

from datetime import timedelta

from chat.acts import Act
from chat.commands import Money
from chat.rules import Rule
from orders import deadlines, ledger
from orders.entries import OfferAccepted, OfferAwaiting, OfferReopened, PaymentHeld
from orders.models import Offer, Order
from orders.placing import new_thread, open_order
from orders.policy import policy
from orders.process import ENDED, OFFER
from orders.steps import changed


def wait(act: Act, offer: Offer) -> None:
    """Give the host its minutes. The offer's own expiry does not count while it waits."""
    to(offer, act.check(OFFER, "offer.await", offer.state))
    offer.pay_by = offer.due_at = policy.pay_by(act.now)
    offer.save(update_fields=["pay_by", "due_at"])
    act.append(OfferAwaiting(offer=offer.id, pay_by=offer.pay_by), own=True)


def reopen(act: Act, offer: Offer, rule: Rule, cause: str) -> None:
    """Not paid: it may be accepted again, until its own expiry, which may be due by now."""
    to(offer, rule)
    offer.due_at = offer.expires_at
    offer.save(update_fields=["due_at"])
    act.append(OfferReopened(offer=offer.id, cause=cause), own=True)


def complete(act: Act, order: Order, offer: Offer, rule: Rule) -> Order:
    """Paid: price and days for a running order, a new order after its end. Returns the order that was bought."""
    to(offer, rule)
    return _follow_up(act, order, offer) if order.state in ENDED else _extend(act, order, offer)


def _extend(act: Act, order: Order, offer: Offer) -> Order:
    """Add price and days to the running order; its five months still count from the first payment."""
    act.append(OfferAccepted(offer=offer.id), own=True)
    act.append(PaymentHeld(amount=ledger.hold(order, offer.price, offer.id, act.now)))
    order.price += offer.price
    order.delivery_days += offer.delivery_days
    if order.deliver_by is not None:
        order.deliver_by += timedelta(days=offer.delivery_days)
    deadlines.plan(order)
    changed(act, order, "accept_offer", order.state, own=False)
    return order


def _follow_up(act: Act, order: Order, offer: Offer) -> Order:
    """Open a new order with its own thread, each linked to the other."""
    thread = new_thread(offer.title, order.buyer_id, order.seller_id, act.now, act.thread.category)
    thread.save(force_insert=True)
    there = act.open(thread)
    new = open_order(there, price(offer), offer.delivery_days, f"offer:{offer.id}", order)
    offer.bought = new
    offer.save(update_fields=["bought"])
    act.append(OfferAccepted(offer=offer.id, order=new.id, thread=new.thread_id), own=True)
    return new


def to(offer: Offer, rule: Rule) -> None:
    """Take the offer along its row."""
    offer.state, offer.due_at, offer.pay_by = rule.leads_to, None, None
    offer.save(update_fields=["state", "due_at", "pay_by"])


def price(offer: Offer) -> Money:
    return Money(amount=offer.price, currency=offer.currency)

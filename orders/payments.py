"""The host's word about a payment of an offer (protocol.md §10): once, whatever arrives twice, late or in any order.

Must never decide by a state or a role: the ORDER and OFFER tables do. What is refused moved nothing here; the host
took the money, and the refusal says how much to give back (docs/decisions/0013-host-payment.md).
"""

import logging
from typing import Any

from chat import queries
from chat.acts import Act
from chat.entries import stamp
from chat.identity import HOST
from chat.refusals import Refused
from chat.rules import Rule
from chat.text import TITLE, fit
from orders import deadlines, purchases
from orders.commands import OfferPayment
from orders.models import Offer, Order, Payment
from orders.process import OFFER, ORDER
from orders.road import take_word

logger = logging.getLogger(__name__)
PAID = "paid"


def settle(order: str, word: OfferPayment) -> dict[str, Any]:
    """Confirm or fail a payment; {offer, status, order?, thread?}, the order bought where it was paid.

    Raises Refused not_found, or for money that bought nothing not_allowed, order_ended, offer_not_open with
    {offer_state, refund}.
    """
    reference = fit(word.reference, "reference", TITLE)
    thread = Order.objects.filter(pk=order).values_list("thread", flat=True).first()
    if thread is None:
        raise Refused("not_found")

    def handle(act: Act, order: Order) -> dict[str, Any]:
        offer = Offer.objects.select_related("bought").filter(order=order, pk=word.offer).first()
        if offer is None:
            raise Refused("not_found")
        heard = Payment.objects.filter(offer=offer, reference=reference).first()
        if heard is not None and heard.status == word.status:
            return _again(act, order, offer, heard)
        said = (_paid if word.status == PAID else _failed)(act, order, offer)
        seq = None if act.own is None else act.own.seq
        kept = {"status": word.status, "seq": seq, "at": act.now}
        Payment.objects.update_or_create(offer=offer, reference=reference, defaults=kept)
        return said

    return take_word(HOST, thread, handle)


def _paid(act: Act, order: Order, offer: Offer) -> dict[str, Any]:
    try:
        rule = _row(act, order, offer, "offer.pay")
    except Refused as refused:
        # The host can give the money back only if it learns of it: beside the answer, the log says so, too.
        logger.warning("a payment of offer %s bought nothing (%s, %s)", offer.id, refused.code, offer.state)
        refused.info |= {"offer_state": offer.state, "refund": purchases.price(offer).model_dump()}
        raise
    return _bought(offer, purchases.complete(act, order, offer, rule))


def _failed(act: Act, order: Order, offer: Offer) -> dict[str, Any]:
    rule = _row(act, order, offer, "offer.fail")
    if rule.to is not None:
        purchases.reopen(act, offer, rule, "failed")
    return {"offer": offer.id, "status": "failed"}


def _row(act: Act, order: Order, offer: Offer, action: str) -> Rule:
    act.check(ORDER, action, deadlines.situation(order, act.now))
    return act.check(OFFER, action, offer.state)


def _again(act: Act, order: Order, offer: Offer, heard: Payment) -> dict[str, Any]:
    """The first answer once more."""
    said: dict[str, Any] = {"offer": offer.id, "status": heard.status}
    if heard.status == PAID:
        said = _bought(offer, offer.bought or order)
    if heard.seq is None:
        return {**said, "at": stamp(heard.at), "duplicate": True}
    first = queries.record_at(act.thread, heard.seq)
    return {**said, "seq": first.seq, "entry": first.entry, "at": stamp(first.at), "duplicate": True}


def _bought(offer: Offer, order: Order) -> dict[str, Any]:
    return {"offer": offer.id, "status": PAID, "order": order.id, "thread": order.thread_id}

"""Offers, as the log tells of them."""

from chat.announce import Record
from orders.models import Offer
from orders.past import Past, Tells, exactly
from orders.process import OfferState


def _offered(told: Past, record: Record) -> None:
    body = record.body
    told.offers[body["offer"]] = Offer(
        id=body["offer"],
        order=told.order,
        number=body["number"],
        title=body["title"],
        description=body["description"],
        price=body["price"]["amount"],
        currency=body["price"]["currency"],
        delivery_days=body["delivery_days"],
        revisions=body["revisions"],
        made_at=record.at,
        expires_at=exactly(body["expires_at"], record.at),
        state=OfferState.OPEN,
    )


def _offer(state: OfferState) -> Tells:
    def moved(told: Past, record: Record) -> None:
        offer, pay_by = told.offers[record.body["offer"]], record.body.get("pay_by")
        offer.state = state
        offer.pay_by = None if pay_by is None else exactly(pay_by, record.at)

    return moved


TELLS: dict[str, Tells] = {
    "offer.made": _offered,
    "offer.accepted": _offer(OfferState.ACCEPTED),
    "offer.awaiting": _offer(OfferState.AWAITING_PAYMENT),
    "offer.reopened": _offer(OfferState.OPEN),
    "offer.declined": _offer(OfferState.DECLINED),
    "offer.withdrawn": _offer(OfferState.WITHDRAWN),
    "offer.expired": _offer(OfferState.EXPIRED),
    "offer.voided": _offer(OfferState.VOID),
}

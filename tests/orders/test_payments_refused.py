"""Money that the host took and that buys nothing: it is told, with what to give back (docs/decisions/0013-host-payment.md)."""

from collections.abc import Iterator

import pytest

from tests.market import Deal, balances, instant, passes, until
from tests.orders.paying import awaiting, by_the_host, refused, says

PRICE = {"amount": 2000, "currency": "EUR"}


@pytest.fixture(autouse=True)
def host() -> Iterator[None]:
    with by_the_host():
        yield


def escrow(deal: Deal) -> int:
    return balances(deal.order)["escrow"]


def test_a_second_payment_of_the_same_offer_has_to_be_given_back(deal: Deal) -> None:
    offer = awaiting(deal)
    says(deal, offer)
    refusal = refused(deal, offer, "paid", "pay-8")
    told = {"state": "pending", "offer_state": "accepted", "refund": PRICE}
    assert (refusal.code, refusal.info) == ("offer_not_open", told)
    assert escrow(deal) == 7000


@pytest.mark.parametrize("ended", ["declined", "withdrawn", "expired", "void"])
def test_money_for_an_offer_that_has_ended_has_to_be_given_back(deal: Deal, ended: str) -> None:
    deal.to("cancelled")
    offer = awaiting(deal)
    if ended == "void":
        deal.kim.does("thread.leave")
        assert deal.kinds()[-3] == "offer.voided"
    else:
        passes(minutes=15)
        if ended == "declined":
            deal.kim.does("offer.decline", offer=offer)
        elif ended == "withdrawn":
            deal.sam.does("offer.withdraw", offer=offer)
        else:
            passes(days=8)
    refusal = refused(deal, offer)
    told = {"state": "cancelled", "offer_state": ended, "refund": PRICE}
    assert (refusal.code, refusal.info, refusal.kind.executed) == ("offer_not_open", told, "no")
    assert deal.seen()["next"] == []
    assert refused(deal, offer, "failed").code == "offer_not_open"


@pytest.mark.parametrize(("state", "code"), [("delivered", "not_allowed"), ("expired", "order_ended")])
def test_money_that_comes_when_the_order_takes_no_more_has_to_be_given_back(deal: Deal, state: str, code: str) -> None:
    deal.to("in_progress")
    offer = awaiting(deal, expires_in_s=90 * 86400)
    if state == "delivered":
        deal.sam.does("order.deliver")
    else:
        until(instant(deal.seen()["deadlines"]["expires_at"]))
    refusal = refused(deal, offer)
    assert (refusal.code, refusal.info["state"], refusal.info["refund"]) == (code, state, PRICE)


def test_the_host_names_an_offer_of_that_order(deal: Deal) -> None:
    other = deal.again()
    offer = awaiting(other)
    assert refused(deal, offer).code == "not_found"
    assert refused(deal, "no-such-offer").code == "not_found"
    deal.order = "no-such-order"
    assert refused(deal, offer).code == "not_found"
    deal.order = other.order
    assert says(deal, offer)["status"] == "paid"
    deal.thread = other.thread


@pytest.mark.parametrize("reference", ["", "pay\0", " "])
def test_a_payment_has_a_name(deal: Deal, reference: str) -> None:
    offer = awaiting(deal)
    assert (refused(deal, offer, "paid", reference).code, escrow(deal)) == ("text_invalid", 5000)
    assert refused(deal, offer, "paid", "x" * 201).code == "too_large"

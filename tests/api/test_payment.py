"""The host says over HTTP what became of a payment (protocol.md §10)."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.api.conftest import MarketAt
from tests.api.market import PRICE, Market, bearer, problem
from tests.services.server import Server

BANNER = {"title": "A banner", "price": PRICE, "delivery_days": 2}


@pytest.fixture
def paid_outside(start_server: Callable[..., Server], market_at: MarketAt) -> Market:
    return market_at(start_server(PAYMENT="host"))


def says(market: Market, order: str, headers: dict[str, str] | None = None, **word: Any) -> httpx2.Response:
    path = f"/api/v1/orders/{order}/payment"
    return market.http.post(path, headers=headers or market.host, json=word)


def test_the_host_confirms_a_payment_once_and_is_told_what_to_give_back(paid_outside: Market) -> None:
    market, placed = paid_outside, paid_outside.place()
    order, thread = placed["order"], placed["thread"]
    offer = market.command(market.sam, thread, "offer.make", **BANNER).json()["offer"]
    accepted = market.command(market.kim, thread, "offer.accept", offer=offer).json()
    assert (accepted["payment"], accepted["thread"]) == ("awaiting", thread)
    first = says(market, order, offer=offer, reference="pay-7", status="paid")
    assert (first.status_code, first.json()["order"], first.json()["duplicate"]) == (200, order, False)
    again = says(market, order, offer=offer, reference="pay-7", status="paid")
    assert again.json() == first.json() | {"duplicate": True}
    other = problem(says(market, order, offer=offer, reference="pay-8", status="paid"), 409, "offer_not_open")
    assert other["info"] == {"state": "pending", "offer_state": "accepted", "refund": PRICE}
    seen = market.http.get(f"/api/v1/orders/{order}", headers=market.host).json()["order"]
    assert seen["price"]["amount"] == 10000
    # Nobody but the host can say so, and the host says it plainly.
    word = {"offer": offer, "reference": "pay-7", "status": "paid"}
    problem(says(market, order, bearer(market.tokens[market.kim]), **word), 403, "wrong_role")
    problem(says(market, order, {"Authorization": "Bearer sk_nobody"}, **word), 401, "unauthenticated")
    for field, wrong in (("offer", None), ("reference", 7), ("status", "maybe")):
        problem(says(market, order, **word | {field: wrong}), 400, "bad_request", field)
    problem(says(market, order, **word | {"reference": ""}), 422, "text_invalid", "reference")
    problem(says(market, "no-such-order", **word), 404, "not_found")


def test_a_payment_setting_that_is_none_refuses_to_start(start_server: Callable[..., Server]) -> None:
    with pytest.raises(Exception, match="PAYMENT"):
        start_server(PAYMENT="cheque")

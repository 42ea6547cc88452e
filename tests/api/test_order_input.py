"""An order that the host words wrongly is refused by the field's name, and nothing is placed (protocol.md §10)."""

from typing import Any

import pytest

from tests.api.market import PRICE, Market, new_id, problem

ORDER: dict[str, Any] = {
    "buyer": "kim", "seller": "sam", "title": "A logo", "price": PRICE, "delivery_days": 3,
    "payment_reference": "pay-1",
}  # fmt: skip


@pytest.mark.parametrize("field", ORDER)
def test_an_order_without_a_field_names_it(market: Market, field: str) -> None:
    body = {name: value for name, value in ORDER.items() if name != field}
    headers = market.host | {"Idempotency-Key": new_id()}
    problem(market.http.post("/api/v1/orders", headers=headers, json=body), 400, "bad_request", field)


@pytest.mark.parametrize(
    ("changed", "status", "code", "field"),
    [
        ({"buyer": ""}, 400, "bad_request", "buyer"),
        ({"buyer": "k" * 65}, 400, "bad_request", "buyer"),
        ({"buyer": "kim\u0000"}, 400, "bad_request", "buyer"),
        ({"buyer": 7}, 400, "bad_request", "buyer"),
        ({"seller": "same"}, 400, "bad_request", "seller"),
        ({"price": 5000}, 400, "bad_request", "price"),
        ({"price": {"amount": 0, "currency": "EUR"}}, 400, "bad_request", "price.amount"),
        ({"price": {"amount": -1, "currency": "EUR"}}, 400, "bad_request", "price.amount"),
        ({"price": {"amount": 49.99, "currency": "EUR"}}, 400, "bad_request", "price.amount"),
        ({"price": {"amount": "5000", "currency": "EUR"}}, 400, "bad_request", "price.amount"),
        ({"price": {"amount": 5000, "currency": "euro"}}, 400, "bad_request", "price.currency"),
        ({"price": {"amount": 5000}}, 400, "bad_request", "price.currency"),
        ({"delivery_days": 0}, 400, "bad_request", "delivery_days"),
        ({"delivery_days": True}, 400, "bad_request", "delivery_days"),
        ({"delivery_days": 10**15}, 400, "bad_request", "delivery_days"),
        ({"title": ""}, 422, "text_invalid", "title"),
        ({"title": "A\u0000logo"}, 422, "text_invalid", "title"),
        ({"title": "x" * 201}, 413, "too_large", "title"),
        ({"previous": "an order that is not there"}, 400, "bad_request", "previous"),
        ({"previous": "not-there"}, 404, "not_found", None),
    ],
)
def test_an_order_with_a_wrong_field_names_it(
    market: Market, changed: dict[str, Any], status: int, code: str, field: str | None
) -> None:
    if changed.get("seller") == "same":
        changed = {"seller": market.kim}
    problem(market.post_order(**changed), status, code, field)
    assert market.get(market.kim, "threads").json()["rows"] == []


@pytest.mark.parametrize("key", [None, "", "k" * 256, "a key"])
def test_an_order_needs_an_idempotency_key(market: Market, key: str | None) -> None:
    headers = market.host | ({} if key is None else {"Idempotency-Key": key})
    said = market.http.post("/api/v1/orders", headers=headers, json=ORDER)
    problem(said, 400, "bad_request", "Idempotency-Key")

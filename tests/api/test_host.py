"""What the marketplace's backend does: people, tokens, orders, wallets, the clock (protocol.md §10)."""

import threading
from collections.abc import Callable
from typing import Any

import jwt
import pytest

from tests.api.conftest import MarketAt
from tests.api.market import PRICE, Market, bearer, new_id, problem, somebody
from tests.services.server import Server
from tests.stack import JWT_SECRET


def test_a_person_is_put_and_put_again(market: Market) -> None:
    user = somebody("pat")
    first = market.put(user, name="Pat", locale="de-CH")
    assert first.json() == {"user": user, "name": "Pat", "email": f"{user}@example.com", "locale": "de-CH"}
    second = market.put(user, name="Patricia", role="moderator")
    assert second.json()["role"] == "moderator"
    assert "locale" not in second.json()


def test_a_token_of_ours_carries_the_stored_name_and_role(market: Market) -> None:
    market.put(market.mia, name="Mia", role="moderator")
    said = market.http.post(f"/api/v1/users/{market.mia}/tokens", headers=market.host, json={"lifetime_s": 60}).json()
    assert said["expires_in"] == 60
    claims = jwt.decode(said["token"], JWT_SECRET, algorithms=["HS256"], audience="order-threads")
    assert (claims["sub"], claims["name"], claims["role"]) == (market.mia, "Mia", "moderator")
    assert claims["exp"] - claims["iat"] == 60
    kim = jwt.decode(market.token(market.kim), JWT_SECRET, algorithms=["HS256"], audience="order-threads")
    assert "role" not in kim
    assert kim["exp"] - kim["iat"] == 900


def test_an_order_is_placed_and_seen(market: Market) -> None:
    placed = market.place()
    assert (placed["state"], placed["version"]) == ("pending", 1)
    seen = market.http.get(f"/api/v1/orders/{placed['order']}", headers=market.host).json()
    assert seen["thread"] == placed["thread"]
    order = seen["order"]
    assert (order["order"], order["title"], order["state"]) == (placed["order"], "A logo", "pending")
    assert (order["price"], order["late"], order["next"]) == (PRICE, False, [])
    assert set(order["deadlines"]) == {"start_by", "expires_at"}


def test_the_same_key_places_one_order_whatever_the_order_of_fields(market: Market) -> None:
    key = "order/4711:retry"
    key += new_id()
    first = market.post_order(key)
    again = market.post_order(key, unknown_field=1)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["duplicate"] is False
    assert again.json() == first.json() | {"duplicate": True}
    problem(market.post_order(key, title="Another logo"), 422, "id_reused")
    assert len(market.get(market.kim, "threads").json()["rows"]) == 1


def test_ten_copies_at_once_place_one_order(market: Market) -> None:
    key, said = new_id(), []

    def post() -> None:
        said.append(market.post_order(key))

    posts = [threading.Thread(target=post) for _ in range(10)]
    for each in posts:
        each.start()
    for each in posts:
        each.join()
    assert {each.status_code for each in said} == {200}
    assert len({each.json()["order"] for each in said}) == 1
    assert sorted(each.json()["duplicate"] for each in said) == [False] + [True] * 9
    assert len(market.get(market.kim, "threads").json()["rows"]) == 1


def test_a_follow_up_order_names_the_one_before(market: Market) -> None:
    first = market.place()
    second = market.post_order(previous=first["order"]).json()
    seen = market.http.get(f"/api/v1/orders/{first['order']}", headers=market.host).json()
    assert seen["order"]["next"] == [{"order": second["order"], "thread": second["thread"]}]


def close_an_order(market: Market) -> dict[str, Any]:
    placed = market.place()
    thread, version = placed["thread"], 1
    steps: list[tuple[str, str, dict[str, Any]]] = [
        (market.sam, "order.start", {}),
        (market.sam, "order.deliver", {"note": "Here it is."}),
        (market.kim, "order.close", {}),
    ]
    for user, kind, fields in steps:
        said = market.command(user, thread, kind, expect=version, **fields)
        assert said.status_code == 200, said.text
        version = said.json()["order_version"]
    return placed


def test_sam_s_wallet_holds_what_he_earned(market: Market) -> None:
    path = f"/api/v1/users/{market.sam}/wallet"
    assert market.http.get(path, headers=market.host).json() == {"balances": [], "postings": []}
    placed = close_an_order(market)
    wallet = market.http.get(path, headers=market.host).json()
    assert wallet["balances"] == [PRICE]
    assert [(p["order"], p["kind"], p["amount"]) for p in wallet["postings"]] == [(placed["order"], "released", PRICE)]


def test_the_clock_moves_trade_time_and_acts_on_what_is_due(
    start_server: Callable[..., Server], market_at: MarketAt
) -> None:
    market = market_at(start_server(fresh=True))
    placed = market.place()
    before = market.http.post("/api/v1/clock", headers=market.host, json={"advance_s": 0}).json()["now"]
    said = market.http.post("/api/v1/clock", headers=market.host, json={"advance_s": 48 * 3600 - 60})
    assert said.json()["now"] > before
    seen = f"/api/v1/orders/{placed['order']}"
    assert market.http.get(seen, headers=market.host).json()["order"]["state"] == "pending"
    market.http.post("/api/v1/clock", headers=market.host, json={"advance_s": 120})
    assert market.http.get(seen, headers=market.host).json()["order"]["state"] == "cancelled"
    # A token is real time's: five years of trade do not end it.
    market.http.post("/api/v1/clock", headers=market.host, json={"advance_s": 5 * 365 * 86400})
    assert market.get(market.kim, "threads").status_code == 200


def test_without_test_clock_there_is_no_clock(start_server: Callable[..., Server], market_at: MarketAt) -> None:
    market = market_at(start_server(TEST_CLOCK=""))
    said = market.http.post("/api/v1/clock", headers=market.host, json={"advance_s": 60})
    problem(said, 404, "not_found")


@pytest.mark.parametrize("seconds", [-1, 1.5, "60", None, 10**12])
def test_the_clock_goes_forward_in_whole_seconds(market: Market, seconds: object) -> None:
    said = market.http.post("/api/v1/clock", headers=market.host, json={"advance_s": seconds})
    problem(said, 400, "bad_request", "advance_s")


def test_a_suspended_person_still_learns_what_became_of_a_message(market: Market) -> None:
    thread, message = market.place()["thread"], new_id()
    path, headers = f"/api/v1/threads/{thread}/commands", bearer(market.tokens[market.kim])
    body = {"type": "message.send", "id": message, "text": "Hello"}
    first = market.http.post(path, headers=headers, json=body).json()
    suspend = f"/api/v1/users/{market.kim}/suspend"
    for _ in range(2):
        said = market.http.post(suspend, headers=market.host, json={"reason": "spam"})
        assert said.json() == {"user": market.kim, "suspended": True}
    assert market.http.post(path, headers=headers, json=body).json() == first | {"duplicate": True}
    problem(market.http.post(path, headers=headers, json=body | {"text": "Bye"}), 422, "id_reused")
    problem(market.http.post(path, headers=headers, json=body | {"id": new_id()}), 403, "suspended")
    for kind in ("thread.mute", "thread.archive"):
        problem(market.command(market.kim, thread, kind, on=True), 403, "suspended")
    problem(market.command(market.kim, thread, "thread.history"), 403, "suspended")

"""Every route and every credential: missing or wrong is 401, right but of the wrong kind 403 (protocol.md §10)."""

import time
from typing import Any
from urllib.parse import urlencode

import httpx2
import jwt
import pytest

from tests.api.market import Market, bearer, new_id, problem
from tests.notices.browser import PushBrowser
from tests.stack import JWT_SECRET, SERVICE_KEY

HOST = "service key"
USER = "user token"
STAFF = "a moderator's token"

# What the OpenAPI document lists, and whose it is.
ROUTES = {
    "PUT /api/v1/users/{user}": HOST,
    "POST /api/v1/users/{user}/tokens": HOST,
    "GET /api/v1/users/{user}/wallet": HOST,
    "GET /api/v1/users/{user}/statistics": HOST,
    "POST /api/v1/users/{user}/suspend": HOST,
    "POST /api/v1/users/{user}/reinstate": HOST,
    "POST /api/v1/orders": HOST,
    "GET /api/v1/orders/{order}": HOST,
    "POST /api/v1/orders/{order}/payment": HOST,
    "GET /api/v1/can": HOST,
    "POST /api/v1/can": HOST,
    "POST /api/v1/clock": HOST,
    "GET /api/v1/threads/{thread}/transcript": HOST,
    "GET /api/v1/threads/{thread}/evidence": HOST,
    "GET /api/v1/threads/{thread}/replay": STAFF,
    "POST /api/v1/threads/{thread}/commands": USER,
    "GET /api/v1/threads/{thread}/entries": USER,
    "GET /api/v1/threads/{thread}/snapshot": USER,
    "GET /api/v1/threads": USER,
    "POST /api/v1/tickets": USER,
    "GET /api/v1/push-subscriptions": USER,
    "POST /api/v1/push-subscriptions": USER,
    "DELETE /api/v1/push-subscriptions/{subscription}": USER,
}

# What everybody may know.
OPEN = {"GET /api/v1/evidence-key"}

BROWSER = {"kind": "web", "endpoint": "https://push.example/kim", "keys": PushBrowser().keys}

BODIES: dict[str, Any] = {
    "PUT /api/v1/users/{user}": {"name": "Pat", "email": "pat@example.com"},
    "POST /api/v1/users/{user}/suspend": {"reason": "a test"},
    "POST /api/v1/users/{user}/reinstate": {"reason": "a test"},
    "POST /api/v1/clock": {"advance_s": 0},
    "POST /api/v1/push-subscriptions": BROWSER,
}


def knock(market: Market, route: str, headers: dict[Any, Any]) -> httpx2.Response:
    method, path = route.split(" ")
    placed = market.place()
    subscription = subscribed(market) if method == "DELETE" else ""
    path = path.format(user=market.odd, subscription=subscription, **placed)
    body = BODIES.get(route)
    if route.endswith("/commands"):
        body = {"type": "message.send", "id": new_id(), "text": "Hello"}
    question = {"user": market.kim, "thread": placed["thread"], "command": "message.send"}
    if route.endswith("/replay"):
        path += "?seq=1"
    if route == "GET /api/v1/can":
        path += f"?{urlencode(question)}"
    if route == "POST /api/v1/can":
        body = {"asked": [question]}
    if route.endswith("/payment"):
        banner = {"title": "A banner", "price": {"amount": 1, "currency": "EUR"}, "delivery_days": 1}
        made = market.command(market.sam, placed["thread"], "offer.make", **banner).json()
        body = {"offer": made["offer"], "reference": "pay-1", "status": "paid"}
    if route.endswith("/orders"):
        body = {"buyer": market.kim, "seller": market.sam, "title": "A logo", "delivery_days": 3}
        body |= {"price": {"amount": 1, "currency": "EUR"}, "payment_reference": "pay"}
        headers = headers | {"Idempotency-Key": new_id()}
    return market.http.request(method, path, headers=headers, json=body)


def subscribed(market: Market) -> str:
    """A browser of kim's."""
    said = market.http.post("/api/v1/push-subscriptions", headers=bearer(market.tokens[market.kim]), json=BROWSER)
    subscription: str = said.json()["subscription"]
    return subscription


def test_no_route_is_missing_here(market: Market) -> None:
    listed = market.http.get("/api/openapi.json").json()["paths"]
    assert {f"{method.upper()} {path}" for path in listed for method in listed[path]} == set(ROUTES) | OPEN


@pytest.mark.parametrize("route", ROUTES)
def test_nobody_gets_in_without_a_credential(market: Market, route: str) -> None:
    problem(knock(market, route, {}), 401, "unauthenticated")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    "header",
    [b"", b"Bearer", b"Bearer \t.", b"Bearer x", b"Bearer sk_no", b"Bearer a.b.c", b"Basic a2ltOg==", b"bearer \xff"],
)
def test_nobody_gets_in_with_a_wrong_credential(market: Market, route: str, header: bytes) -> None:
    problem(knock(market, route, {b"Authorization": header}), 401, "unauthenticated")


@pytest.mark.parametrize("route", ROUTES)
def test_kim_gets_in_where_users_do(market: Market, route: str) -> None:
    said = knock(market, route, bearer(market.tokens[market.kim]))
    if ROUTES[route] == USER:
        assert said.is_success, said.text
    else:
        problem(said, 403, "wrong_role")


@pytest.mark.parametrize("route", ROUTES)
def test_the_host_gets_in_where_hosts_do(market: Market, route: str) -> None:
    said = knock(market, route, bearer(SERVICE_KEY))
    if ROUTES[route] == HOST:
        assert said.status_code == 200, said.text
    else:
        problem(said, 403, "wrong_role")


@pytest.mark.parametrize("route", ROUTES)
def test_an_expired_token_is_called_expired_everywhere(market: Market, route: str) -> None:
    claims = {"sub": market.kim, "exp": int(time.time()) - 5, "iss": "order-threads", "aud": "order-threads"}
    token = jwt.encode(claims, JWT_SECRET, algorithm="HS256")
    said = problem(knock(market, route, bearer(token)), 401, "auth_expired")
    assert said["retry"] == "reauth"


@pytest.mark.parametrize("route", ROUTES)
def test_a_foreign_origin_is_refused_whatever_it_brings(market: Market, route: str) -> None:
    for credential in (SERVICE_KEY, market.tokens[market.kim]):
        headers = bearer(credential) | {"Origin": "https://evil.example"}
        problem(knock(market, route, headers), 403, "unauthenticated")


@pytest.mark.parametrize("route", [route for route, kind in ROUTES.items() if kind == USER])
def test_odd_is_suspended_and_gets_in_nowhere(market: Market, route: str) -> None:
    token = market.tokens[market.odd]
    suspend = f"/api/v1/users/{market.odd}/suspend"
    assert market.http.post(suspend, headers=market.host, json={"reason": "spam"}).status_code == 200
    expected = ("not_found", 404) if route.endswith("/commands") else ("suspended", 403)
    problem(knock(market, route, bearer(token)), expected[1], expected[0])
    back = suspend.replace("suspend", "reinstate")
    assert market.http.post(back, headers=market.host, json={"reason": "appeal"}).status_code == 200
    assert market.http.get("/api/v1/threads", headers=bearer(token)).status_code == 200


@pytest.mark.parametrize("who", ["odd", "mia"])
@pytest.mark.parametrize("what", ["entries", "snapshot", "commands"])
def test_outsiders_see_no_thread(market: Market, who: str, what: str) -> None:
    thread = market.place()["thread"]
    user = getattr(market, who)
    expected = ("not_found", 404) if who == "odd" else ("reason_required", 403)
    if what == "commands":
        said = market.command(user, thread, "message.send", text="Hello")
    else:
        said = market.get(user, f"threads/{thread}/{what}")
    problem(said, expected[1], expected[0])


def test_an_absent_thread_and_another_s_are_told_with_the_same_bytes(market: Market) -> None:
    thread = market.place()["thread"]
    for what in ("entries", "snapshot"):
        theirs = market.get(market.odd, f"threads/{thread}/{what}")
        absent = market.get(market.odd, f"threads/{new_id()}/{what}")
        assert theirs.content == absent.content
        assert theirs.status_code == absent.status_code == 404

"""`/api/v1/push-subscriptions`: who may have notices sent where."""

from typing import Any

import pytest

from tests.api.market import Market, bearer, problem, somebody
from tests.notices.browser import PushBrowser, b64, unb64
from tests.stack import SERVICE_KEY

PATH = "/api/v1/push-subscriptions"


def browser(**changed: Any) -> dict[str, Any]:
    return {"kind": "web", "endpoint": f"https://push.example/{somebody('x')}", "keys": PushBrowser().keys} | changed


def test_kim_subscribes_sees_and_ends_her_browser(market: Market) -> None:
    kim = bearer(market.tokens[market.kim])
    wanted = browser(expirationTime=None)
    made = market.http.post(PATH, headers=kim, json=wanted)
    assert made.status_code == 200, made.text
    assert set(made.json()) == {"subscription", "kind", "at"}
    again = market.http.post(PATH, headers=kim, json=wanted)
    assert again.json()["subscription"] == made.json()["subscription"]
    seen = market.get(market.kim, "push-subscriptions").json()
    assert [each["subscription"] for each in seen["subscriptions"]] == [made.json()["subscription"]]
    assert len(unb64(seen["web_push_key"])) == 65
    assert "push.example" not in str(seen)
    ended = market.http.delete(f"{PATH}/{made.json()['subscription']}", headers=kim)
    assert (ended.status_code, ended.content) == (204, b"")
    assert market.get(market.kim, "push-subscriptions").json()["subscriptions"] == []


def test_nobody_ends_another_s_subscription(market: Market) -> None:
    made = market.http.post(PATH, headers=bearer(market.tokens[market.kim]), json=browser()).json()
    odd = bearer(market.tokens[market.odd])
    problem(market.http.delete(f"{PATH}/{made['subscription']}", headers=odd), 404, "not_found")
    problem(market.http.delete(f"{PATH}/nothing", headers=odd), 404, "not_found")
    assert len(market.get(market.kim, "push-subscriptions").json()["subscriptions"]) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"endpoint": "http://push.example/x"}, "endpoint"),
        ({"endpoint": "https://127.0.0.1/x"}, "endpoint"),
        ({"endpoint": "https://169.254.169.254/latest"}, "endpoint"),
        ({"endpoint": "https://localhost/x"}, "endpoint"),
        ({"endpoint": 7}, "endpoint"),
        ({"keys": {"p256dh": "AAAA", "auth": b64(b"x" * 16)}}, "keys.p256dh"),
        ({"keys": {"p256dh": b64(b"\x04" + b"\x01" * 64), "auth": b64(b"x" * 16)}}, "keys.p256dh"),
        ({"keys": {**PushBrowser().keys, "auth": "AAAA"}}, "keys.auth"),
        ({"keys": {}}, "keys.p256dh"),
    ],
)
def test_a_subscription_that_could_not_work_is_refused(market: Market, changed: dict[str, Any], field: str) -> None:
    kim = bearer(market.tokens[market.kim])
    said = problem(market.http.post(PATH, headers=kim, json=browser(**changed)), 400, "bad_request", field)
    assert "example" not in said["detail"]
    assert market.http.post(PATH, headers=kim, json=browser()).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "kind"),
        ({"kind": "sms", "token": "x"}, "kind"),
        ({"kind": "fcm", "token": "not a token"}, "token"),
        ({"kind": "apns", "token": "xyz"}, "token"),
        ({"kind": "fcm", "token": "a" * 40}, "kind"),
        ({"kind": "apns", "token": "ab" * 32}, "kind"),
    ],
)
def test_what_is_no_device_that_this_server_reaches_is_refused(
    market: Market, body: dict[str, Any], field: str
) -> None:
    problem(market.http.post(PATH, headers=bearer(market.tokens[market.kim]), json=body), 400, "bad_request", field)


def test_subscribing_takes_a_user_s_token(market: Market) -> None:
    problem(market.http.post(PATH, json=browser()), 401, "unauthenticated")
    problem(market.http.post(PATH, headers=bearer(SERVICE_KEY), json=browser()), 403, "wrong_role")
    market.http.post(f"/api/v1/users/{market.odd}/suspend", headers=market.host, json={"reason": "a test"})
    problem(market.http.post(PATH, headers=bearer(market.tokens[market.odd]), json=browser()), 403, "suspended")

"""Whatever a client does wrong over HTTP comes back in one shape, and nothing is written (protocol.md §8)."""

import json
from typing import Any

import pytest

from tests.api.market import Market, bearer, new_id, problem

NOT_ONE_OBJECT = {
    "empty": b"",
    "not JSON": b"{",
    "a list": b"[]",
    "a string": b'"message.send"',
    "two objects": b"{} {}",
    "a duplicate key": b'{"type":"message.send","type":"thread.leave"}',
    "NaN": b'{"n":NaN}',
    "Infinity": b'{"n":-Infinity}',
    "a huge float": b'{"n":1e999}',
    "an integer beyond 2^53": b'{"n":9007199254740993}',
    "too deep": b'{"a":' * 9 + b"1" + b"}" * 9,
    "very deep": b"[" * 30_000,
    "not UTF-8": b'{"text":"\xff"}',
    "a byte order mark": b"\xef\xbb\xbf{}",
}


@pytest.mark.parametrize("what", NOT_ONE_OBJECT)
def test_a_body_that_is_not_one_object_is_a_bad_frame(market: Market, what: str) -> None:
    thread, body = market.place()["thread"], NOT_ONE_OBJECT[what]
    path, headers = f"/api/v1/threads/{thread}/commands", bearer(market.tokens[market.kim])
    problem(market.http.post(path, headers=headers, content=body), 400, "bad_frame")
    if body:
        headers = market.host | {"Idempotency-Key": new_id()}
        problem(market.http.post("/api/v1/orders", headers=headers, content=body), 400, "bad_frame")


def test_a_body_beyond_a_frame_is_too_large(market: Market) -> None:
    thread = market.place()["thread"]
    for length in (40_000, 3_000_000):
        said = market.command(market.kim, thread, "message.send", text="x" * length)
        problem(said, 413, "too_large")
        body = json.dumps({"name": "x" * length, "email": "a@b"})
        said = market.http.put(f"/api/v1/users/{market.kim}", headers=market.host, content=body)
        problem(said, 413, "too_large")


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({}, "bad_request", "type"),
        ({"type": 7}, "bad_request", "type"),
        ({"type": "message.sing"}, "unknown_type", None),
        ({"type": "hello", "token": "x"}, "unknown_type", None),
        ({"type": "thread.subscribe", "id": new_id()}, "unknown_type", None),
        ({"type": "auth.refresh", "id": new_id(), "token": "x"}, "unknown_type", None),
        ({"type": "thread.typing", "on": True}, "unknown_type", None),
        ({"type": "message.send", "text": "Hello"}, "bad_request", "id"),
        ({"type": "message.send", "text": "Hello", "id": "seven"}, "bad_request", "id"),
        ({"type": "message.send", "id": new_id()}, "bad_request", "text"),
        ({"type": "message.send", "id": new_id(), "text": 7}, "bad_request", "text"),
        (
            {"type": "message.send", "id": new_id(), "text": "Hello", "thread": "other"},
            "bad_request",
            "thread",
        ),
        ({"type": "message.send", "id": new_id(), "text": "Hello", "thread": None}, "bad_request", "thread"),
        ({"type": "order.start", "id": new_id()}, "bad_request", "expect"),
        ({"type": "thread.leave", "id": new_id(), "confirm": False}, "bad_request", "confirm"),
    ],
)
def test_a_command_with_a_wrong_field_names_it(
    market: Market, fields: dict[str, Any], code: str, field: str | None
) -> None:
    thread = market.place()["thread"]
    path, headers = f"/api/v1/threads/{thread}/commands", bearer(market.tokens[market.kim])
    said = problem(market.http.post(path, headers=headers, json=fields), 400, code, field)
    assert (said["executed"], said["retry"]) == ("no", "fix")
    assert market.get(market.kim, f"threads/{thread}/entries").json()["head"] == 2


@pytest.mark.parametrize(
    ("changed", "status", "code", "field"),
    [
        ({"name": None}, 400, "bad_request", "name"),
        ({"name": ""}, 422, "text_invalid", "name"),
        ({"name": "x" * 201}, 413, "too_large", "name"),
        ({"email": "not an address"}, 400, "bad_request", "email"),
        ({"email": "a@b\r\nBcc: c@d"}, 400, "bad_request", "email"),
        ({"locale": "!"}, 400, "bad_request", "locale"),
        ({"role": "admin"}, 400, "bad_request", "role"),
    ],
)
def test_a_person_with_a_wrong_field_names_it(
    market: Market, changed: dict[str, Any], status: int, code: str, field: str
) -> None:
    problem(market.put(market.kim, **changed), status, code, field)


@pytest.mark.parametrize("lifetime", [0, -1, 901, "60", 1.5, None])
def test_a_token_lives_15_minutes_at_most(market: Market, lifetime: object) -> None:
    path = f"/api/v1/users/{market.kim}/tokens"
    said = market.http.post(path, headers=market.host, json={"lifetime_s": lifetime})
    problem(said, 400, "bad_request", "lifetime_s")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": "all"}, "limit"),
        ({"after": -1}, "after"),
        ({"after": 2**54}, "after"),
        ({"before": "x"}, "before"),
        ({"after": 1, "before": 2}, "before"),
    ],
)
def test_a_page_with_a_wrong_question_names_it(market: Market, query: dict[str, Any], field: str) -> None:
    thread = market.place()["thread"]
    problem(market.get(market.kim, f"threads/{thread}/entries", **query), 400, "bad_request", field)


def test_a_cursor_that_is_not_ours_is_refused(market: Market) -> None:
    for cursor in ("x", "AAAA", "é", "eA==", "x" * 201):
        problem(market.get(market.kim, "threads", cursor=cursor), 400, "bad_request", "cursor")


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v1/nothing",
        "/api/v1/users",
        "/api/v1/threads/a/b/c",
        "/api/v2/threads",
    ],
)
def test_an_address_that_is_not_there_is_not_found(market: Market, path: str) -> None:
    problem(market.http.get(path, headers=market.host), 404, "not_found")


@pytest.mark.parametrize("method", ["GET", "DELETE", "PATCH", "OPTIONS"])
def test_a_wrong_method_says_which_are_right(market: Market, method: str) -> None:
    said = market.http.request(method, "/api/v1/orders", headers=market.host)
    problem(said, 405, "bad_request")
    assert said.headers["allow"] == "POST"


@pytest.mark.parametrize("what", ["tokens", "suspend", "reinstate", "wallet"])
def test_a_person_who_is_not_there_is_not_found(market: Market, what: str) -> None:
    path = f"/api/v1/users/nobody-at-all/{what}"
    method, body = ("GET", None) if what == "wallet" else ("POST", {"reason": "a test"})
    problem(market.http.request(method, path, headers=market.host, json=body), 404, "not_found")


def test_an_order_that_is_not_there_is_not_found(market: Market) -> None:
    problem(market.http.get(f"/api/v1/orders/{new_id()}", headers=market.host), 404, "not_found")


def test_a_foreign_host_header_is_refused(market: Market) -> None:
    said = market.http.get("/api/v1/threads", headers={"Host": "evil.example"})
    assert said.status_code == 400

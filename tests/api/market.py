"""A marketplace as the tests play it: its people, its orders, and what it says over HTTP."""

import uuid
from typing import Any

import httpx2

from tests.habits import STAFF
from tests.stack import SERVICE_KEY

PRICE = {"amount": 5000, "currency": "EUR"}


def new_id() -> str:
    return str(uuid.uuid4())


def somebody(name: str) -> str:
    """A user of this test alone: all tests share one server."""
    return f"{name}-{uuid.uuid4().hex[:8]}"


def bearer(credential: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {credential}"}


NAMES = ("kim", "sam", "mia", "odd", "lea")


class Market:
    """Kim buys, sam sells, mia moderates, lea leads the moderators, odd is an outsider; each has a token."""

    def __init__(self, http: httpx2.Client) -> None:
        self.http = http
        self.host = bearer(SERVICE_KEY)
        people = self.kim, self.sam, self.mia, self.odd, self.lea = list(map(somebody, NAMES))
        for name, user in zip(NAMES, people, strict=True):
            self.put(user, **({"role": STAFF[name]} if name in STAFF else {}))
        self.tokens = {user: self.token(user) for user in people}

    def put(self, user: str, **changed: Any) -> httpx2.Response:
        body = {"name": user.title(), "email": f"{user}@example.com"} | changed
        return self.http.put(f"/api/v1/users/{user}", headers=self.host, json=body)

    def token(self, user: str) -> str:
        said = self.http.post(f"/api/v1/users/{user}/tokens", headers=self.host)
        assert said.status_code == 200, said.text
        token: str = said.json()["token"]
        return token

    def post_order(self, key: str | None = None, **changed: Any) -> httpx2.Response:
        body = {"buyer": self.kim, "seller": self.sam, "title": "A logo", "price": PRICE, "delivery_days": 3}
        body |= {"payment_reference": "pay-1"} | changed
        headers = self.host | {"Idempotency-Key": key or new_id()}
        return self.http.post("/api/v1/orders", headers=headers, json=body)

    def place(self) -> dict[str, Any]:
        said = self.post_order()
        assert said.status_code == 200, said.text
        placed: dict[str, Any] = said.json()
        return placed

    def command(self, user: str, thread: str, type: str, /, **fields: Any) -> httpx2.Response:
        body = {"type": type, "id": new_id(), **fields}
        return self.http.post(f"/api/v1/threads/{thread}/commands", headers=bearer(self.tokens[user]), json=body)

    def get(self, user: str, path: str, **query: Any) -> httpx2.Response:
        return self.http.get(f"/api/v1/{path}", headers=bearer(self.tokens[user]), params=query)


def problem(response: httpx2.Response, status: int, code: str, field: str | None = None) -> dict[str, Any]:
    """Hold a refusal against RFC 9457 and protocol.md §8; returns it."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    said: dict[str, Any] = response.json()
    assert (response.status_code, said["status"], said["code"]) == (status, status, code), said
    assert said["type"] == f"urn:order-threads:problem:{code}"
    assert said["title"]
    assert said["detail"]
    assert said["executed"] in ("no", "unknown")
    assert said["retry"] in ("never", "same", "fix", "reauth", "resync")
    assert said.get("field") == field, said
    assert set(said) <= {
        "type", "title", "status", "detail", "code", "executed", "retry", "field", "info", "after_ms",
    }, said  # fmt: skip
    if status == 401:
        assert response.headers["www-authenticate"] == "Bearer"
    if "after_ms" in said:
        assert int(response.headers["retry-after"]) * 1000 >= said["after_ms"]
    return said

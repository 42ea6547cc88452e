"""What the server has on record, to hold the page against: rights, looks, and orders of other people.

Must never read the database: only what any host could ask over HTTP.
"""

import uuid
from typing import Any

from tests.e2e.host import Host
from tests.stack import SERVICE_KEY


def snapshot(host: Host, who: str, thread: str) -> dict[str, Any]:
    said = host.http.get(f"/api/v1/threads/{thread}/snapshot", headers=host.token(who)).raise_for_status()
    seen: dict[str, Any] = said.json()
    return seen


def step(host: Host, who: str, thread: str, kind: str, **fields: Any) -> None:
    """A step of the order as it stands now, taken on a device that no test looks at."""
    host.does(who, thread, kind, expect=snapshot(host, who, thread)["order"]["version"], **fields)


def looks(host: Host, thread: str) -> list[tuple[str, str]]:
    """Which moderator looked into it, and for what reason."""
    headers = host.bearer(SERVICE_KEY)
    said = host.http.get(f"/api/v1/threads/{thread}/transcript", headers=headers).raise_for_status()
    return [(look["moderator"], look["reason"]) for look in said.json()["looks"]]


def place_for(host: Host, buyer: str, title: str) -> str:
    """Somebody else bought from sam. Returns the thread."""
    host.put(f"/users/{buyer}", {"name": buyer.title(), "email": f"{buyer}@example.com"})
    price = {"amount": 7_000, "currency": "EUR"}
    order = {"buyer": buyer, "seller": "sam", "title": title, "price": price, "delivery_days": 2}
    headers = host.bearer(SERVICE_KEY) | {"Idempotency-Key": uuid.uuid4().hex}
    said = host.http.post(
        "/api/v1/orders", json={**order, "payment_reference": "e2e"}, headers=headers
    ).raise_for_status()
    return str(said.json()["thread"])

"""The marketplace around the page: it places orders, and speaks for a person who sits at no browser.

Must never read the database: only what any host could say over HTTP.
"""

import uuid
from typing import Any

import httpx2

from tests.stack import SERVICE_KEY

PEOPLE: dict[str, dict[str, str]] = {
    "kim": {},
    "sam": {},
    "mia": {"role": "moderator"},
    "max": {"role": "moderator"},
    "lea": {"role": "lead"},
}


class Host:
    """Knows kim, sam and mia; every order is kim's from sam."""

    def __init__(self, http: httpx2.Client) -> None:
        self.http = http
        for who, more in PEOPLE.items():
            self.put(f"/users/{who}", {"name": who.title(), "email": f"{who}@example.com", **more})

    def put(self, path: str, body: dict[str, Any]) -> None:
        self.http.put(f"/api/v1{path}", json=body, headers=self.bearer(SERVICE_KEY)).raise_for_status()

    def place(self, title: str) -> str:
        """Kim paid sam for this. Returns the thread."""
        order = {
            "buyer": "kim",
            "seller": "sam",
            "title": title,
            "price": {"amount": 12_000, "currency": "EUR"},
            "delivery_days": 5,
            "payment_reference": "e2e",
        }
        headers = self.bearer(SERVICE_KEY) | {"Idempotency-Key": uuid.uuid4().hex}
        said = self.http.post("/api/v1/orders", json=order, headers=headers).raise_for_status()
        return str(said.json()["thread"])

    def does(self, who: str, thread: str, kind: str, **fields: Any) -> dict[str, Any]:
        """A command of that person's, through the API instead of a page. Returns its reply."""
        body = {"type": kind, "id": str(uuid.uuid4()), **fields}
        said = self.http.post(f"/api/v1/threads/{thread}/commands", json=body, headers=self.token(who))
        assert said.status_code == 200, said.text
        reply: dict[str, Any] = said.json()
        return reply

    def log(self, who: str, thread: str) -> list[dict[str, Any]]:
        said = self.http.get(f"/api/v1/threads/{thread}/entries", headers=self.token(who)).raise_for_status()
        entries: list[dict[str, Any]] = said.json()["entries"]
        return entries

    def texts(self, who: str, thread: str) -> list[str]:
        """What the log holds of what people wrote."""
        return [entry["text"] for entry in self.log(who, thread) if entry["kind"] == "message"]

    def reads_all(self, who: str, thread: str) -> None:
        self.does(who, thread, "thread.read", seq=self.log(who, thread)[-1]["seq"])

    def token(self, who: str) -> dict[str, str]:
        said = self.http.post(f"/api/v1/users/{who}/tokens", headers=self.bearer(SERVICE_KEY)).raise_for_status()
        return self.bearer(said.json()["token"])

    @staticmethod
    def bearer(credential: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {credential}"}

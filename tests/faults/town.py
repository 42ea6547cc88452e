"""The marketplace around the clients of a fault run: tokens, orders, HTTP as a second road, and the final log.

Must never hide what HTTP said: each exchange that is a command stands in the history like a frame of a socket.
"""

import asyncio
import time
import uuid
from collections.abc import Iterable
from itertools import count
from types import TracebackType
from typing import Any, Self

import httpx2

from tests.faults.checker import Final, History, Json
from tests.stack import SERVICE_KEY

HOST = {"Authorization": f"Bearer {SERVICE_KEY}"}
# Tokens live for 900 s.
RENEW_AFTER_S = 600
PRICE = {"amount": 5000, "currency": "EUR"}


def new_id() -> str:
    return str(uuid.uuid4())


class Town:
    """Kim buys, sam sells, mia moderates, odd is an outsider. One history for everybody in it."""

    def __init__(self, url: str, *, patience_s: float = 20) -> None:
        self.url = url
        self.history = History()
        self.threads: dict[str, tuple[str, str]] = {}
        self._tokens: dict[str, tuple[float, str]] = {}
        self._numbers = count(1)
        # A connection that a fault has broken must not be taken again.
        limits = httpx2.Limits(max_connections=100, max_keepalive_connections=0)
        self.http = httpx2.AsyncClient(base_url=url, timeout=patience_s, limits=limits)

    async def __aenter__(self) -> Self:
        self.kim, self.sam, self.mia, self.odd = [await self.somebody(name) for name in ("kim", "sam", "mia", "odd")]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None,
                        trace: TracebackType | None) -> None:  # fmt: skip
        await self.http.aclose()

    @property
    def ws_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/ws/v1"

    def by(self, port: int) -> str:
        """The socket's address by way of a proxy."""
        return f"ws://127.0.0.1:{port}/ws/v1"

    def line(self, kind: str) -> str:
        """A new name for a socket or an exchange."""
        return f"{kind}-{next(self._numbers)}"

    # People and orders.

    async def somebody(self, name: str) -> str:
        """A person of this run alone."""
        user = f"{name}-{uuid.uuid4().hex[:8]}"
        body: Json = {"name": name.title(), "email": f"{user}@example.com"}
        if name == "mia":
            body["role"] = "moderator"
        (await self.http.put(f"/api/v1/users/{user}", headers=HOST, json=body)).raise_for_status()
        return user

    async def token(self, user: str) -> str:
        made, token = self._tokens.get(user, (0.0, ""))
        if not token or time.monotonic() - made > RENEW_AFTER_S:
            said = await self.http.post(f"/api/v1/users/{user}/tokens", headers=HOST)
            said.raise_for_status()
            token = str(said.json()["token"])
            self._tokens[user] = time.monotonic(), token
        return token

    async def place(self, buyer: str = "", seller: str = "") -> str:
        """A new order's thread."""
        buyer, seller = buyer or self.kim, seller or self.sam
        body = {"buyer": buyer, "seller": seller, "title": "A logo", "price": PRICE, "delivery_days": 3}
        body["payment_reference"] = "pay-1"
        said = await self.http.post("/api/v1/orders", headers=HOST | {"Idempotency-Key": new_id()}, json=body)
        said.raise_for_status()
        thread = str(said.json()["thread"])
        self.threads[thread] = buyer, seller
        return thread

    # The second road.

    async def ask(self, user: str, frame: Json) -> Json | None:
        """One attempt over HTTP: an ok, an error as a frame, or None where nobody can tell."""
        line = self.line("http")
        headers = {"Authorization": f"Bearer {await self.token(user)}"}
        self.history.sent(line, user, frame)
        try:
            said = await self.http.post(f"/api/v1/threads/{frame['thread']}/commands", headers=headers, json=frame)
            answer: Any = said.json()
        except (httpx2.HTTPError, OSError, ValueError):
            self.history.closed(line, user)
            return None
        if said.status_code != 200:
            names = ("code", "executed", "retry", "after_ms", "info")
            answer = {"type": "error", "id": frame["id"]} | {name: answer[name] for name in names if name in answer}
        self.history.got(line, user, answer)
        return dict(answer)

    async def get(self, user: str, path: str, **query: Any) -> Json:
        """A read that must work; after a fault, at the second attempt at the latest."""
        headers = HOST if user == "host" else {"Authorization": f"Bearer {await self.token(user)}"}
        said = await self.http.get(f"/api/v1/{path}", headers=headers, params=query)
        if said.status_code == 503 and said.json()["retry"] == "same":
            await asyncio.sleep(said.json().get("after_ms", 500) / 1000)
            said = await self.http.get(f"/api/v1/{path}", headers=headers, params=query)
        said.raise_for_status()
        return dict(said.json())

    async def metric(self, name: str) -> float:
        """A counter of the process that happens to answer, its labels summed; `name` may carry one: `x{code="1"}`."""
        lines = (await self.http.get("/metrics")).text.splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))

    async def log(self, thread: str, user: str) -> list[Json]:
        """All of it, page by page."""
        entries: list[Json] = []
        while True:
            page = await self.get(user, f"threads/{thread}/entries", after=len(entries), limit=100)
            entries += page["entries"]
            if page["complete"]:
                return entries

    async def heads(self, threads: Iterable[str]) -> dict[str, int]:
        return {
            thread: (await self.get(self.threads[thread][0], f"threads/{thread}/entries", limit=1))["head"]
            for thread in threads
        }

    async def final(self) -> Final:
        """What the server says now of every thread of this run, follow-up orders' included."""
        final = Final()
        todo = list(self.threads)
        while todo:
            thread = todo.pop()
            people = self.threads[thread]
            final.views[thread] = {user: await self.log(thread, user) for user in people}
            final.snapshots[thread] = [await self.get(user, f"threads/{thread}/snapshot") for user in people]
            for follow_up in final.snapshots[thread][0]["order"]["next"]:
                if follow_up["thread"] not in self.threads:
                    self.threads[follow_up["thread"]] = people
                    todo.append(follow_up["thread"])
        for seller in {people[1] for people in self.threads.values()}:
            final.wallets[seller] = await self.get("host", f"users/{seller}/wallet")
        return final

"""Kim and sam, each with a phone and a laptop, at one server: what they say and what every device of theirs learns."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.api.market import Market
from tests.consumers.person import Frame, Person, online
from tests.services.server import Server


class Town:
    """The marketplace and its two people, each on two sockets that may be served by different processes."""

    def __init__(self, market: Market, devices: list[Person]) -> None:
        self.market = market
        self.devices = devices
        self.kim, self.sam = devices[:2]

    async def follow(self, thread: str) -> None:
        """Every device subscribes from the first entry on."""
        for device in self.devices:
            await device.done("thread.subscribe", thread=thread, after=0)
            await device.see("caught_up", thread=thread)

    async def all_see(self, thread: str, seq: int, within: float = 2) -> Frame:
        """The entry as it reaches everyone, the same for all but for its author's command id."""
        seen = await asyncio.gather(*(device.sees_entry(thread, seq, within) for device in self.devices))
        told = [{name: value for name, value in entry.items() if name != "command"} for entry in seen]
        assert all(each == told[0] for each in told), told
        return told[0]

    async def step(self, person: Person, type: str, thread: str, **fields: Any) -> Frame:
        """Take a step of the order as it stands now."""
        version = (await self.snapshot(person, thread))["order"]["version"]
        return await person.done(type, thread=thread, expect=version, **fields)

    async def write(self, person: Person, thread: str, text: str, **fields: Any) -> Frame:
        """Send a message and have everyone read it; returns its entry."""
        sent = await person.done("message.send", thread=thread, text=text, **fields)
        entry = await self.all_see(thread, sent["seq"])
        assert (entry["kind"], entry["text"]) == ("message", text)
        return entry

    async def both_write(self, thread: str, when: str) -> None:
        """Sam first, then kim, whose answer gives sam his budget back."""
        await self.write(self.sam, thread, f"How is the logo doing, {when}?")
        await self.write(self.kim, thread, f"Splendid, {when}.")

    async def snapshot(self, person: Person, thread: str) -> Frame:
        return await person.done("thread.snapshot", thread=thread)

    async def log(self, person: Person, thread: str) -> list[Frame]:
        page = await person.done("thread.history", thread=thread, after=0, limit=100)
        assert page["complete"] is True
        entries: list[Frame] = page["entries"]
        assert [entry["seq"] for entry in entries] == list(range(1, page["head"] + 1))
        return entries

    async def passes(self, **span: int) -> None:
        """So many `days` or `years` pass."""
        seconds = 86400 * (span.get("days", 0) + 366 * span.get("years", 0))
        said = await asyncio.to_thread(self.host, "POST", "clock", {"advance_s": seconds})
        assert set(said) == {"now"}

    async def wallet(self) -> list[Frame]:
        """What sam owns, as the host is told."""
        said = await asyncio.to_thread(self.host, "GET", f"users/{self.market.sam}/wallet")
        balances: list[Frame] = said["balances"]
        return balances

    def host(self, method: str, path: str, body: Frame | None = None) -> Frame:
        answer = self.market.http.request(method, f"/api/v1/{path}", headers=self.market.host, json=body)
        assert answer.status_code == 200, answer.text
        said: Frame = answer.json()
        return said


@asynccontextmanager
async def town(server: Server, market: Market) -> AsyncIterator[Town]:
    async with online(server, market, market.kim, market.sam, market.sam, market.kim) as devices:
        yield Town(market, devices)

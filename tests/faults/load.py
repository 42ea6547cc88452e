"""Mixed load: parties who talk, trade and leave at random but by a seed, each choosing among what the server allows.

Must never look behind the server: what may be done is read from the capabilities, as any client would.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from random import Random
from types import TracebackType
from typing import Any, Self

import httpx2

from tests.faults.checker import Json
from tests.faults.device import Device
from tests.faults.town import Town

IN_FLIGHT = 6
EUR = {"amount": 100, "currency": "EUR"}
FIELDS: dict[str, Json] = {
    "order.deliver": {"note": "here it is"},
    "order.request_revision": {"text": "larger, please"},
    "order.refuse_revision": {"reason": "it is large"},
    "order.cancel": {"reason": "I cannot"},
    "offer.make": {"title": "More", "price": EUR, "delivery_days": 1, "revisions": 0},
    "offer.request": {"text": "an offer?"},
    "thread.leave": {"confirm": True},
}
# So that threads live for a while before they end.
RARE = {"thread.leave": 0.15, "order.cancel": 0.1, "order.decline": 0.1, "order.withdraw": 0.1, "offer.request": 0.3}
TARGETED = ("offer.accept", "offer.decline", "offer.withdraw")


class Load:
    """`async with Load(town, devices):` all devices follow all threads; leaving waits until all is answered."""

    def __init__(self, town: Town, devices: Sequence[Device], *, seed: int = 1, pace_s: float = 0.03) -> None:
        self.town = town
        self.devices = devices
        self.random = Random(seed)
        self.pace_s = pace_s
        self.outcomes: Counter[str] = Counter()
        self.over: set[str] = set()
        self.asked = 0
        self._ending = False
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(self._use(device)) for device in self.devices]
        self._tasks.append(asyncio.create_task(self._renew()))
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None,
                        trace: TracebackType | None) -> None:  # fmt: skip
        self._ending = True
        if error is not None:
            for task in self._tasks:
                task.cancel()
        async with asyncio.timeout(60):
            await asyncio.gather(*self._tasks, return_exceptions=error is not None)

    async def _use(self, device: Device) -> None:
        running: set[asyncio.Task[None]] = set()
        while not self._ending:
            threads = [thread for thread in device.places.at if thread not in self.over]
            if threads and len(running) < IN_FLIGHT:
                task = asyncio.create_task(self._act(device, self.random.choice(threads)))
                running.add(task)
                task.add_done_callback(running.discard)
            await asyncio.sleep(self.random.uniform(0, 2 * self.pace_s))
        await asyncio.gather(*running)

    async def _act(self, device: Device, thread: str) -> None:
        self.asked += 1
        if self.random.random() < 0.8:
            text = f"{self.asked} " + "x" * self.random.choice((5, 50, 500))
            self._count(await device.ask("message.send", thread=thread, text=text), thread)
            return
        snapshot = await device.ask("thread.snapshot", thread=thread)
        if snapshot["type"] == "ok" and (found := self._choose(snapshot)):
            answer = await device.ask(found.pop("type"), thread=thread, **found)
            self._count(answer, thread)
            self._follow(answer, device)

    def _choose(self, snapshot: Json) -> Json:
        can = snapshot["capabilities"]["allowed"]
        kinds = [kind for kind in can if kind in FIELDS or kind in TARGETED or kind.startswith("order.")]
        kinds = [kind for kind in kinds if self.random.random() < RARE.get(kind, 1)]
        if not kinds:
            return {}
        kind = self.random.choice(kinds)
        chosen: Json = {"type": kind, **FIELDS.get(kind, {})}
        if kind.startswith("order."):
            chosen["expect"] = snapshot["order"]["version"]
        elif kind in TARGETED:
            open_ones = [offer["offer"] for offer in snapshot["offers"] if offer["state"] == "open"]
            if not open_ones:
                return {}
            chosen["offer"] = self.random.choice(open_ones)
        return chosen

    def _count(self, answer: Json, thread: str) -> None:
        self.outcomes["ok" if answer["type"] == "ok" else answer["code"]] += 1
        if answer["type"] == "error" and answer["code"] == "thread_closed":
            self.over.add(thread)

    def _follow(self, answer: Json, device: Device) -> None:
        """A follow-up order's thread is everybody's who is in this one."""
        thread: Any = answer.get("thread")
        if thread and thread not in self.town.threads:
            self.town.threads[thread] = self.town.kim, self.town.sam
            for each in self.devices:
                each.places.follow(thread)

    async def _renew(self) -> None:
        """While threads end, orders are placed."""
        while not self._ending:
            living = [thread for thread in self.town.threads if thread not in self.over]
            if len(living) < 3:
                try:
                    thread = await self.town.place()
                except httpx2.HTTPError:
                    await asyncio.sleep(0.5)
                    continue
                for device in self.devices:
                    device.places.follow(thread)
            await asyncio.sleep(0.1)

"""One socket of a device, from hello to its end: writes in order, and answers a ping after what came before it.

Must never understand a frame beyond ping: that is the device's.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.faults.checker import History, Json

SUBPROTOCOL: Any = "order-threads.v1"
# What is neither durable nor an answer is not worth the memory of a long run.
TOLD = frozenset({"welcome", "ok", "error", "entries", "subscribed", "caught_up", "reset", "bye"})


class Line:
    """`process` is called with each object, in order."""

    def __init__(self, history: History, name: str, user: str, process: Callable[[Json], None]) -> None:
        self.history = history
        self.name = name
        self.user = user
        self.process = process
        self.out: asyncio.Queue[Json] = asyncio.Queue()
        self.socket: ClientConnection | None = None

    async def run(self, url: str, hello: Json, silence_s: float) -> None:
        """Until either side ends it, or nothing came for `silence_s`. Raises what ended it."""
        async with connect(url, subprotocols=[SUBPROTOCOL], compression=None, ping_interval=None,
                           open_timeout=10, close_timeout=1, max_size=2**20) as self.socket:  # fmt: skip
            self.history.opened(self.name, self.user)
            await self.write(hello)
            writing = asyncio.create_task(self._writes())
            try:
                while True:
                    async with asyncio.timeout(silence_s):
                        text = await self.socket.recv()
                    await self._take(json.loads(text))
            finally:
                writing.cancel()
                await asyncio.gather(writing, return_exceptions=True)

    async def write(self, frame: Json) -> None:
        assert self.socket is not None
        if frame["type"] != "pong":
            shown = {name: value for name, value in frame.items() if name != "token"}
            self.history.sent(self.name, self.user, shown)
        await self.socket.send(json.dumps(frame, ensure_ascii=False))

    async def _writes(self) -> None:
        while True:
            await self.write(await self.out.get())

    async def _take(self, said: Any) -> None:
        for frame in said if isinstance(said, list) else [said]:
            if frame["type"] in TOLD:
                self.history.got(self.name, self.user, frame)
            self.process(frame)
            if frame["type"] == "ping":
                await self.write({"type": "pong", "n": frame["n"]})

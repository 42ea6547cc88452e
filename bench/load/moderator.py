"""Moderators at their feeds while others write: what each was told, and when.

Must never be the bottleneck: a thread of the bench's own process, which does nothing else meanwhile.
"""

import asyncio
import json
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Self

import jwt
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

PATIENCE_S = 20.0
PROTOCOL = {"Sec-WebSocket-Protocol": "order-threads.v1"}
Row = dict[str, Any]


@dataclass
class Screen:
    """One feed: `shown` is the page as it stands, `told` (when, thread, head) of every row that a frame brought."""

    wanted: dict[str, Any]
    shown: dict[str, Row] = field(default_factory=dict)
    told: list[tuple[float, str, int]] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)

    def page(self, rows: list[Row]) -> None:
        self.shown = {row["thread"]: row for row in rows}
        self.told += [(time.time(), row["thread"], row["head"]) for row in rows]

    def take(self, frame: dict[str, Any]) -> None:
        now = time.time()
        self.frames.append(len(frame["rows"]))
        for row in frame["rows"]:
            self.shown[row["thread"]] = row
            self.told.append((now, row["thread"], row["head"]))
        for thread in frame.get("out", ()):
            del self.shown[thread]


class _Socket(WSListener):
    def __init__(self, screen: Screen, token: str, ready: "asyncio.Future[None]") -> None:
        self.screen = screen
        self.token = token
        self.ready = ready

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport
        self.say({"type": "hello", "token": self.token})
        self.say({"type": "moderation.feed", "id": str(uuid.uuid4()), "on": True, **self.screen.wanted})

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type is WSMsgType.TEXT:
            said = json.loads(frame.get_payload_as_bytes())
            for each in said if isinstance(said, list) else [said]:
                self.take(each)

    def take(self, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "ping":
                self.say({"type": "pong", "n": frame["n"]})
            case "ok":
                self.screen.page(frame["rows"])
                self.ready.set_result(None)
            case "feed":
                self.screen.take(frame)
            case "error" | "bye":
                raise RuntimeError(frame)

    def say(self, frame: dict[str, Any]) -> None:
        self.transport.send(WSMsgType.TEXT, json.dumps(frame).encode())


class Moderators:
    """`with Moderators(…)`: every feed has its first page; they go on until the end."""

    def __init__(self, port: int, secret: str, wanted: list[dict[str, Any]]) -> None:
        self.screens = [Screen(each) for each in wanted]
        self._port = port
        self._secret = secret
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._sit(),), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(PATIENCE_S):
            raise RuntimeError("the moderators got no page")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(PATIENCE_S)

    async def _sit(self) -> None:
        self._over = asyncio.Event()
        opened = [await self._open(number, screen) for number, screen in enumerate(self.screens)]
        self._ready.set()
        await self._over.wait()
        for transport in opened:
            transport.disconnect()

    async def _open(self, number: int, screen: Screen) -> WSTransport:
        claims = {"sub": f"mod{number}", "exp": int(time.time()) + 890, "role": "moderator"}
        claims |= {"iss": "order-threads", "aud": "order-threads"}
        ready = self._loop.create_future()
        token = jwt.encode(claims, self._secret, algorithm="HS256")
        made: Any = await ws_connect(
            lambda: _Socket(screen, token, ready), f"ws://127.0.0.1:{self._port}/ws/v1", extra_headers=PROTOCOL
        )
        async with asyncio.timeout(PATIENCE_S):
            await ready
        transport: WSTransport = made[0]
        return transport

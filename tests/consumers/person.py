"""A person on a live socket, with a client that shares no code with the server."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.api.market import Market, new_id
from tests.services.server import Server

SUBPROTOCOL: Any = "order-threads.v1"
PATIENCE_S = 10

Frame = dict[str, Any]


class Person:
    """Keeps every object that the server sends, in order; answers pings unless told not to."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.seen: list[Frame] = []
        self.frames: list[str] = []
        self.answers_pings = True
        self._news = asyncio.Condition()
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        try:
            async for text in self.socket:
                assert isinstance(text, str)
                frame = json.loads(text)
                objects = frame if isinstance(frame, list) else [frame]
                for each in objects:
                    if each["type"] == "ping" and self.answers_pings:
                        await self.socket.send(json.dumps({"type": "pong", "n": each["n"]}))
                async with self._news:
                    self.frames.append(text)
                    self.seen += objects
                    self._news.notify_all()
        except ConnectionClosed:
            pass
        async with self._news:
            self._news.notify_all()

    async def say(self, **frame: Any) -> None:
        await self.socket.send(json.dumps(frame))

    async def hello(self, token: str, **more: Any) -> Frame:
        """Say hello and return the welcome."""
        await self.say(type="hello", token=token, client={"name": "tests", "version": "1"}, **more)
        return await self.see("welcome")

    async def ask(self, type: str, *, id: str | None = None, **fields: Any) -> Frame:
        """Send a command and return its `ok` or `error`."""
        named = id or new_id()
        before = len(self.seen)
        await self.say(type=type, id=named, **fields)
        return await self.until(lambda frame: frame["type"] in ("ok", "error") and frame["id"] == named, since=before)

    async def done(self, type: str, **fields: Any) -> Frame:
        """Send a command that must succeed."""
        answer = await self.ask(type, **fields)
        assert answer["type"] == "ok", answer
        return answer

    async def refused(self, type: str, **fields: Any) -> Frame:
        """Send a command that must be refused."""
        answer = await self.ask(type, **fields)
        assert answer["type"] == "error", answer
        return answer

    async def until(self, fits: Callable[[Frame], bool], *, since: int = 0, within: float = PATIENCE_S) -> Frame:
        """The first object from `since` on that fits, waited for."""
        at = since
        try:
            async with asyncio.timeout(within), self._news:
                while True:
                    while at < len(self.seen):
                        if fits(self.seen[at]):
                            return self.seen[at]
                        at += 1
                    assert not self._listening.done(), f"closed {self.socket.close_code}: {self.seen[since:]}"
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"not within {within} s: {self.seen[since:]}") from None

    async def see(self, type: str, *, since: int = 0, within: float = PATIENCE_S, **fields: Any) -> Frame:
        """The first object of that type with these fields."""
        wanted = {"type": type, **fields}
        return await self.until(lambda frame: wanted.items() <= frame.items(), since=since, within=within)

    async def sees_entry(self, thread: str, seq: int, within: float = PATIENCE_S) -> Frame:
        await self.until(
            lambda frame: (
                frame["type"] == "entries" and frame["thread"] == thread and frame["entries"][-1]["seq"] >= seq
            ),
            within=within,
        )
        return next(entry for entry in self.entries(thread) if entry["seq"] == seq)

    async def end(self, within: float = PATIENCE_S) -> tuple[int | None, Frame]:
        """Wait until the server has closed: (code, its bye)."""
        await asyncio.wait_for(self.socket.wait_closed(), within)
        await self._listening
        return self.socket.close_code, self.seen[-1]

    def of(self, type: str) -> list[Frame]:
        return [frame for frame in self.seen if frame["type"] == type]

    def entries(self, thread: str) -> list[Frame]:
        return [entry for frame in self.of("entries") if frame["thread"] == thread for entry in frame["entries"]]

    def seqs(self, thread: str) -> list[int]:
        return [entry["seq"] for entry in self.entries(thread)]

    async def leave(self) -> None:
        await self.socket.close()
        await self._listening

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leave()


async def knock(server: Server, path: str = "/ws/v1", *, protocol: Any = SUBPROTOCOL, origin: Any = None) -> Person:
    """A socket before hello. Raises InvalidStatus where the server refuses the handshake."""
    socket = await connect(
        server.ws_url + path,
        subprotocols=[protocol] if protocol else None,
        origin=origin,
        compression=None,
        ping_interval=None,
    )
    return Person(socket)


@asynccontextmanager
async def online(server: Server, market: Market, *users: str, **more: Any) -> AsyncIterator[Any]:
    """People who have said hello: one Person, or a list of as many as were named."""
    people: list[Person] = []
    try:
        for user in users:
            person = await knock(server)
            people.append(person)
            await person.hello(market.tokens[user], **more)
        yield people[0] if len(people) == 1 else people
    finally:
        for person in people:
            await person.leave()

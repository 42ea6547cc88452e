"""One device of one person: a client that follows protocol.md to the letter and writes down all it sees.

It reconnects with backoff, resumes from its cursors, and sends a command again under the same id, on a socket or over
HTTP, until it is answered. Must never decide by anything but what the protocol says.
"""

import asyncio
from collections.abc import Iterable
from random import Random
from types import TracebackType
from typing import Any, Self

import httpx2
from websockets.exceptions import ConnectionClosed, WebSocketException

from tests.faults.checker import Json
from tests.faults.cursors import Cursors
from tests.faults.line import Line
from tests.faults.town import Town, new_id

BACKOFF_S = 0.5
# Well below what `welcome.limits` allows to run and wait, so that subscriptions fit too.
AT_ONCE = 40
STAY_AWAY = range(4000, 4100)
TROUBLE = (OSError, TimeoutError, WebSocketException, httpx2.HTTPError)


class Device:
    """`url` may be a proxy's. `slowest_s` shortens the longest backoff (30 s), `silence_s` the 40 s without a frame."""

    def __init__(self, town: Town, user: str, threads: Iterable[str] = (), *, url: str = "", seed: int = 1,
                 silence_s: float = 40, slowest_s: float = 2, reply_s: float = 10) -> None:  # fmt: skip
        self.town = town
        self.user = user
        self.url = url or town.ws_url
        self.random = Random(f"{seed}{user}")
        self.silence_s, self.slowest_s, self.reply_s = silence_s, slowest_s, reply_s
        self.places = Cursors(threads, self._put)
        self.open = asyncio.Event()
        self.line: Line | None = None
        self.closes: list[int | None] = []
        self.bye: Json = {}
        self.byes: list[Json] = []
        self.refusals: list[Json] = []
        self._failures = 0
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self.life: asyncio.Task[Any] | None = None
        self.renewal: asyncio.Task[Any] | None = None

    async def __aenter__(self) -> Self:
        self.life = self._spawn(self._live())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None,
                        trace: TracebackType | None) -> None:  # fmt: skip
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _spawn(self, work: Any) -> "asyncio.Task[Any]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    @property
    def caught_up(self) -> bool:
        return self.open.is_set() and not self.places.behind

    # Asking.

    def send(self, type: str, **fields: Any) -> "asyncio.Task[Json]":
        """Ask in the background, in the order of the calls."""
        return self._spawn(self.ask(type, **fields))

    async def ask(self, type: str, *, id: str = "", **fields: Any) -> Json:
        """Returns the `ok`, or the error that no repetition will change."""
        frame = {"type": type, "id": id or new_id(), **fields}
        tries = 0
        while True:
            async with self._turn:
                answer = await self.attempt(frame)
            if answer is not None:
                if answer["type"] == "ok" or answer["retry"] != "same":
                    return answer
                self.refusals.append(answer)
            if answer is None or "after_ms" not in answer:
                await asyncio.sleep(self.random.uniform(0, min(self.slowest_s, BACKOFF_S * 2**tries)))
            else:
                await asyncio.sleep(answer["after_ms"] / 1000)
            tries += 1

    async def attempt(self, frame: Json) -> Json | None:
        """One attempt on the socket, if there is one soon; else over HTTP. None: unknown."""
        try:
            async with asyncio.timeout(self.reply_s):
                await self.open.wait()
                self._waiting[frame["id"]] = future = asyncio.get_running_loop().create_future()
                self._put(frame)
                answer: Json | None = await future
                return answer
        except TimeoutError:
            try:
                return await self.town.ask(self.user, frame)
            except httpx2.HTTPError:
                return None
        finally:
            self._waiting.pop(frame["id"], None)

    def _put(self, frame: Json) -> None:
        if self.line is not None:
            self.line.out.put_nowait(frame)

    # Living.

    async def _live(self) -> None:
        while True:
            code: int | None = None
            try:
                await self._connect()
            except ConnectionClosed as closed:
                code = closed.rcvd.code if closed.rcvd else None
            except TROUBLE:
                pass
            finally:
                self._ended(code)
            if code in STAY_AWAY:
                return
            await asyncio.sleep(self._rest())

    async def _connect(self) -> None:
        token = await self.town.token(self.user)
        self.bye = {}
        hello = {"type": "hello", "token": token, "client": {"name": "faults", "version": "1"}}
        self.line = Line(self.town.history, self.town.line(f"{self.user}/"), self.user, self._process)
        await self.line.run(self.url, hello | self.places.resume(), self.silence_s)

    def _ended(self, code: int | None) -> None:
        if self.line is not None and self.line.socket is not None:
            self.town.history.closed(self.line.name, self.user, code)
            self.closes.append(code)
        if self.open.is_set():
            self.places.lost()
        self.open.clear()
        self.line = None
        for future in self._waiting.values():
            if not future.done():
                future.set_result(None)

    def _rest(self) -> float:
        """Seconds until the next attempt: `after_ms` wins, else full jitter."""
        most = min(self.slowest_s, BACKOFF_S * 2**self._failures)
        self._failures += 1
        if "after_ms" in self.bye:
            return float(self.bye["after_ms"]) / 1000
        return self.random.uniform(0, most)

    # What frames mean.

    def _process(self, frame: Json) -> None:
        if frame["type"] == "welcome":
            self._failures = 0
            self.open.set()
        if self.places.process(frame):
            return
        if frame["type"] in ("ok", "error") and (future := self._waiting.get(frame["id"])):
            if not future.done():
                future.set_result(frame)
        elif frame["type"] == "bye":
            self.bye = frame
            self.byes.append(frame)
        elif frame["type"] == "auth.expiring":
            self.renewal = self._spawn(self._refresh())

    async def _refresh(self) -> None:
        self._put({"type": "auth.refresh", "id": new_id(), "token": await self.town.token(self.user)})

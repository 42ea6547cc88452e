"""A TCP proxy with bad habits, all of them seeded: cuts, resets, delay, jitter, narrow pipes, silence without an end.

Must never change a byte, unless a filter is asked to; a stream that goes on after a silence goes on where it was.
"""

import asyncio
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from types import TracebackType
from typing import Self

CHUNK = 16 * 1024
AHEAD = 4
# Kernel buffers of megabytes would hide a slow reader from whoever sends.
NARROW = 32 * 1024

Filter = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Weather:
    """`cut_after` is a range of bytes, drawn for each connection; `reset` makes its end an RST."""

    delay_s: float = 0
    jitter_s: float = 0
    bytes_per_s: float = 0
    cut_after: tuple[int, int] | None = None
    reset: bool = False


FAIR = Weather()


class Link:
    """One connection through the proxy."""

    def __init__(self, proxy: "Proxy", client: asyncio.StreamWriter, server: asyncio.StreamWriter) -> None:
        self.proxy = proxy
        self.ends = client, server
        self.passed = 0
        cut = proxy.weather.cut_after
        self.cut_at = proxy.random.randint(*cut) if cut else None

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, may: asyncio.Event,
                    change: Filter | None = None) -> None:  # fmt: skip
        """Move bytes one way until either end goes."""
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(AHEAD)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._read(reader, queue, change))
            tasks.create_task(self._write(writer, queue, may))

    async def _read(self, reader: asyncio.StreamReader, queue: "asyncio.Queue[tuple[float, bytes]]",
                    change: Filter | None) -> None:  # fmt: skip
        loop, random = asyncio.get_running_loop(), self.proxy.random
        due = 0.0
        while True:
            rate = self.proxy.weather.bytes_per_s
            data = await reader.read(max(1, int(rate / 10)) if rate else CHUNK)
            weather = self.proxy.weather
            due = max(due, loop.time() + weather.delay_s + random.uniform(0, weather.jitter_s))
            if data and change is not None:
                data = change(data)
                if not data:
                    continue
            await queue.put((due, data))
            if not data:
                return

    async def _write(self, writer: asyncio.StreamWriter, queue: "asyncio.Queue[tuple[float, bytes]]",
                     may: asyncio.Event) -> None:  # fmt: skip
        loop = asyncio.get_running_loop()
        while True:
            due, data = await queue.get()
            await asyncio.sleep(max(0.0, due - loop.time()))
            await may.wait()
            if not data:
                raise ConnectionError("the end of the stream")
            if self.cut_at is not None and self.passed + len(data) >= self.cut_at:
                writer.write(data[: self.cut_at - self.passed])
                raise ConnectionError("cut")
            self.passed += len(data)
            writer.write(data)
            await writer.drain()
            if rate := self.proxy.weather.bytes_per_s:
                await asyncio.sleep(len(data) / rate)

    def cut(self, *, reset: bool) -> None:
        """End both sides now; `reset` without a goodbye."""
        for writer in self.ends:
            if reset:
                # It may have ended a moment ago.
                with suppress(OSError):
                    raw = writer.get_extra_info("socket")
                    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()
            else:
                writer.close()


class Proxy:
    """`async with Proxy(port) as proxy:` listens on `proxy.port`. Its weather may change at any time."""

    def __init__(self, target: int, *, seed: int = 1, weather: Weather = FAIR,
                 change: Callable[[], Filter] | None = None) -> None:  # fmt: skip
        self.target = target
        self.random = Random(seed)
        self.weather = weather
        self.change = change
        self.refusing = False
        self.up, self.down = asyncio.Event(), asyncio.Event()
        self.speak()
        self.links: set[Link] = set()
        self.port = 0
        self._serving: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=NARROW)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None,
                        trace: TracebackType | None) -> None:  # fmt: skip
        self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            if not self.refusing:
                await self._link(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._serving.discard(task)
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _link(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream = socket.socket()
        upstream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NARROW)
        upstream.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(upstream, ("127.0.0.1", self.target))
        except OSError:
            upstream.close()
            raise
        from_server, to_server = await asyncio.open_connection(sock=upstream, limit=NARROW)
        link = Link(self, writer, to_server)
        self.links.add(link)
        try:
            async with asyncio.TaskGroup() as ways:
                ways.create_task(link.carry(reader, to_server, self.up))
                ways.create_task(link.carry(from_server, writer, self.down, self.change() if self.change else None))
        except* OSError:
            pass
        finally:
            self.links.discard(link)
            link.cut(reset=self.weather.reset)

    def cut_all(self, *, reset: bool = False) -> int:
        """End every connection now; returns how many there were."""
        links = list(self.links)
        for link in links:
            link.cut(reset=reset)
        return len(links)

    def silence(self, *, up: bool = True) -> None:
        """Nothing passes any more, and nobody is told; `up=False`: the server still hears, and is not heard."""
        self.down.clear()
        if up:
            self.up.clear()

    def speak(self) -> None:
        """What was held passes, as if TCP had sent it again."""
        self.up.set()
        self.down.set()

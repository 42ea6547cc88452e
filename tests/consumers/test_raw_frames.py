"""Bytes on the wire, however they are cut, padded or broken (RFC 6455): the short way and the long one are one."""

import asyncio
import base64
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from typing import Any

import pytest

from tests.api.market import Market, new_id
from tests.consumers.person import PATIENCE_S
from tests.services.server import Server

FIN, TEXT, REST, CLOSE, PING, PONG = 0x80, 1, 0, 8, 9, 10


def frame(payload: bytes, opcode: int = TEXT, *, fin: int = FIN, mask: bool = True, form: int = 0) -> bytes:
    """`form` 2 or 8 writes the length in so many bytes though fewer would do."""
    size = len(payload)
    form = form or (0 if size < 126 else 2 if size < 1 << 16 else 8)
    length = {0: size, 2: 126, 8: 127}[form] | (0x80 if mask else 0)
    head = bytes([fin | opcode, length]) + (size.to_bytes(form, "big") if form else b"")
    if not mask:
        return head + payload
    key = os.urandom(4)
    return head + key + bytes(byte ^ key[n % 4] for n, byte in enumerate(payload))


class Raw:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.said: list[dict[str, Any]] = []

    async def send(self, *pieces: bytes) -> None:
        """Each in a packet of its own, as far as the network lets us."""
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()
            await asyncio.sleep(0.002)

    async def frame(self) -> tuple[int, bytes]:
        async with asyncio.timeout(PATIENCE_S):
            first, size = await self.reader.readexactly(2)
            if size >= 126:
                size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
            return first & 15, await self.reader.readexactly(size)

    async def see(self, name: str) -> dict[str, Any]:
        while True:
            for each in self.said:
                if each.get("id") == name:
                    return each
            opcode, payload = await self.frame()
            assert opcode == TEXT, payload
            told = json.loads(payload)
            self.said += told if isinstance(told, list) else [told]

    async def end(self) -> int | None:
        """The code that the server closes with; None where it drops the line."""
        while True:
            try:
                opcode, payload = await self.frame()
            except (asyncio.IncompleteReadError, ConnectionResetError):
                return None
            if opcode == CLOSE:
                return int.from_bytes(payload[:2], "big")
            assert b'"ok"' not in payload


def asking(n: int = 0) -> tuple[str, bytes]:
    """A command that is answered, and its text: short, longer, and many kilobytes."""
    name, pad = new_id(), "ü" * (n and (0, 100, 10_000)[n % 3])
    return name, json.dumps({"type": "thread.list", "id": name, "pad": pad}, ensure_ascii=False).encode()


@asynccontextmanager
async def raw(server: Server, market: Market) -> AsyncIterator[Raw]:
    """Kim, already welcomed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.process.port)
    try:
        yield await entered(Raw(reader, writer), market)
    finally:
        writer.transport.abort()
        await asyncio.sleep(0)


async def entered(kim: Raw, market: Market) -> Raw:
    key = base64.b64encode(os.urandom(16)).decode()
    kim.writer.write(
        f"GET /ws/v1 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
        f"\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Protocol: order-threads.v1\r\n\r\n".encode()
    )
    assert b" 101 " in await kim.reader.readuntil(b"\r\n\r\n")
    hello = {"type": "hello", "token": market.token(market.kim), "client": {"name": "raw", "version": "1"}}
    await kim.send(frame(json.dumps(hello).encode()))
    assert json.loads((await kim.frame())[1])["type"] == "welcome"
    return kim


async def test_frames_cut_anywhere_and_many_in_one_packet_are_all_answered(server: Server, market: Market) -> None:
    random = Random(7)
    async with raw(server, market) as kim:
        for _ in range(6):
            asked = [asking(n) for n in range(12)]
            stream = b"".join(
                frame(text, form=random.choice((0, 8)) if len(text) >= 1 << 16 else 0) for _, text in asked
            )
            cuts = sorted(random.sample(range(len(stream)), 9))
            await kim.send(*(stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)))
            for name, _ in asked:
                assert (await kim.see(name))["type"] == "ok"
        name, text = asking()
        await kim.send(*(bytes([byte]) for byte in frame(text)))
        assert (await kim.see(name))["type"] == "ok"


async def test_fragments_and_control_frames_between_whole_ones_keep_the_order(server: Server, market: Market) -> None:
    async with raw(server, market) as kim:
        before, first = asking()
        middle, second = asking()
        after, third = asking()
        await kim.send(
            frame(first)
            + frame(second[:9], fin=0)
            + frame(b"are you there?", PING)
            + frame(second[9:], REST)
            + frame(third)
            + frame(b"", PONG)
        )
        got: list[tuple[int, bytes]] = []
        while not all(any(name.encode() in payload for _, payload in got) for name in (before, middle, after)):
            got.append(await kim.frame())
        assert (PONG, b"are you there?") in got
        assert b"".join(payload for opcode, payload in got if opcode == TEXT).count(b'"type":"ok"') == 3


@pytest.mark.parametrize(
    "broken",
    [
        frame(b"\xff\xfe{}"),
        frame(b'{"a":"\xed\xa0\x80"}'),
        frame(b"{}", mask=False),
        frame(b"{}", form=2),
        frame(b"{}", 3),
        frame(b"{}", REST),
        bytes([0xC1]) + frame(b"{}")[1:],
    ],
    ids=["not UTF-8", "a surrogate", "no mask", "a long length", "no opcode", "no beginning", "RSV"],
)
async def test_what_is_no_frame_ends_the_line_and_nothing_after_it_is_done(
    server: Server, market: Market, broken: bytes
) -> None:
    async with raw(server, market) as kim:
        name, text = asking()
        await kim.send(frame(text))
        assert (await kim.see(name))["type"] == "ok"
        await kim.send(broken + frame(asking()[1]))
        assert await kim.end() in (None, 1002, 1007)


async def test_a_binary_frame_closes_with_4000(server: Server, market: Market) -> None:
    async with raw(server, market) as kim:
        await kim.send(frame(b"{}", 2) + frame(asking()[1]))
        assert await kim.end() == 4000

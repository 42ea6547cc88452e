"""The proxy does what it is asked to do to a connection, and nothing else."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import pytest

from tests.faults.proxy import FAIR, Proxy, Weather
from tests.faults.resp import Mangler, end_of

HELLO = b"hello\n"
Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def echo(times: int = 1) -> AsyncIterator[int]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data * times)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@asynccontextmanager
async def through(weather: Weather = FAIR, seed: int = 1, times: int = 1) -> AsyncIterator[tuple[Proxy, Ends]]:
    async with echo(times) as port, Proxy(port, seed=seed, weather=weather) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        try:
            yield proxy, (reader, writer)
        finally:
            writer.close()


async def say(ends: Ends, words: bytes = HELLO) -> bytes:
    ends[1].write(words)
    async with asyncio.timeout(5):
        return await ends[0].readexactly(len(words))


async def test_in_fair_weather_every_byte_arrives() -> None:
    async with through() as (_, ends):
        words = Random(1).randbytes(1_000_000)
        assert await say(ends, words) == words


async def test_a_cut_comes_at_a_byte_that_the_seed_knows() -> None:
    lengths = []
    for seed in (1, 1, 2):
        async with through(Weather(cut_after=(1000, 9000)), seed, times=20_000) as (_, ends):
            ends[1].write(b"x")
            lengths.append(len(await ends[0].read(-1)))
    assert lengths[0] == lengths[1] != lengths[2]
    assert all(length <= 9000 for length in lengths)


async def test_a_reset_is_one() -> None:
    async with through() as (proxy, ends):
        await say(ends)
        assert proxy.cut_all(reset=True) == 1
        with pytest.raises(ConnectionResetError):
            await ends[0].read(1)


async def test_delay_and_jitter_keep_the_order() -> None:
    async with through(Weather(delay_s=0.05, jitter_s=0.05)) as (_, ends):
        begun = time.monotonic()
        assert await say(ends) == HELLO
        assert 0.1 <= time.monotonic() - begun < 1
        for number in range(20):
            ends[1].write(b"%d\n" % number)
            await asyncio.sleep(0.002)
        assert [await ends[0].readline() for _ in range(20)] == [b"%d\n" % number for number in range(20)]


async def test_a_narrow_pipe_takes_its_time() -> None:
    async with through(Weather(bytes_per_s=50_000)) as (_, ends):
        begun = time.monotonic()
        await say(ends, bytes(20_000))
        assert 0.25 <= time.monotonic() - begun < 3


async def test_silence_ends_nothing_and_what_was_held_comes_after_it() -> None:
    async with through() as (proxy, ends):
        await say(ends)
        proxy.silence()
        ends[1].write(HELLO)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ends[0].read(1), 0.2)
        proxy.speak()
        assert await ends[0].readline() == HELLO


def test_only_what_was_published_is_mangled_however_it_is_split() -> None:
    published = [b"*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$2\r\n%02d\r\n" % n for n in range(50)]
    reply = b"%1\r\n+ok\r\n*2\r\n:1\r\n$-1\r\n"
    stream = b"".join(reply + each for each in published)
    assert end_of(reply, 0) == len(reply)
    mangler = Mangler(Random(1), lose=0.2, double=0.2, swap=0.2)
    out = b"".join(mangler(stream[n : n + 7]) for n in range(0, len(stream), 7))
    assert out.count(reply) == 50
    assert mangler.mangled > 10
    assert {out.count(each) for each in published} == {0, 1, 2}
    kept = Mangler(Random(1))
    assert b"".join(kept(stream[n : n + 7]) for n in range(0, len(stream), 7)) == stream

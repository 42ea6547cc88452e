"""The log is the buffer: a reader that does not read costs little and is let go; one that is slow, but lives, stays."""

import asyncio
import time
from contextlib import AsyncExitStack
from pathlib import Path

from tests.faults.conftest import SCALE, TownAt
from tests.faults.device import Device
from tests.faults.proxy import Proxy, Weather
from tests.faults.quiet import findings, settle, until
from tests.services.server import Server

READERS = 12
MIB = 1024 * 1024
LONG = "x" * 4000
DEAF = 'order_threads_sockets_closed_total{code="4203"}'
GONE = 'order_threads_sockets_closed_total{code="4202"}'


def resident(server: Server) -> int:
    """Bytes of memory that the server's process holds."""
    assert server.process.child
    lines = Path(f"/proc/{server.process.child.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))


async def test_readers_that_do_not_read_cost_little_are_closed_and_later_catch_up_whole(
    brisk: Server, town_at: TownAt
) -> None:
    async with town_at(brisk) as town, Proxy(brisk.process.port) as proxy, AsyncExitStack() as stay:
        thread = await town.place()
        sam = await stay.enter_async_context(Device(town, town.sam, [thread]))
        kims = [Device(town, town.kim, [thread], url=town.by(proxy.port), seed=n) for n in range(READERS)]
        for kim in kims:
            await stay.enter_async_context(kim)
        await settle(town, [sam, *kims])
        # What the process takes for itself when it first works hard is not the readers'.
        await asyncio.gather(*(sam.ask("message.send", thread=thread, text=LONG) for _ in range(60)))
        await settle(town, [sam, *kims])
        proxy.silence()
        before, entries = resident(brisk), await town.metric("order_threads_entries_delivered_total")
        deaf = await town.metric(DEAF)
        begun = time.monotonic()
        for _ in range(6):
            await asyncio.gather(*(sam.ask("message.send", thread=thread, text=LONG) for _ in range(60)))
        handed = await town.metric("order_threads_entries_delivered_total") - entries - 360
        assert resident(brisk) - before < READERS * MIB
        assert handed * len(LONG) / READERS < MIB, "sent further than the window"

        async def all_let_go() -> bool:
            return await town.metric(DEAF) >= deaf + READERS

        await until(all_let_go, 60 / SCALE + 5)
        assert time.monotonic() - begun < 60 / SCALE + 5
        proxy.cut_all(reset=True)
        proxy.speak()
        assert await findings(town, [sam, *kims]) == []
        assert all(len(kim.closes) == 1 for kim in kims)


async def test_a_reader_of_five_kilobytes_a_second_is_slow_and_never_closed(brisk: Server, town_at: TownAt) -> None:
    narrow = Weather(bytes_per_s=5_000 * SCALE)
    async with town_at(brisk) as town, Proxy(brisk.process.port, weather=narrow) as proxy:
        thread = await town.place()
        async with (
            Device(town, town.kim, [thread], url=town.by(proxy.port)) as kim,
            Device(town, town.sam, [thread]) as sam,
        ):
            await settle(town, [kim, sam])
            begun = time.monotonic()
            await asyncio.gather(*(sam.ask("message.send", thread=thread, text=LONG) for _ in range(80)))
            assert await findings(town, [kim, sam]) == []
            assert time.monotonic() - begun > 2 * 30 / SCALE, "it was not slow at all"
            assert kim.closes == []


async def test_a_half_open_connection_that_is_owed_data_is_found_after_its_longer_patience(
    brisk: Server, town_at: TownAt
) -> None:
    """Up to 27.5 s until the ping and 30 s of patience (protocol.md §4): more than the 45 s of an idle one."""
    async with town_at(brisk) as town, Proxy(brisk.process.port) as proxy:
        thread = await town.place()
        async with (
            Device(town, town.kim, [thread], url=town.by(proxy.port)) as kim,
            Device(town, town.sam, [thread]) as sam,
        ):
            await settle(town, [kim, sam])
            deaf = await town.metric(DEAF)
            proxy.silence()
            # Owed for certain: what came before may have been acknowledged by the first ping, which is drawn by lot.
            await sam.ask("message.send", thread=thread, text="are you there?")

            async def found() -> bool:
                return await town.metric(DEAF) > deaf

            assert await until(found, 10) <= (1.1 * 25 + 30) / SCALE + 0.2
            proxy.cut_all()
            proxy.speak()
            assert await findings(town, [kim, sam]) == []


async def test_a_half_open_connection_is_found_from_both_ends(brisk: Server, town_at: TownAt) -> None:
    async with town_at(brisk) as town, Proxy(brisk.process.port) as proxy:
        thread = await town.place()
        async with (
            Device(town, town.kim, [thread], url=town.by(proxy.port), silence_s=40 / SCALE, slowest_s=0.3) as kim,
            Device(town, town.sam, [thread]) as sam,
        ):
            await settle(town, [kim, sam])
            # Its first entries are acknowledged by the first pong only: then nothing is outstanding.
            await asyncio.sleep(1.1 * 25 / SCALE + 0.2)
            gone, begun = await town.metric(GONE), time.monotonic()
            proxy.silence()

            async def found() -> bool:
                return await town.metric(GONE) > gone

            server_s = await until(found, 45 / SCALE + 1)
            await sam.ask("message.send", thread=thread, text="are you there?")
            await until(lambda: bool(kim.closes), 45 / SCALE + 3)
            client_s = time.monotonic() - begun
            proxy.speak()
            proxy.cut_all()
            assert await findings(town, [kim, sam]) == []
            assert sam.closes == []
            assert max(server_s, client_s - 1) <= 45 / SCALE

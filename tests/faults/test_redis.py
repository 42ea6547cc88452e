"""Redis fails in every way it can: no socket closes, nothing wrong is delivered, nothing comes over 3 s late."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from random import Random

import pytest

from tests.faults.conftest import TownAt
from tests.faults.device import Device
from tests.faults.load import Load
from tests.faults.proxy import Proxy
from tests.faults.quiet import findings, lateness, settle
from tests.faults.resp import Mangler
from tests.faults.town import Town
from tests.services.server import Server
from tests.services.valkey import Valkey
from tests.stack import Stack

pytestmark = pytest.mark.postgres

REPAIRS = "order_threads_sweep_repairs_total"


@pytest.fixture
def valkey(stack: Stack) -> Valkey:
    assert stack.valkey
    return stack.valkey


@asynccontextmanager
async def two_houses(town: Town, other: Town) -> AsyncIterator[list[Device]]:
    """Kim and sam, each with a device at either of two servers that hear each other only through Redis."""
    threads = [await town.place() for _ in range(2)]
    async with AsyncExitStack() as stay:
        devices = [
            await stay.enter_async_context(Device(town, user, threads, url=url, seed=seed))
            for seed, (user, url) in enumerate((user, url) for user in (town.kim, town.sam)
                                               for url in (town.ws_url, other.ws_url))
        ]  # fmt: skip
        await settle(town, devices)
        yield devices


async def endure(town: Town, devices: list[Device], fault: Callable[[], AsyncIterator[None]], seed: int) -> None:
    """Load before, during and after the fault."""
    async with Load(town, devices, seed=seed, pace_s=0.1):
        async for _ in fault():
            await asyncio.sleep(3)
    assert await findings(town, devices) == []
    assert all(device.closes == [] for device in devices), "a socket closed"
    late = lateness(town)
    assert late
    assert max(late) <= 3, f"{max(late):.2f} s late"


async def test_hints_lost_doubled_and_swapped_change_nothing_but_time(
    valkey: Valkey, server: Server, start_server: Callable[..., Server], town: Town, town_at: TownAt
) -> None:
    manglers: list[Mangler] = []

    def mangler() -> Mangler:
        manglers.append(Mangler(Random(len(manglers)), lose=0.4, double=0.2, swap=0.2))
        return manglers[-1]

    async def mangled() -> AsyncIterator[None]:
        yield
        # The next hint would mend what one lost: none may come for the sweep to be needed.
        for each in manglers:
            each.lose, each.double, each.swap = 1, 0, 0
        yield

    async with Proxy(valkey.process.port, change=mangler) as proxy:
        url = f"redis://127.0.0.1:{proxy.port}/0"
        behind = await asyncio.to_thread(start_server, REDIS_URL=url)
        async with town_at(behind) as other, two_houses(town, other) as devices:
            repairs = await other.metric(REPAIRS)
            await endure(town, devices, mangled, 21)
            assert sum(each.mangled for each in manglers) > 5
            assert await other.metric(REPAIRS) > repairs
        await asyncio.to_thread(behind.terminate)


async def test_a_process_that_is_cut_off_from_redis_in_every_way_goes_on_by_the_sweep(
    valkey: Valkey, server: Server, start_server: Callable[..., Server], town: Town, town_at: TownAt
) -> None:
    async with Proxy(valkey.process.port, seed=4) as proxy:
        url = f"redis://127.0.0.1:{proxy.port}/0"
        behind = await asyncio.to_thread(start_server, REDIS_URL=url)

        async def partitioned() -> AsyncIterator[None]:
            proxy.cut_all(reset=True)
            yield
            proxy.silence()
            yield
            proxy.speak()
            proxy.refusing = True
            proxy.cut_all()
            yield
            proxy.refusing = False

        async with town_at(behind) as other, two_houses(town, other) as devices:
            await endure(town, devices, partitioned, 22)
        proxy.refusing = True
        proxy.cut_all()
        await asyncio.to_thread(behind.terminate)


async def test_redis_itself_dies_freezes_and_forgets_under_load(valkey: Valkey, town: Town) -> None:
    async def failing() -> AsyncIterator[None]:
        try:
            valkey.kill()
            yield
            await asyncio.to_thread(valkey.start)
            yield
            valkey.pause()
            yield
        finally:
            valkey.resume()
            if not valkey.answers():
                await asyncio.to_thread(valkey.start)

    async with two_houses(town, town) as devices:
        await endure(town, devices, failing, 23)

"""500 clients lose their connections at once: all are back within 30 s, and who stayed is served meanwhile."""

import asyncio
import time
from contextlib import AsyncExitStack

from tests.faults.device import Device
from tests.faults.proxy import Proxy
from tests.faults.quiet import findings, settle, until
from tests.faults.town import Town
from tests.services.server import Server

CLIENTS, PEOPLE = 500, 5


async def test_500_clients_cut_at_once_are_back_and_nobody_else_waits(town: Town, server: Server) -> None:
    thread = await town.place()
    couples = [(await town.somebody("kim"), await town.somebody("sam")) for _ in range(PEOPLE)]
    threads = [await town.place(*couple) for couple in couples]
    async with Proxy(server.process.port, seed=5) as proxy, AsyncExitStack() as stay:
        url = town.by(proxy.port)
        crowd = [
            Device(town, couples[n % PEOPLE][n % 2], [threads[n % PEOPLE]], url=url, seed=n, slowest_s=30)
            for n in range(CLIENTS)
        ]
        survivors = [Device(town, user, [thread]) for user in (town.kim, town.sam)]
        for begin in range(0, CLIENTS, 20):
            some = crowd[begin : begin + 20]
            for device in some:
                await stay.enter_async_context(device)
            async with asyncio.timeout(20):
                await asyncio.gather(*(device.open.wait() for device in some))
        for device in survivors:
            await stay.enter_async_context(device)
        await settle(town, survivors)
        await until(lambda: all(device.caught_up for device in crowd), 20)
        begun = time.monotonic()
        assert proxy.cut_all() == CLIENTS
        waited: list[float] = []
        while not all(device.caught_up and device.closes for device in crowd):
            asked = time.monotonic()
            assert (await survivors[0].ask("message.send", thread=thread, text="still here"))["type"] == "ok"
            waited.append(time.monotonic() - asked)
            assert time.monotonic() - begun <= 30, f"{sum(not device.caught_up for device in crowd)} are not back"
            await asyncio.sleep(0.1)
        assert max(waited) <= 2, f"who stayed waited {max(waited):.2f} s"
        assert all(device.closes == [] for device in survivors)
        assert await findings(town, [*survivors, *crowd]) == []

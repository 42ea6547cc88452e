"""A server is killed at any moment, also between commit and reply: what it acknowledged is there, once (G1, G2)."""

import asyncio
import os
import signal
from collections.abc import Callable
from random import Random

import pytest

from tests.faults.conftest import TownAt
from tests.faults.device import Device
from tests.faults.load import Load
from tests.faults.proxy import Proxy
from tests.faults.quiet import findings, until
from tests.services.server import Server

StartServer = Callable[..., Server]


async def test_killed_again_and_again_under_load_it_loses_nothing(start_server: StartServer, town_at: TownAt) -> None:
    server, random = await asyncio.to_thread(start_server), Random(5)
    async with town_at(server) as town:
        threads = [await town.place() for _ in range(3)]
        async with (
            Device(town, town.kim, threads, seed=1, reply_s=4) as kim,
            Device(town, town.kim, threads, seed=2, reply_s=4) as kim_too,
            Device(town, town.sam, threads, seed=3, reply_s=4) as sam,
        ):
            async with Load(town, [kim, kim_too, sam], seed=5) as load:
                for _ in range(3):
                    await asyncio.sleep(random.uniform(0.8, 1.6))
                    # A slow machine is given the time: a kill that meets nobody would show nothing.
                    await until(kim.open.is_set, 30)
                    await asyncio.to_thread(server.kill)
                    await until(lambda: not kim.open.is_set(), 30)
                    await asyncio.to_thread(server.start)
                await asyncio.sleep(1)
            assert await findings(town, [kim, kim_too, sam]) == []
            assert load.outcomes["ok"] > 50
            assert len(kim.closes) >= 3


async def test_killed_between_commit_and_reply_it_answers_the_retry_with_the_first_place(
    start_server: StartServer, town_at: TownAt
) -> None:
    server = await asyncio.to_thread(start_server)
    async with town_at(server) as town, Proxy(server.process.port) as proxy:
        thread = await town.place()
        async with (
            Device(town, town.kim, [thread], url=town.by(proxy.port)) as kim,
            Device(town, town.sam, [thread]) as sam,
        ):
            await kim.ask("message.send", thread=thread, text="heard")
            proxy.silence(up=False)
            said = [kim.send("message.send", thread=thread, text=f"not answered {n}") for n in range(20)]

            async def committed() -> bool:
                return len(await town.log(thread, town.sam)) == 23

            await until(committed, 10)
            await asyncio.to_thread(server.kill)
            proxy.cut_all(reset=True)
            proxy.speak()
            await asyncio.to_thread(server.start)
            answers = await asyncio.gather(*said)
            assert [answer["duplicate"] for answer in answers] == [True] * 20
            assert [answer["seq"] for answer in answers] == list(range(4, 24))
            assert await findings(town, [kim, sam]) == []


@pytest.mark.postgres
async def test_one_of_two_workers_is_killed_and_the_other_half_notices_nothing(
    start_server: StartServer, town_at: TownAt
) -> None:
    server = await asyncio.to_thread(start_server, workers=2)
    async with town_at(server) as town:
        threads = [await town.place() for _ in range(2)]
        devices = [Device(town, user, threads, seed=n) for n, user in enumerate([town.kim, town.sam] * 4)]
        for device in devices:
            await device.__aenter__()
        try:
            async with Load(town, devices, seed=6, pace_s=0.1) as load:
                for worker in (0, 1):
                    await asyncio.sleep(1)
                    os.kill(server.process.children()[worker], signal.SIGKILL)
                    await asyncio.sleep(2.5)
            assert await findings(town, devices) == []
            assert load.outcomes["ok"] > 50
            assert any(device.closes for device in devices)
        finally:
            for device in devices:
                await device.__aexit__(None, None, None)

"""Everybody's network is bad in every way at once; the log and every socket are right all the same (G1–G8)."""

import asyncio

from tests.faults.device import Device
from tests.faults.load import Load
from tests.faults.proxy import Proxy, Weather
from tests.faults.quiet import findings
from tests.faults.town import Town
from tests.services.server import Server

STORMS = (
    Weather(delay_s=0.02, jitter_s=0.05),
    Weather(cut_after=(500, 20_000)),
    Weather(cut_after=(500, 20_000), reset=True, jitter_s=0.02),
    Weather(bytes_per_s=30_000),
)


async def test_through_storms_nothing_is_lost_doubled_or_out_of_order(town: Town, server: Server) -> None:
    threads = [await town.place() for _ in range(3)]
    async with Proxy(server.process.port, seed=11) as proxy:
        url = town.by(proxy.port)
        async with (
            Device(town, town.kim, threads, url=url, seed=1, reply_s=3) as kim,
            Device(town, town.kim, threads, seed=2) as kim_at_home,
            Device(town, town.sam, threads, url=url, seed=3, reply_s=3) as sam,
            Device(town, town.sam, threads, seed=4) as sam_at_home,
        ):
            devices = [kim, kim_at_home, sam, sam_at_home]
            async with Load(town, devices, seed=11) as load:
                for weather in STORMS:
                    proxy.weather = weather
                    proxy.cut_all(reset=weather.reset)
                    await asyncio.sleep(1.5)
                proxy.silence()
                await asyncio.sleep(1)
                proxy.speak()
                proxy.weather = Weather()
                proxy.cut_all()
            assert await findings(town, devices) == []
            assert load.outcomes["ok"] > 100
            assert len(kim.closes) + len(sam.closes) > 4, "the weather was fair"
            assert kim_at_home.closes == sam_at_home.closes == []

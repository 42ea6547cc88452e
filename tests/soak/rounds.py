"""One round of a soak: people who were never here before, load, faults, quiet, and the checker's word."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from random import Random

from tests.faults.device import Device
from tests.faults.load import Load
from tests.faults.proxy import Proxy
from tests.faults.quiet import settle
from tests.faults.town import Town
from tests.soak.stage import Stage
from tests.soak.tally import Tally
from tests.soak.trouble import Trouble

# The checker holds a round in memory.
ROUND_S = 60
THREADS = 4
QUIET_S = 90


@asynccontextmanager
async def everybody(town: Town, stage: Stage, proxy: Proxy, seed: int) -> AsyncIterator[list[Device]]:
    """Kim and sam, each with a device at the house, one at its far end of a cable, and one at the witness."""
    threads = [await town.place() for _ in range(THREADS)]
    witness = f"{stage.witness.ws_url}/ws/v1"
    places = [(user, url) for url in ("", town.by(proxy.port), witness) for user in (town.kim, town.sam)]
    async with AsyncExitStack() as stay:
        devices = [
            await stay.enter_async_context(Device(town, user, threads, url=url, seed=seed * 10 + n, reply_s=4))
            for n, (user, url) in enumerate(places)
        ]
        await settle(town, devices, QUIET_S)
        yield devices


async def one(stage: Stage, tally: Tally, seed: int, seconds: float) -> None:
    """Add a round to the tally. Raises AssertionError where it never became quiet, or a server ended by itself."""
    async with (
        Town(stage.house.url) as town,
        Proxy(stage.house.process.port, seed=seed) as proxy,
        everybody(town, stage, proxy, seed) as devices,
    ):
        trouble = Trouble(stage, proxy, Random(f"trouble {seed}"), tally.faults, tally.wrong)
        async with Load(town, devices, seed=seed) as load:
            await trouble.reign(time.monotonic() + seconds)
            # Whoever was still away is to talk once more.
            await asyncio.sleep(1)
        await settle(town, devices, QUIET_S)
        tally.judge(town.history, await town.final())
        tally.count(devices, untouched=devices[-2:])
        tally.outcomes += load.outcomes
        tally.rounds += 1

"""What goes wrong in a soak, at random by a seed, and every kind as often as any other."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from random import Random

from tests.faults.proxy import Proxy
from tests.faults.quiet import until
from tests.services.server import Server
from tests.soak.stage import WORKERS, Stage

# Between two faults people are to come back and talk, now and then not quite.
REST_S = (1.5, 5.0)
OUTAGE_S = (0.1, 2.0)
BACK_S = 45


class Trouble:
    """`faults` counts what was done; `wrong` is told what a service did that it never may."""

    def __init__(self, stage: Stage, proxy: Proxy, random: Random, faults: Counter[str], wrong: list[str]) -> None:
        self.stage = stage
        self.proxy = proxy
        self.random = random
        self.faults = faults
        self.wrong = wrong
        self.deck: list[tuple[str, Callable[[], Awaitable[None]]]] = []

    async def reign(self, end: float) -> None:
        """Until then (monotonic); all services are up when it returns."""
        while (left := end - time.monotonic()) > 0:
            await asyncio.sleep(min(left, self.random.uniform(*REST_S)))
            for name, server in (("house", self.stage.house), ("witness", self.stage.witness)):
                if not server.process.running:
                    raise AssertionError(f"the {name} ended by itself:\n{server.log()}")
            name, fault = self.draw()
            await fault()
            self.faults[name] += 1

    def draw(self) -> tuple[str, Callable[[], Awaitable[None]]]:
        if not self.deck:
            self.deck = [
                ("worker killed", self.worker_killed),
                ("server killed", self.server_killed),
                ("server restarted", self.server_restarted),
                ("Redis killed", self.redis_killed),
                ("Redis frozen", self.redis_frozen),
                ("PostgreSQL restarted", self.postgres_restarted),
                ("connections cut", self.connections_cut),
            ]
            self.random.shuffle(self.deck)
        return self.deck.pop()

    async def outage(self) -> None:
        await asyncio.sleep(self.random.uniform(*OUTAGE_S))

    async def worker_killed(self) -> None:
        house = self.stage.house
        os.kill(self.random.choice(house.process.children()), signal.SIGKILL)
        # The dead one is a child until it was waited for.
        await asyncio.sleep(0.5)
        await until(lambda: len(house.process.children()) >= WORKERS, BACK_S)
        await up(house)

    async def server_killed(self) -> None:
        await asyncio.to_thread(self.stage.house.kill)
        await self.outage()
        await asyncio.to_thread(self.stage.house.start)

    async def server_restarted(self) -> None:
        begun = time.monotonic()
        code = await asyncio.to_thread(self.stage.house.terminate, 30)
        took = time.monotonic() - begun
        if code != 0 or took > 15:
            self.wrong.append(f"SIGTERM: the server ended with {code} after {took:.1f} s")
        await asyncio.to_thread(self.stage.house.start)

    async def redis_killed(self) -> None:
        await asyncio.to_thread(self.stage.valkey.kill)
        await self.outage()
        await asyncio.to_thread(self.stage.valkey.start)

    async def redis_frozen(self) -> None:
        try:
            self.stage.valkey.pause()
            await self.outage()
        finally:
            self.stage.valkey.resume()

    async def postgres_restarted(self) -> None:
        await asyncio.to_thread(self.stage.postgres.stop)
        await self.outage()
        await asyncio.to_thread(self.stage.postgres.start)
        await up(self.stage.house)
        await up(self.stage.witness)

    async def connections_cut(self) -> None:
        self.proxy.refusing = True
        self.proxy.cut_all(reset=self.random.random() < 0.5)
        await self.outage()
        self.proxy.refusing = False


async def up(server: Server) -> None:
    await until(lambda: asyncio.to_thread(server.answers), BACK_S)

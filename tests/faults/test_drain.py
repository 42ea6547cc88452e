"""A server that is asked to leave answers what runs, tells everybody where to go, and is gone within 15 s."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AsyncExitStack

from tests.faults.conftest import TownAt
from tests.faults.device import Device
from tests.faults.load import Load
from tests.faults.quiet import findings, settle, until
from tests.services.server import Server
from tests.stack import Stack


async def test_sigterm_says_bye_to_everyone_answers_what_runs_and_ends_well(
    start_server: Callable[..., Server], town_at: TownAt, stack: Stack
) -> None:
    server = await asyncio.to_thread(start_server, workers=stack.workers)
    async with town_at(server) as town, AsyncExitStack() as stay:
        threads = [await town.place() for _ in range(2)]
        active = [Device(town, user, threads, seed=n) for n, user in enumerate([town.kim, town.sam] * 2)]
        idle = [Device(town, user, threads, seed=9 + n) for n, user in enumerate([town.kim, town.sam] * 6)]
        for device in [*active, *idle]:
            await stay.enter_async_context(device)
        await settle(town, [*active, *idle])
        async with Load(town, active, seed=8) as load:
            await asyncio.sleep(1)
            begun = time.monotonic()
            code = await asyncio.to_thread(server.terminate)
            took = time.monotonic() - begun
            await asyncio.to_thread(server.start)
            await asyncio.sleep(0.5)
        assert code == 0
        assert took <= 15
        assert await findings(town, [*active, *idle]) == []
        assert load.outcomes["ok"] > 10
        for device in idle:
            assert device.closes[0] == 4200, device.closes
            assert (device.byes[0]["code"], device.byes[0]["reconnect"]) == (4200, "now")
        after = [device.byes[0]["after_ms"] for device in [*active, *idle] if device.byes]
        assert len(set(after)) > len(after) / 2, "everybody would come back at once"
        # Nothing that was begun was left without an answer: only what was never begun is refused.
        refused = {answer["code"] for device in active for answer in device.refusals}
        assert refused <= {"draining", "busy"}


async def test_while_it_leaves_no_new_socket_is_let_in(start_server: Callable[..., Server], town_at: TownAt) -> None:
    server = await asyncio.to_thread(start_server)
    async with town_at(server) as town:
        await town.token(town.sam)
        async with Device(town, town.kim) as kim:
            await kim.open.wait()
            ending = asyncio.create_task(asyncio.to_thread(server.terminate))
            await until(lambda: bool(kim.closes), 5)
            async with Device(town, town.sam, slowest_s=0.1) as sam:
                assert await ending == 0
                assert not sam.open.is_set()

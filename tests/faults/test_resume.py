"""Whoever comes back with a number gets every entry after it, once and in order; who is too far behind is told."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from random import Random

from tests.faults.checker import Json
from tests.faults.conftest import TownAt
from tests.faults.device import Device
from tests.faults.proxy import Proxy
from tests.faults.quiet import findings, settle, until
from tests.faults.town import Town, new_id
from tests.services.server import ROOT, Server

REPLAY = 500


async def talk(device: Device, thread: str, number: int) -> None:
    """So many messages, as fast as they are taken."""
    for begin in range(0, number, 50):
        said = [device.ask("message.send", thread=thread, text=f"{n}") for n in range(begin, min(begin + 50, number))]
        assert all(answer["type"] == "ok" for answer in await asyncio.gather(*said))


async def test_after_any_gap_kim_reads_on_where_she_was(town: Town, server: Server) -> None:
    threads = [await town.place() for _ in range(3)]
    random = Random(3)
    async with (
        Proxy(server.process.port, seed=3) as proxy,
        Device(town, town.kim, threads, url=town.by(proxy.port), slowest_s=0.2) as kim,
        Device(town, town.sam, threads) as sam,
    ):
        for _ in range(12):
            proxy.refusing = True
            proxy.cut_all(reset=random.random() < 0.5)
            await asyncio.gather(*(talk(sam, thread, random.choice((0, 1, 7, 60))) for thread in threads))
            proxy.refusing = False
            # Cut again while the replay runs.
            async with asyncio.timeout(20):
                await kim.open.wait()
            await asyncio.sleep(random.uniform(0, 0.1))
        assert await findings(town, [kim, sam]) == []
        assert len(kim.closes) >= 11
        modes = [event.frame["mode"] for event in town.history.events if event.frame.get("type") == "subscribed"]
        assert set(modes) == {"replay"}


async def test_more_than_500_behind_kim_gets_a_snapshot_and_the_history_has_the_rest(
    town: Town, server: Server
) -> None:
    thread = await town.place()
    async with (
        Proxy(server.process.port) as proxy,
        Device(town, town.kim, [thread], url=town.by(proxy.port), slowest_s=0.2) as kim,
        Device(town, town.sam, [thread]) as sam,
    ):
        await settle(town, [kim, sam])
        proxy.refusing = True
        proxy.cut_all()
        await talk(sam, thread, REPLAY + 1)
        before = kim.places.at[thread] or 0
        proxy.refusing = False
        await settle(town, [kim, sam])
        told = [event.frame for event in town.history.events if event.frame.get("type") == "subscribed"]
        assert [(frame["mode"], frame["head"]) for frame in told] == [("snapshot", before + REPLAY + 1)]
        missed: list[Json] = []
        while True:
            after = before + len(missed)
            page = await kim.ask("thread.history", thread=thread, after=after, limit=100)
            missed += page["entries"]
            if page["complete"]:
                break
        log = await town.log(thread, town.kim)
        assert missed == log[before:]
        await talk(sam, thread, 3)
        assert await findings(town, [kim, sam]) == []


async def test_exactly_500_behind_is_still_a_replay(town: Town) -> None:
    thread = await town.place()
    async with Device(town, town.sam, [thread]) as sam:
        await talk(sam, thread, REPLAY)
        async with Device(town, town.kim) as kim:
            await kim.open.wait()
            kim.places.follow(thread, 2)
            assert await findings(town, [kim, sam]) == []
            ok = next(
                event.frame for event in town.history.events if event.frame.get("mode") and event.user == town.kim
            )
            assert (ok["mode"], ok["head"]) == ("replay", REPLAY + 2)


async def test_a_cursor_of_the_future_is_refused_and_kim_begins_afresh(town: Town, server: Server) -> None:
    thread, strange = await town.place(), new_id()
    async with (
        Proxy(server.process.port) as proxy,
        Device(town, town.kim, [thread], url=town.by(proxy.port), slowest_s=0.1) as kim,
        Device(town, town.sam, [thread]) as sam,
    ):
        await settle(town, [kim, sam])
        kim.places.at |= {thread: 99, strange: 5}
        proxy.cut_all()
        await until(lambda: len(kim.places.refused) == 2, 5)
        refused = {each["thread"]: (each["id"], each["code"], each["retry"]) for each in kim.places.refused}
        assert refused == {thread: (None, "cursor_ahead", "resync"), strange: (None, "not_found", "never")}
        del kim.places.at[strange]
        await talk(sam, thread, 3)
        assert await findings(town, [kim, sam]) == []
        assert len(kim.closes) == 1


async def test_a_restored_database_makes_everybody_begin_afresh(
    start_server: Callable[..., Server], town_at: TownAt
) -> None:
    server = await asyncio.to_thread(start_server, fresh=True)
    async with town_at(server) as town:
        thread = await town.place()
        async with Device(town, town.kim, [thread], slowest_s=0.2) as kim, Device(town, town.sam, [thread]) as sam:
            await settle(town, [kim, sam])
            epoch = kim.places.epoch
            await asyncio.to_thread(server.kill)
            command = [sys.executable, "manage.py", "epoch", "--renew"]
            await asyncio.to_thread(subprocess.run, command, cwd=ROOT, env=server.env, check=True)
            await asyncio.to_thread(server.start)
            await talk(sam, thread, 3)
            await settle(town, [kim, sam])
            assert sum(event.frame.get("type") == "reset" for event in town.history.events) == 2
            assert kim.places.epoch != epoch
            assert len(kim.closes) == 1, "a reset leaves the socket open"
            assert await findings(town, [kim, sam]) == []

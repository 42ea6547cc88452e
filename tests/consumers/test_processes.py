"""Two processes on one port, and Redis between them misbehaving in every way it can: only latency may change."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis

from tests.api.market import Market, new_id
from tests.consumers.person import Person, online
from tests.services.server import Server
from tests.stack import Stack

pytestmark = pytest.mark.postgres

MANY = 6


@asynccontextmanager
async def crowd(server: Server, market: Market, thread: str) -> AsyncIterator[list[Person]]:
    """Sockets of kim and sam, enough to be in both processes, that follow the thread."""
    async with online(server, market, *[market.kim, market.sam] * MANY) as people:
        for person in people:
            await person.done("thread.subscribe", thread=thread, after=0)
            await person.see("caught_up", thread=thread)
        yield people


async def hear(people: list[Person], thread: str, text: str) -> float:
    """Have the first say it; returns after how many seconds the last of all has read it."""
    begun = time.monotonic()
    answer = await people[0].done("message.send", thread=thread, text=text)
    await asyncio.gather(*(person.sees_entry(thread, answer["seq"]) for person in people))
    return time.monotonic() - begun


def all_once(people: list[Person], thread: str) -> None:
    longest = max(len(person.seqs(thread)) for person in people)
    for person in people:
        assert person.seqs(thread) == list(range(1, longest + 1))
        assert person.socket.close_code is None


async def test_everyone_in_both_processes_reads_every_entry_once_and_at_once(server, market):
    thread = str(market.place()["thread"])
    async with crowd(server, market, thread) as people:
        times = [await hear(people, thread, str(number)) for number in range(10)]
        assert sorted(times)[5] < 0.5
        await people[0].say(type="thread.typing", thread=thread, on=True)
        for sam in people[1::2]:
            await sam.see("typing", within=2)
        all_once(people, thread)


async def chatter(person: Person, thread: str, name: str) -> None:
    """Thirty messages, three at a time: a client that keeps within its limits."""
    for number in range(0, 30, 3):
        ids = [new_id() for _ in range(3)]
        for step, named in enumerate(ids):
            await person.say(type="message.send", id=named, thread=thread, text=f"{name} {number + step}")
        for named in ids:
            await person.see("ok", id=named)


async def test_ten_threads_at_once_keep_every_order(server, market):
    threads = [str(market.place()["thread"]) for _ in range(10)]
    async with online(server, market, *[market.kim, market.sam] * 2) as people:
        for person in people:
            for thread in threads:
                await person.done("thread.subscribe", thread=thread, after=0)
        await asyncio.gather(
            *(
                chatter(person, thread, str(index))
                for index, person in enumerate(people)
                for thread in threads[index % 2 :: 2]
            )
        )
        for thread in threads:
            for person in people:
                await person.sees_entry(thread, 62)
            for index in range(4):
                texts = [entry.get("text", "") for entry in people[1].entries(thread)]
                theirs = [text for text in texts if text.startswith(f"{index} ")]
                assert theirs in ([], [f"{index} {number}" for number in range(30)])
            all_once(people, thread)


async def test_kim_is_online_until_her_last_socket_in_any_process_is_gone(server, market):
    thread = str(market.place()["thread"])
    async with online(server, market, *[market.sam] * MANY) as sams:
        for sam in sams:
            await sam.done("thread.subscribe", thread=thread)
        async with online(server, market, *[market.kim] * MANY) as kims:
            for sam in sams:
                await sam.see("presence", user=market.kim, online=True, within=3)
            for kim in kims[1:]:
                await kim.leave()
            await asyncio.sleep(0.5)
            assert not [frame for sam in sams for frame in sam.of("presence") if not frame["online"]]
        for sam in sams:
            await sam.see("presence", user=market.kim, online=False, within=3)


async def test_a_suspension_cuts_sockets_in_every_process(server, market):
    async with online(server, market, *[market.kim] * MANY) as kims:
        market.http.post(
            f"/api/v1/users/{market.kim}/suspend", headers=market.host, json={"reason": "abuse of the chat"}
        )
        for kim in kims:
            assert (await kim.end(within=3))[0] == 4003


async def test_a_suspension_finds_its_way_without_redis(stack: Stack, server, market):
    assert stack.valkey
    async with online(server, market, *[market.kim] * MANY) as kims:
        stack.valkey.kill()
        try:
            said = {"reason": "abuse of the chat"}
            market.http.post(f"/api/v1/users/{market.kim}/suspend", headers=market.host, json=said)
            for kim in kims:
                assert (await kim.end(within=5))[0] == 4003
        finally:
            stack.valkey.start()


async def test_redis_dies_and_comes_back_and_no_socket_notices_but_by_the_clock(stack: Stack, server, market):
    assert stack.valkey
    thread = str(market.place()["thread"])
    async with crowd(server, market, thread) as people:
        await hear(people, thread, "before")
        stack.valkey.kill()
        try:
            for number in range(3):
                assert await hear(people, thread, f"without {number}") < 3.5
        finally:
            stack.valkey.start()
        await asyncio.sleep(6)
        assert min([await hear(people, thread, f"after {number}") for number in range(5)]) < 0.5
        all_once(people, thread)


async def test_a_frozen_redis_slows_nobody_down(stack: Stack, server, market):
    assert stack.valkey
    thread = str(market.place()["thread"])
    async with crowd(server, market, thread) as people:
        stack.valkey.pause()
        try:
            begun = time.monotonic()
            await people[0].done("message.send", thread=thread, text="answered at once")
            assert time.monotonic() - begun < 1
            assert await hear(people, thread, "heard by the sweep") < 3.5
        finally:
            stack.valkey.resume()
        await hear(people, thread, "after")
        all_once(people, thread)


async def test_rubbish_forgeries_and_repetitions_on_the_channel_change_nothing(stack: Stack, server, market):
    assert stack.valkey
    thread = str(market.place()["thread"])
    async with crowd(server, market, thread) as people:
        redis = Redis.from_url(stack.valkey.url)
        heard: list[bytes] = []
        try:
            (channel,) = await redis.pubsub_channels("order-threads:*")
            async with redis.pubsub(ignore_subscribe_messages=True) as tap:
                await tap.subscribe(channel)
                for number in range(5):
                    await hear(people, thread, str(number))
                messages = [await tap.get_message(timeout=0.1) for _ in range(20)]
                heard = [message["data"] for message in messages if message]
            forged = b'abc.00.[["entries","%s",[[99,"message","sam","","{}",10]]]]' % thread.encode()
            for payload in (b"", b"rubbish", b"\xff" * 10_000, forged, *heard, *reversed(heard), *heard):
                await redis.publish(channel, payload)
            await redis.flushall()
        finally:
            await redis.aclose()
        assert heard
        await hear(people, thread, "after the rubbish")
        all_once(people, thread)


async def test_the_write_rate_counts_across_processes_and_http(start_server, market_at):
    server = start_server(workers=2, fresh=True, UNLIMITED_WRITES="", WRITES_PER_SECOND="1")
    market = market_at(server)
    thread = str(market.place()["thread"])
    async with online(server, market, *[market.kim] * MANY) as kims:
        answers = [await kims[n % MANY].ask("message.send", thread=thread, text=str(n)) for n in range(40)]
        over_http = market.command(market.kim, thread, "message.send", text="one more")
        done = [answer for answer in answers if answer["type"] == "ok"]
        assert 20 <= len(done) <= 24
        assert over_http.json()["code"] == "rate_limited"

"""Who tells whom through Redis: nobody where nobody listens, everybody as soon as somebody does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from chat.announce import Revoked
from consumers.hints import Hint, Seal
from consumers.relay import Relay
from tests.api.market import new_id
from tests.stack import Stack

pytestmark = pytest.mark.postgres

PATIENCE_S = 20
NEWS = Revoked("kim")


class Process:
    """What a serving process does with its relay; `heard` is what others told it."""

    def __init__(self, url: str, epoch: str, name: str) -> None:
        self.heard: list[Hint] = []
        self.relay = Relay(url, Seal("secret", epoch, name), lambda _, said: self.heard.extend(said))

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Process"]:
        work = [asyncio.create_task(each) for each in (self.relay.publish(), self.relay.subscribe(), self.relay.beat())]
        try:
            yield self
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    async def hears(self, other: "Process") -> None:
        async with asyncio.timeout(PATIENCE_S):
            while NEWS not in self.heard:
                other.relay.tell(NEWS)
                await asyncio.sleep(0.05)


async def test_a_process_alone_tells_nobody_until_a_second_one_comes(stack: Stack) -> None:
    assert stack.redis_url
    epoch = new_id()
    silent = Process(stack.redis_url, epoch, "witness")
    async with Process(stack.redis_url, epoch, "first").running() as first:
        # Hears, and never says a word.
        listening = asyncio.create_task(silent.relay.subscribe())
        await silent.hears(first)
        async with asyncio.timeout(PATIENCE_S):
            while NEWS in silent.heard:
                silent.heard.clear()
                first.relay.tell(NEWS)
                await asyncio.sleep(0.5)
        async with Process(stack.redis_url, epoch, "second").running() as second:
            await second.hears(first)
            await first.hears(second)
            await silent.hears(first)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)

"""What staff decide about a person reaches that person's sockets, on every device, and nobody else's."""

import asyncio
import time

from tests.consumers.person import online

WHY = "asking to pay outside"


async def test_kim_s_devices_hear_that_she_was_warned_and_sam_s_does_not(server, market):
    thread = market.place()["thread"]
    people = (market.kim, market.kim, market.sam, market.mia)
    async with online(server, market, *people) as (phone, desk, sam, mia):
        await mia.done("moderation.warn", user=market.kim, thread=thread, reason=WHY)
        for device in (phone, desk):
            told = (await device.see("decision"))["decision"]
            assert (told["act"], told["reason"], told["thread"]) == ("moderation.warn", WHY, thread)
        await mia.done("moderation.warn", user=market.sam, thread=thread, reason="and he answered")
        await sam.see("decision")
        assert [frame["decision"]["reason"] for frame in sam.of("decision")] == ["and he answered"]


async def test_mia_suspends_kim_and_her_sockets_end_within_five_seconds(server, market):
    async with online(server, market, market.kim, market.kim, market.sam, market.mia) as (phone, desk, sam, mia):
        await mia.done("moderation.suspend", user=market.kim, reason=WHY)
        since = time.monotonic()
        for code, _ in await asyncio.gather(phone.end(), desk.end()):
            assert code == 4003
        assert time.monotonic() - since < 5
        assert (await asyncio.to_thread(market.get, market.kim, "threads")).status_code == 403
        await sam.done("thread.list")
        await mia.done("moderation.reinstate", user=market.kim, reason="it was a mistake")
        assert (await asyncio.to_thread(market.get, market.kim, "threads")).status_code == 200

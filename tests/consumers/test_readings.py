"""What a moderator was given to read is on record: which entries of which thread (I10)."""

import asyncio

import httpx2

from chat.models import AuditRecord
from chat.readings import merged
from tests.api.market import Market
from tests.consumers.person import online


def test_what_was_read_twice_or_in_pieces_is_told_once() -> None:
    assert merged([(5, 9), (1, 2), (3, 4), (8, 12), (20, 20)]) == [(1, 12), (20, 20)]


async def read(server, market: Market, thread: str) -> None:
    """Mia and kim read entries 5 and 6 and, as it is written, 7 over the socket; mia reads 1 and 2 over HTTP."""
    async with online(server, market, market.mia, market.kim) as (mia, kim):
        await mia.done("moderation.watch", thread=thread, reason="a complaint by phone")
        for person in (kim, mia):
            await person.done("thread.subscribe", thread=thread, after=4)
            await person.see("caught_up", thread=thread)
        await kim.done("message.send", thread=thread, text="Five")
        await mia.until(lambda frame: frame["type"] == "entries" and frame["entries"][-1]["seq"] == 7)
        assert market.get(market.mia, f"threads/{thread}/entries", after=0, limit=2).status_code == 200


def test_what_mia_read_over_the_socket_and_over_http_is_recorded_and_kim_s_reading_is_not(start_server):
    server = start_server()
    with httpx2.Client(base_url=server.url, timeout=20) as http:
        market = Market(http)
        thread = market.place()["thread"]
        for text in ("One", "Two", "Three", "Four"):
            assert market.command(market.kim, thread, "message.send", text=text).status_code == 200
        asyncio.run(read(server, market, thread))
    # It is written down before the process ends.
    assert server.terminate() == 0
    records = list(AuditRecord.objects.filter(action="moderation.read", thread=thread))
    assert {record.moderator for record in records} == {market.mia}
    assert merged([(first, last) for record in records for first, last in record.about["entries"]]) == [(1, 2), (5, 7)]

"""The user's page as one story: what becomes of a thread when its order is closed, to the moment when kim leaves.

Told through the public protocol alone: HTTP with the service key, sockets with tokens, the clock.
"""

from collections.abc import Callable

import httpx2

from tests.api.market import PRICE, Market
from tests.services.server import Server
from tests.stack import Stack
from tests.story import afterwards, leaving
from tests.story.people import Town, town


async def test_the_life_of_a_thread_after_its_order_was_closed(
    stack: Stack, start_server: Callable[..., Server]
) -> None:
    server = start_server(workers=stack.workers, fresh=True)
    with httpx2.Client(base_url=server.url, timeout=30) as http:
        market = Market(http)
        async with town(server, market) as people:
            placed = market.place()
            thread = str(placed["thread"])
            await people.follow(thread)
            await the_order_is_delivered_and_closed(people, thread)
            assert await people.wallet() == [PRICE]
            await people.both_write(thread, "today")
            await people.passes(days=8)
            await people.both_write(thread, "8 days later")
            await people.passes(years=5)
            await people.both_write(thread, "5 years later")
            await afterwards.sam_checks_in_and_helps_until_kim_has_to_answer(people, thread)
            ordered = await afterwards.sam_s_offer_becomes_a_new_order(people, thread)
            await afterwards.the_closed_order_stays_as_it_is(people, thread)
            await leaving.kim_leaves(people, thread, str(ordered["thread"]))
            await leaving.nobody_writes_there_any_more(people, thread)
            await leaving.the_new_order_goes_its_own_way(people, str(ordered["thread"]))
            await people.passes(years=5)
            await leaving.nobody_writes_there_any_more(people, thread)
            await people.both_write(str(ordered["thread"]), "another 5 years later")


async def the_order_is_delivered_and_closed(people: Town, thread: str) -> None:
    await people.step(people.sam, "order.start", thread)
    await people.step(people.sam, "order.deliver", thread, note="Here it is.")
    assert (await people.kim.refused("message.send", thread=thread, text="Lovely"))["code"] == "chat_blocked"
    assert (await people.kim.refused("thread.leave", thread=thread, confirm=True))["code"] == "order_active"
    assert await people.wallet() == []
    done = await people.step(people.kim, "order.close", thread)
    assert done["state"] == "closed"
    changed, released = await people.all_see(thread, done["seq"]), await people.all_see(thread, done["seq"] + 1)
    assert (changed["action"], changed["to"]) == ("close", "closed")
    assert (released["kind"], released["amount"]) == ("payment.released", PRICE)

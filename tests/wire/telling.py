"""One scripted run says every command, writes every kind of entry and meets every error."""

from typing import Any

import httpx2

from tests.api.market import Market
from tests.consumers.person import online
from tests.services.server import Server
from tests.wire import accounts, catching, lives, meetings, oversight, refusals
from tests.wire.scribe import Scribe

# So slow that even a slow machine is too fast.
# Where the host takes the payments and gives an ended order's chat a week; and what is written only there.
OTHER_RULES = {"PAYMENT": "host", "PROFILE": "seven-day-chat"}
ONLY_THERE = {"offer.awaiting", "offer.reopened", "thread.closed:window"}
SMALL = {"UNLIMITED_WRITES": "", "MAX_SUBSCRIPTIONS": "1", "WRITES_BURST": "2", "WRITES_PER_SECOND": "0.01"}


async def tell(server: Server, run: Scribe) -> None:
    """The whole script, always in this order: seqs are part of the frames."""
    followed = run.place()
    await meetings.follow(run, followed)
    await meetings.come_and_go(run, server, followed)
    thread = run.place()
    await lives.talk(run, thread)
    await lives.bargain(run, thread)
    await lives.work(run, thread)
    await lives.quarrel(run, thread)
    await lives.undo(run)
    kept, removed = await lives.end(run, "keep"), await lives.end(run, "remove")
    await lives.go_on(run, kept)
    await lives.leave(run, kept)
    async with online(server, run.market, run.market.kim) as again:
        await refusals.of_frames(run, again)
    await refusals.of_a_suspended_person(run)
    await refusals.of_a_pending_order(run, run.place())
    await refusals.of_a_closed_order(run, removed)
    await refusals.of_a_left_thread(run, kept)
    await refusals.of_time(run, await refusals.of_a_delivered_order(run))
    await oversight.feed(run, run.place())
    await oversight.queue(run, run.place())
    await accounts.decide(run, server, run.place())
    await catching.hold(run, run.place())


async def whole(server: Server) -> dict[str, dict[str, Any]]:
    """Everything but the limits, by name."""
    with httpx2.Client(base_url=server.url, timeout=30) as http:
        market = Market(http)
        async with online(server, market, market.kim) as kim:
            early = Scribe(market, kim, kim, kim)
            await meetings.come_home(early, server, early.place())
        async with online(server, market, market.kim, market.sam, market.mia) as people:
            run = Scribe(market, *people)
            await tell(server, run)
            run.told(run.errors["not_found"]["error"])
            told = {"commands": run.commands, "replies": run.replies, "errors": run.errors}
            return {**told, "frames": early.frames | run.frames, "entries": await run.entries()}


async def by_other_rules(server: Server) -> dict[str, dict[str, Any]]:
    """What a server says besides that plays by OTHER_RULES."""
    with httpx2.Client(base_url=server.url, timeout=30) as http:
        market = Market(http)
        async with online(server, market, market.kim, market.sam, market.mia) as people:
            run = Scribe(market, *people)
            await lives.pay(run, run.place())
            await lives.outlast(run, run.threads[0])
            entries = {name: entry for name, entry in (await run.entries()).items() if name in ONLY_THERE}
            return {"replies": run.replies, "entries": entries, "errors": run.errors}


async def limits(server: Server) -> dict[str, Any]:
    """The errors of a server with small limits."""
    with httpx2.Client(base_url=server.url, timeout=30) as http:
        market = Market(http)
        async with online(server, market, market.kim, market.sam, market.mia) as people:
            run = Scribe(market, *people)
            await refusals.of_limits(run)
            return run.errors

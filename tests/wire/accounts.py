"""Decisions about people: kim is warned, objects, and hears what a lead makes of it; staff's records are read."""

from tests.consumers.person import online
from tests.services.server import Server
from tests.wire.scribe import Scribe


async def decide(run: Scribe, server: Server, thread: str) -> None:
    since = len(run.kim.seen)
    warning = {"user": run.market.kim, "thread": thread, "reason": "asking to pay outside"}
    warned = await run.ok(run.mia, "moderation.warn", **warning)
    run.told(await run.kim.see("decision", since=since))
    appeal = {"decision": warned["decision"], "text": "It was about another shop."}
    appealed = await run.ok(run.kim, "decision.appeal", **appeal)
    async with online(server, run.market, run.market.lea) as lea:
        await run.ok(lea, "moderation.appeals", limit=1)
        await run.ok(lea, "moderation.policies")
        ruling = {"appeal": appealed["appeal"], "outcome": "upheld", "reason": "it was about this order"}
        await run.ok(lea, "moderation.rule_appeal", **ruling)
        await run.ok(lea, "moderation.audit", user=run.market.kim, limit=1)
    await run.ok(run.kim, "decision.list", limit=1)

"""A moderator who has not said why reads no word of anybody, by any command, over the socket and over HTTP."""

from typing import Any

from tests.api.market import bearer
from tests.consumers.person import online

WORDS = "nobody reads this without a reason"
WHY = "a complaint by phone"


async def planted(market: Any, kim: Any, sam: Any) -> tuple[str, int, str]:
    """Kim and sam say it wherever people can say something; returns (thread, the message's seq, the claim)."""
    thread = str(market.post_order(title="A logo").json()["thread"])
    sent = await kim.done("message.send", thread=thread, text=WORDS)
    await sam.done("message.report", thread=thread, target=sent["seq"], reason=WORDS)
    await kim.done("message.edit", thread=thread, target=sent["seq"], text=f"{WORDS}, again")
    await sam.done("offer.make", thread=thread, title="A banner", description=WORDS, price=PRICE, delivery_days=2)
    await kim.done("proposal.make", thread=thread, kind="refund", reason=WORDS, amount=PRICE)
    claim = await kim.done("claim.file", thread=thread, reason=WORDS)
    return thread, sent["seq"], str(claim["claim"])


PRICE = {"amount": 100, "currency": "EUR"}


async def test_without_a_reason_not_a_word_over_socket_and_http(server, market):
    async with online(server, market, market.kim, market.sam, market.mia) as (kim, sam, mia):
        thread, seq, claim = await planted(market, kim, sam)
        item = f"message:{thread}:{seq}"
        over_http = []
        await mia.done("moderation.feed", on=True, user=market.kim)
        for name, fields in (
            ("moderation.queue", {"limit": 100}),
            ("thread.list", {"limit": 100}),
            ("moderation.settle", {"item": item, "outcome": "upheld", "reason": WHY}),
            ("moderation.put_back", {"item": item}),
        ):
            await mia.ask(name, **fields)
            over_http.append(market.command(market.mia, thread, name, **fields).text)
        for name in ("moderation.case", "thread.history", "thread.snapshot", "thread.subscribe"):
            assert (await mia.refused(name, thread=thread))["code"] == "reason_required"
            over_http.append(market.command(market.mia, thread, name).text)
        pages = [f"/api/v1/threads/{thread}/{path}" for path in ("entries", "snapshot")]
        over_http += [market.http.get(page, headers=bearer(market.tokens[market.mia])).text for page in pages]
        await kim.done("message.send", thread=thread, text=WORDS)
        await mia.see("feed")
        assert len(over_http) == 10
        assert WORDS not in "".join([*over_http, *mia.frames])
        # All of it was there to be read: with a reason it is.
        await mia.done("moderation.take_item", item=item)
        case = await mia.done("moderation.case", thread=thread)
        assert [each["reason"] for each in case["reports"]] == [each["reason"] for each in case["claims"]] == [WORDS]
        assert [each["claim"] for each in case["claims"]] == [claim]
        assert WORDS in str(await mia.done("thread.history", thread=thread))
        assert WORDS in market.command(market.mia, thread, "moderation.case").text

"""What moderators see and do without a thread in hand."""

from tests.wire.scribe import Scribe


async def feed(run: Scribe, thread: str) -> None:
    """Mia sees that kim wrote; what kim wrote she does not."""
    await run.ok(run.mia, "moderation.feed", on=True, user=run.market.kim, limit=1)
    since = len(run.mia.seen)
    await run.kim.done("message.send", thread=thread, text="Hello, sam")
    run.told(await run.mia.see("feed", since=since))
    await run.mia.done("moderation.feed", on=False)


async def queue(run: Scribe, thread: str) -> None:
    """Kim reports a message; mia takes it in hand, looks, and settles it."""
    sent = await run.sam.done("message.send", thread=thread, text="You are a fool.")
    await run.kim.done("message.report", thread=thread, target=sent["seq"], reason="It is rude.")
    item = f"message:{thread}:{sent['seq']}"
    await run.ok(run.mia, "moderation.take_item", item=item)
    told = await run.ok(run.mia, "moderation.queue", kinds=["message"], limit=100)
    told["items"] = [each for each in told["items"] if each["item"] == item]
    await run.ok(run.mia, "moderation.case", thread=thread)
    await run.ok(run.mia, "moderation.put_back", item=item)
    await run.mia.done("moderation.take_item", item=item)
    await run.ok(run.mia, "moderation.settle", item=item, outcome="upheld", reason="The message insults a person.")

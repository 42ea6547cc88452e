"""What moderators see and do without a thread in hand."""

from tests.wire.scribe import Scribe


async def feed(run: Scribe, thread: str) -> None:
    """Mia sees that kim wrote; what kim wrote she does not."""
    await run.ok(run.mia, "moderation.feed", on=True, user=run.market.kim, limit=1)
    since = len(run.mia.seen)
    await run.kim.done("message.send", thread=thread, text="Hello, sam")
    run.told(await run.mia.see("feed", since=since))
    await run.mia.done("moderation.feed", on=False)

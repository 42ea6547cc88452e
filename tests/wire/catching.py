"""What is caught: kim asks first, writes what is held, and mia lets the one through and not the other."""

from tests.wire.scribe import Scribe

# The server of the run holds messages with one: CATCHING.
ACCOUNT = "My account: DE89 3704 0044 0532 0130 00"
PHONE = "My number: 0151 23456789"


async def hold(run: Scribe, thread: str) -> None:
    await run.ok(run.kim, "message.check", thread=thread, text=PHONE)
    for name, text in (("flagged", PHONE), ("held", ACCOUNT)):
        run.replies[f"message.send:{name}"] = await run.kim.done("message.send", thread=thread, text=text)
    first = run.replies["message.send:held"]["held"]
    second = (await run.kim.done("message.send", thread=thread, text=ACCOUNT))["held"]
    run.replies["thread.snapshot:held"] = await run.kim.done("thread.snapshot", thread=thread)
    await run.mia.done("moderation.watch", thread=thread, reason="two messages are held")
    await run.ok(run.mia, "moderation.release_message", thread=thread, target=first)
    refusal = {"target": second, "reason": "one account is enough"}
    await run.ok(run.mia, "moderation.reject_message", thread=thread, **refusal)

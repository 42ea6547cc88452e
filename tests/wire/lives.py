"""Lives of orders, told so that every command succeeds once and every kind of entry is written once."""

from tests.wire.scribe import Scribe

BANNER = {"title": "A banner", "price": {"amount": 2000, "currency": "EUR"}, "delivery_days": 2}
PART = {"amount": 100, "currency": "EUR"}
REFUND = {"kind": "refund", "reason": "half is done", "amount": PART}
WHY = "a report about this thread"


async def talk(run: Scribe, thread: str) -> None:
    """Words, corrections, and what a person arranges for herself."""
    sent = await run.ok(run.sam, "message.send", thread=thread, text="Hello, kim")
    await run.ok(run.sam, "message.edit", thread=thread, target=sent["seq"], text="Good morning, kim")
    await run.ok(run.kim, "message.report", thread=thread, target=sent["seq"], reason="It is rude.")
    wrong = await run.sam.done("message.send", thread=thread, text="Your logo is read.", reply_to=sent["seq"])
    await run.ok(run.sam, "message.redact", thread=thread, target=wrong["seq"], reason="no longer true")
    await run.ok(run.kim, "thread.history", thread=thread, after=2, limit=2)
    await run.ok(run.kim, "thread.snapshot", thread=thread)
    await run.ok(run.kim, "thread.list", limit=1)
    await run.ok(run.kim, "thread.read", thread=thread, seq=3)
    await run.ok(run.kim, "thread.delivered", thread=thread, seq=4)
    for name in ("thread.mute", "thread.archive"):
        await run.ok(run.kim, name, thread=thread, on=True)
        await run.kim.done(name, thread=thread, on=False)
    await run.ok(run.kim, "auth.refresh", token=run.market.token(run.market.kim))


async def bargain(run: Scribe, thread: str) -> None:
    """Offers and refunds of a pending order."""
    await run.ok(run.kim, "offer.request", thread=thread, text="Could you do a banner, too?")
    for person, answer in ((run.kim, "decline"), (run.sam, "withdraw"), (run.kim, "accept")):
        made = await run.ok(run.sam, "offer.make", thread=thread, **BANNER)
        await run.ok(person, f"offer.{answer}", thread=thread, offer=made["offer"])
    for person, answer in ((run.sam, "decline"), (run.kim, "withdraw"), (run.sam, "accept")):
        made = await run.ok(run.kim, "proposal.make", thread=thread, **REFUND)
        await run.ok(person, f"proposal.{answer}", thread=thread, proposal=made["proposal"])


async def work(run: Scribe, thread: str) -> None:
    """Started, put off, delivered, revised twice."""
    await run.step(run.sam, "order.start", thread)
    order = (await run.kim.done("thread.snapshot", thread=thread))["order"]
    # As late as may be: the night before the order itself ends.
    later = order["deadlines"]["expires_at"][:11] + "00:00:00.000Z"
    made = await run.ok(run.sam, "proposal.make", thread=thread, kind="extension", reason="I am ill.", deliver_by=later)
    await run.ok(run.kim, "proposal.accept", thread=thread, proposal=made["proposal"])
    await run.step(run.sam, "order.deliver", thread, note="Here it is.")
    await run.step(run.kim, "order.request_revision", thread, text="Bigger, please.")
    await run.step(run.sam, "order.accept_revision", thread)
    await run.step(run.sam, "order.deliver", thread, note="Bigger.")
    await run.step(run.kim, "order.request_revision", thread, text="Bigger still.")
    await run.step(run.sam, "order.refuse_revision", thread, reason="It is as agreed.")


async def quarrel(run: Scribe, thread: str) -> None:
    """Claims; mia looks, freezes and rules."""
    await run.ok(run.kim, "claim.file", thread=thread, reason="not as agreed")
    await run.ok(run.kim, "claim.withdraw", thread=thread)
    filed = await run.ok(run.kim, "claim.file", thread=thread, reason="not as agreed")
    await run.ok(run.mia, "moderation.watch", thread=thread, reason=WHY)
    await run.ok(run.mia, "moderation.note", thread=thread, text="seen before")
    await run.ok(run.mia, "moderation.replay", thread=thread, seq=2)
    reject = {"claim": filed["claim"], "reason": "there is nothing in it"}
    await run.ok(run.mia, "moderation.reject_claim", thread=thread, **reject)
    await run.ok(run.kim, "claim.file", thread=thread, reason="still not as agreed")
    await freeze(run, thread)
    await run.ok(run.kim, "message.send", thread=thread, text="Look at page 2.", purpose="statement")
    await run.mia.done("message.send", thread=thread, text="We look into it.")
    await resolve(run, thread, "unfreeze")
    await freeze(run, thread)
    await resolve(run, thread, "resume")
    await freeze(run, thread)
    await resolve(run, thread, "pay")
    for outcome, more in (("split", {"amount": PART}), ("refund", {})):
        another = run.place()
        await run.mia.done("moderation.watch", thread=another, reason=WHY)
        await freeze(run, another)
        await resolve(run, another, outcome, **more)


async def freeze(run: Scribe, thread: str) -> None:
    await run.ok(run.mia, "moderation.freeze", thread=thread, reason="a claim to look into")


async def resolve(run: Scribe, thread: str, outcome: str, **more: object) -> None:
    ruling = {"outcome": outcome, "reason": "as both agreed before", **more}
    await run.ok(run.mia, "moderation.resolve", thread=thread, **ruling)


async def undo(run: Scribe) -> None:
    """Four ways to a cancelled order."""
    await run.step(run.sam, "order.decline", run.place())
    await run.step(run.kim, "order.withdraw", run.place())
    for accepted in (True, False):
        thread = run.place()
        await run.step(run.sam, "order.start", thread)
        made = await run.ok(run.kim, "proposal.make", thread=thread, kind="cancellation", reason="I moved.")
        if accepted:
            await run.ok(run.sam, "proposal.accept", thread=thread, proposal=made["proposal"])
        else:
            await run.step(run.sam, "order.cancel", thread, reason="I am ill.")


async def end(run: Scribe, ruling: str) -> str:
    """Closed and reviewed, and the review ruled on; returns the thread."""
    thread = run.place()
    await run.step(run.sam, "order.start", thread)
    await run.step(run.sam, "order.deliver", thread, note="Here it is.")
    await run.step(run.kim, "order.close", thread)
    await run.ok(run.kim, "review.write", thread=thread, rating=2, text="Too small.")
    await run.ok(run.sam, "review.reply", thread=thread, text="It is as agreed.")
    await run.ok(run.sam, "review.contest", thread=thread, ground="abuse", text="look")
    await run.mia.done("moderation.watch", thread=thread, reason=WHY)
    await run.ok(run.mia, "moderation.rule_review", thread=thread, outcome=ruling, reason="it is an opinion")
    return thread


async def go_on(run: Scribe, thread: str) -> None:
    """Support and a follow-up order in a closed order's thread."""
    for purpose in ("check_in", "support"):
        await run.ok(run.sam, "message.send", thread=thread, text="Does it print well?", purpose=purpose)
    opened = await run.ok(run.kim, "support.open", thread=thread, text="How do I open it?")
    await run.ok(run.sam, "support.resolve", thread=thread, item=opened["item"])
    made = await run.sam.done("offer.make", thread=thread, **BANNER)
    ordered = await run.kim.done("offer.accept", thread=thread, offer=made["offer"])
    run.replies["offer.accept:follow_up"] = ordered
    run.threads.append(ordered["thread"])


async def pay(run: Scribe, thread: str) -> None:
    """Where the host takes the payment: it fails, nothing comes of it in time, it is paid."""
    made = await run.sam.done("offer.make", thread=thread, **BANNER)
    accept = {"thread": thread, "offer": made["offer"]}
    accepted = run.replies["offer.accept:awaiting"] = await run.kim.done("offer.accept", **accept)
    run.hears(accepted["order"], offer=made["offer"], reference="pay-1", status="failed")
    await run.kim.done("offer.accept", **accept)
    await run.passes(minutes=15)
    for reference in ("pay-2", "pay-3"):
        run.hears(accepted["order"], offer=made["offer"], reference=reference, status="paid")


async def outlast(run: Scribe, thread: str) -> None:
    """Where an ended order's chat has a week, it is over by itself."""
    version = await run.version(thread)
    await run.kim.done("order.withdraw", thread=thread, expect=version)
    await run.passes(days=7)


async def leave(run: Scribe, thread: str) -> None:
    await run.sam.done("offer.make", thread=thread, **BANNER)
    await run.ok(run.kim, "thread.leave", thread=thread, confirm=True)

"""Every error that can be provoked from outside, and what the clock does in the meantime."""

import json

from tests.api.market import bearer, new_id
from tests.chat.forging import by_secret
from tests.consumers.person import Person
from tests.wire.lives import BANNER, REFUND
from tests.wire.scribe import Scribe


async def of_frames(run: Scribe, kim: Person) -> None:
    """Before anybody looks at a rule. On a socket of its own: one bad frame more or less counts there."""
    await kim.socket.send("{")
    run.errors["bad_frame"] = {"error": await kim.see("error", code="bad_frame")}
    await run.no(kim, "unknown_type", "thread.dance")
    await run.no(kim, "bad_request", "thread.read", thread="any", seq="3")
    await run.no(kim, "unauthenticated", "auth.refresh", token=run.market.tokens[run.market.odd])
    await run.no(kim, "auth_expired", "auth.refresh", token=by_secret(sub=run.market.kim, exp=1_700_000_000))
    await run.no(kim, "not_found", "thread.snapshot", thread="nowhere")


async def of_a_suspended_person(run: Scribe) -> None:
    """Over HTTP: the sockets of a suspended person are cut."""
    odd = run.market.odd
    await run.ok(run.mia, "moderation.suspend", user=odd, reason="abuse of the chat")
    refused = run.market.http.get("/api/v1/threads", headers=bearer(run.market.tokens[odd])).json()
    assert refused["code"] == "suspended"
    run.errors["suspended"] = {"problem": refused}
    await run.ok(run.mia, "moderation.reinstate", user=odd, reason="an error of ours")


async def of_a_pending_order(run: Scribe, thread: str) -> None:
    sent = {"type": "message.send", "id": new_id(), "thread": thread, "text": "Hello, sam"}
    await run.kim.done(**sent)
    error = await run.kim.refused(**sent | {"text": "Hello again, sam"})
    run.errors["id_reused"] = {"command": sent | {"text": "Hello again, sam"}, "error": error}
    assert error["code"] == "id_reused"
    await run.no(run.kim, "wrong_role", "offer.make", thread=thread, **BANNER)
    await run.no(run.mia, "reason_required", "thread.history", thread=thread)
    await run.no(run.kim, "order_active", "thread.leave", thread=thread, confirm=True)
    await run.no_step(run.sam, "not_allowed", "order.deliver", thread, note="Here it is.")
    await run.no(run.sam, "version_conflict", "order.start", thread=thread, expect=0)
    await run.no(run.kim, "text_invalid", "message.send", thread=thread, text="")
    await run.no(run.kim, "too_large", "offer.request", thread=thread, text="x" * 4001)
    await run.no(run.kim, "cursor_ahead", "thread.read", thread=thread, seq=999)
    offer = (await run.sam.done("offer.make", thread=thread, **BANNER))["offer"]
    await run.sam.done("offer.withdraw", thread=thread, offer=offer)
    await run.no(run.kim, "offer_not_open", "offer.accept", thread=thread, offer=offer)
    proposal = (await run.kim.done("proposal.make", thread=thread, **REFUND))["proposal"]
    await run.kim.done("proposal.withdraw", thread=thread, proposal=proposal)
    await run.no(run.sam, "proposal_not_open", "proposal.accept", thread=thread, proposal=proposal)


async def of_a_delivered_order(run: Scribe) -> str:
    """Returns its thread."""
    thread = run.place()
    await run.step(run.sam, "order.start", thread)
    await run.step(run.sam, "order.deliver", thread, note="Here it is.")
    await run.no(run.kim, "chat_blocked", "message.send", thread=thread, text="Lovely")
    return thread


async def of_a_closed_order(run: Scribe, thread: str) -> None:
    """The thread of a closed and reviewed order."""
    await run.no_step(run.kim, "order_ended", "order.close", thread)
    await run.no(run.kim, "already_reviewed", "review.write", thread=thread, rating=5, text="Splendid.")
    for _ in range(3):
        await run.sam.done("message.send", thread=thread, text="Hello?")
    await run.no(run.sam, "follow_up_budget", "message.send", thread=thread, text="Hello?")


async def of_a_left_thread(run: Scribe, thread: str) -> None:
    await run.no(run.sam, "thread_closed", "message.send", thread=thread, text="Hello?")


async def of_time(run: Scribe, delivered: str) -> None:
    """What the clock ends: an order nobody started, the checking of another, offers, and a whole order."""
    unstarted, running = run.place(), run.place()
    await run.step(run.sam, "order.start", running)
    sent = await run.kim.done("message.send", thread=running, text="Hello, sam")
    await run.sam.done("offer.make", thread=running, **BANNER)
    await run.kim.done("proposal.make", thread=running, **REFUND)
    await run.passes(days=8)
    await run.no(run.kim, "edit_window_over", "message.edit", thread=running, target=sent["seq"], text="Hi")
    await run.no(run.kim, "not_reviewable", "review.write", thread=unstarted, rating=1, text="Nothing.")
    await run.kim.done("review.write", thread=delivered, rating=1, text="Nothing.")
    await run.no(run.sam, "bad_ground", "review.contest", thread=delivered, ground="unfair", text="look")
    closed = await of_a_delivered_order(run)
    await run.passes(days=8)
    await run.passes(days=200)
    await run.no(run.kim, "review_window_over", "review.write", thread=closed, rating=5, text="Late.")


async def of_limits(run: Scribe) -> None:
    """At a server with small limits: the second subscription and the third write are too many."""
    await run.kim.done("thread.subscribe", thread=run.place(), after=0)
    thread = run.place()
    await run.no(run.kim, "subscription_limit", "thread.subscribe", thread=thread)
    sent = [{"type": "message.send", "id": new_id(), "thread": thread, "text": "Quick!"} for _ in range(3)]
    await run.kim.socket.send(json.dumps(sent[0]))
    await run.kim.socket.send(json.dumps(sent[1]))
    error = await run.kim.refused(**sent[2])
    assert error["code"] == "rate_limited"
    run.errors["rate_limited"] = {"command": sent[2], "error": error}

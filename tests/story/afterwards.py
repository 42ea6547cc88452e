"""What goes on in the thread of a closed order, and what does not."""

from typing import Any

from tests.api.market import PRICE
from tests.story.people import Town

POSSIBLE = ["order_again", "offer"]
BANNER = {"title": "A banner", "price": {"amount": 2000, "currency": "EUR"}, "delivery_days": 2}
REFUND = {"kind": "refund", "amount": {"amount": 100, "currency": "EUR"}}
EXTENSION = {"kind": "extension", "deliver_by": "2099-01-01T00:00:00.000Z"}


async def sam_checks_in_and_helps_until_kim_has_to_answer(people: Town, thread: str) -> None:
    assert await budget(people, thread) == 3
    for left, purpose in ((2, "check_in"), (1, "support"), (0, "support")):
        entry = await people.write(people.sam, thread, "Does it print well?", purpose=purpose)
        assert entry["purpose"] == purpose
        assert await budget(people, thread) == left
    for purpose in ("chat", "support", "check_in"):
        refused = await people.sam.refused("message.send", thread=thread, text="Hello?", purpose=purpose)
        assert (refused["code"], refused["info"]) == ("follow_up_budget", {"remaining": 0, "state": "closed"})
    await people.write(people.kim, thread, "It does, thank you!")
    assert await budget(people, thread) == 3
    await people.write(people.sam, thread, "Then you need a banner.")


async def budget(people: Town, thread: str) -> Any:
    """What sam may still write, which kim sees too."""
    one, other = [(await people.snapshot(person, thread))["support"] for person in (people.kim, people.sam)]
    assert one["follow_ups_remaining"] == other["follow_ups_remaining"]
    return one["follow_ups_remaining"]


async def sam_s_offer_becomes_a_new_order(people: Town, thread: str) -> dict[str, Any]:
    made = await people.sam.done("offer.make", thread=thread, **BANNER)
    assert (await people.all_see(thread, made["seq"]))["offer"] == made["offer"]
    ordered = await people.kim.done("offer.accept", thread=thread, offer=made["offer"])
    accepted = await people.all_see(thread, ordered["seq"])
    link = {"order": ordered["order"], "thread": ordered["thread"]}
    assert {name: accepted.get(name) for name in ("kind", "offer", *link)} == {
        "kind": "offer.accepted", "offer": made["offer"], **link,
    }  # fmt: skip
    assert ordered["payment"] == "paid"
    assert ordered["thread"] != thread
    old, new = await people.snapshot(people.sam, thread), await people.snapshot(people.sam, ordered["thread"])
    assert old["order"]["next"] == [link]
    assert new["order"]["previous"] == {"order": old["order"]["order"], "thread": thread}
    assert (old["order"]["state"], old["order"]["price"]) == ("closed", PRICE)
    assert (new["order"]["state"], new["order"]["price"]) == ("pending", BANNER["price"])
    opened, held = await people.log(people.kim, ordered["thread"])
    assert (opened["kind"], opened["previous"]) == ("thread.opened", new["order"]["previous"])
    assert (held["kind"], held["amount"]) == ("payment.held", BANNER["price"])
    await people.follow(ordered["thread"])
    return ordered


async def the_closed_order_stays_as_it_is(people: Town, thread: str) -> None:
    before, log = await people.snapshot(people.kim, thread), await people.log(people.kim, thread)
    step = {"thread": thread, "expect": before["order"]["version"]}
    ask = {"thread": thread, "reason": "I thought again."}
    tried = [
        await people.sam.refused("order.start", **step),
        await people.sam.refused("order.decline", **step),
        await people.sam.refused("order.deliver", note="A better one", **step),
        await people.sam.refused("order.accept_revision", **step),
        await people.sam.refused("order.refuse_revision", reason="No", **step),
        await people.sam.refused("order.cancel", reason="I am ill.", **step),
        await people.kim.refused("order.cancel", reason="I thought again.", **step),
        await people.kim.refused("order.withdraw", **step),
        await people.kim.refused("order.request_revision", text="Bigger", **step),
        await people.kim.refused("order.close", **step),
        await people.kim.refused("proposal.make", **REFUND, **ask),
        await people.sam.refused("proposal.make", **REFUND, **ask),
        await people.kim.refused("proposal.make", kind="cancellation", **ask),
        await people.sam.refused("proposal.make", **EXTENSION, **ask),
    ]
    for refused in tried:
        assert (refused["code"], refused["executed"], refused["retry"]) == ("order_ended", "no", "never")
        assert refused["info"] == {"possible": POSSIBLE, "state": "closed"}
    assert await people.log(people.kim, thread) == log
    assert (await people.snapshot(people.kim, thread))["order"] == before["order"]
    assert await people.wallet() == [PRICE]

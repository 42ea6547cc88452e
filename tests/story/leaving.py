"""Kim leaves: what that ends, and what it does not touch."""

from tests.story.afterwards import BANNER
from tests.story.people import Town


async def kim_leaves(people: Town, thread: str, other: str) -> None:
    untouched = await people.log(people.sam, other)
    left = await people.kim.done("thread.leave", thread=thread, confirm=True)
    gone = await people.all_see(thread, left["seq"])
    closed = await people.all_see(thread, left["seq"] + 1)
    assert (gone["kind"], gone["role"]) == ("party.left", "buyer")
    assert (closed["kind"], closed["cause"], closed["role"]) == ("thread.closed", "left", "buyer")
    for person in (people.kim, people.sam):
        again = await person.done("thread.leave", thread=thread, confirm=True)
        assert again["duplicate"] is True
        assert (again["seq"], again["entry"]) == (left["seq"], left["entry"])
    assert await people.log(people.sam, other) == untouched


async def nobody_writes_there_any_more(people: Town, thread: str) -> None:
    log = await people.log(people.sam, thread)
    tried = [await people.sam.refused("offer.make", thread=thread, **BANNER)]
    for person in people.devices:
        tried.append(await person.refused("message.send", thread=thread, text="Are you there?"))
        tried.append(await person.refused("support.open", thread=thread, text="Help!"))
    tried.append(await people.kim.refused("offer.request", thread=thread, text="Another one?"))
    tried.append(await people.sam.refused("message.send", thread=thread, text="Hello", purpose="check_in"))
    assert {refused["code"] for refused in tried} == {"thread_closed"}
    assert [entry["kind"] for entry in log[-2:]] == ["party.left", "thread.closed"]
    for person in people.devices:
        # The author alone is shown the command ids.
        seen = [entry | {"command": None} for entry in await people.log(person, thread)]
        assert seen == [entry | {"command": None} for entry in log]


async def the_new_order_goes_its_own_way(people: Town, thread: str) -> None:
    await people.both_write(thread, "in the new thread")
    await people.step(people.sam, "order.start", thread)
    await people.step(people.sam, "order.deliver", thread, note="The banner.")
    await people.step(people.kim, "order.close", thread)
    assert await people.wallet() == [{"amount": 7000, "currency": "EUR"}]

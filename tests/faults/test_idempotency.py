"""The same id, sent again by any road and at any time, has one effect and one answer (G2, I6)."""

import asyncio
from collections import Counter

from tests.faults.device import Device
from tests.faults.quiet import findings
from tests.faults.town import Town, new_id

ROADS = 4


async def test_kim_sends_one_message_by_every_road_at_once_and_says_it_once(town: Town) -> None:
    thread = await town.place()
    async with Device(town, town.kim, [thread], seed=1) as a, Device(town, town.kim, [thread], seed=2) as b, \
               Device(town, town.kim, [thread], seed=3) as c, Device(town, town.sam, [thread]) as sam:  # fmt: skip
        for turn in range(10):
            said = {"type": "message.send", "id": new_id(), "thread": thread, "text": f"once only, {turn}"}
            sockets = [device.ask(**said) for device in (a, b, c)]
            answers = await asyncio.gather(*sockets, *(town.ask(town.kim, said) for _ in range(ROADS)))
            assert all(answer and answer["type"] == "ok" for answer in answers), answers
            assert len({(answer["seq"], answer["entry"], answer["at"]) for answer in answers if answer}) == 1
            assert Counter(answer["duplicate"] for answer in answers if answer) == {False: 1, True: 2 + ROADS}
        assert await findings(town, [a, b, c, sam]) == []
        assert sum(entry["kind"] == "message" for entry in await town.log(thread, town.sam)) == 10


async def test_an_answer_is_the_same_thirty_messages_later_and_other_words_are_refused(town: Town) -> None:
    thread = await town.place()
    said = {"type": "message.send", "id": new_id(), "thread": thread, "text": "the first"}
    async with Device(town, town.kim, [thread]) as kim, Device(town, town.sam, [thread]) as sam:
        first = await kim.ask(**said)
        await asyncio.gather(*(sam.ask("message.send", thread=thread, text=f"and {n}") for n in range(30)))
        async with Device(town, town.kim, seed=2) as other:
            for again in (await other.ask(**said), await kim.ask(**said), await town.ask(town.kim, said)):
                assert again == {**first, "duplicate": True}
            for person in (other, kim):
                assert (await person.ask(**{**said, "text": "changed"}))["code"] == "id_reused"
        # An id is its author's: the other party may have the same.
        assert (await sam.ask(**said))["duplicate"] is False
        assert await findings(town, [kim, sam]) == []


async def test_one_offer_accepted_twice_at_once_is_paid_once(town: Town) -> None:
    thread = await town.place()
    async with Device(town, town.kim, [thread], seed=1) as one, Device(town, town.kim, [thread], seed=2) as two, \
               Device(town, town.sam, [thread]) as sam:  # fmt: skip
        for turn in range(8):
            made = await sam.ask("offer.make", thread=thread, title=f"More {turn}", delivery_days=1, revisions=0,
                                 price={"amount": 100, "currency": "EUR"})  # fmt: skip
            kind = "offer.accept" if turn % 2 else "offer.withdraw"
            third = (sam if kind == "offer.withdraw" else two).send(kind, thread=thread, offer=made["offer"])
            answers = await asyncio.gather(
                one.ask("offer.accept", thread=thread, offer=made["offer"]),
                two.ask("offer.accept", thread=thread, offer=made["offer"]),
                third,
            )
            assert Counter(answer["type"] for answer in answers) == {"ok": 1, "error": 2}
            assert {answer["code"] for answer in answers if answer["type"] == "error"} == {"offer_not_open"}
        assert await findings(town, [one, two, sam]) == []

"""Messages that wait in one process share a transaction: one spec for both stores."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import pytest
from django.db import connection

from chat.actors import Actor, Standing
from chat.announce import Record
from chat.commands import MessageSend
from chat.group import Group, Outcome
from chat.group_postgres import PostgresStore
from chat.group_rows import RowStore
from chat.identity import HOST
from chat.offload import in_database
from chat.refusals import Refused
from consumers.dispatch import SERVICES
from consumers.vocabulary import COMMANDS
from orders.commands import PlaceOrder
from orders.services import place
from tests.stack import Stack

KIM, SAM, ODD = (Actor(name, Standing.USER) for name in ("kim-in-a-group", "sam-in-a-group", "odd-in-a-group"))


class Room:
    """A group with its store, and threads between kim and sam."""

    def __init__(self) -> None:
        self.tasks: set[asyncio.Task[None]] = set()
        self.group = Group(PostgresStore() if connection.vendor == "postgresql" else RowStore(), self.spawn)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def thread(self) -> str:
        order = {"buyer": KIM.user, "seller": SAM.user, "title": "A logo", "delivery_days": 3, "payment_reference": "p"}
        placed = PlaceOrder.model_validate({**order, "price": {"amount": 500, "currency": "EUR"}})
        return str((await in_database(place, HOST, placed, uuid.uuid4().hex))["thread"])

    def send(self, who: Actor, thread: str, text: str, **more: Any) -> asyncio.Future[dict[str, Any]]:
        said = {"type": "message.send", "id": str(uuid.uuid4()), "thread": thread, "text": text, **more}
        coming: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

        def then(outcome: Outcome) -> None:
            if isinstance(outcome, Exception):
                coming.set_exception(outcome)
            else:
                coming.set_result(outcome.placed() if isinstance(outcome, Record) else outcome)

        self.group.send(who, MessageSend.model_validate(said), then)
        return coming


@pytest.fixture
async def room(stack: Stack) -> AsyncIterator[Room]:
    room = Room()
    yield room
    if isinstance(room.group.store, PostgresStore):
        room.group.store.forget()


async def test_what_kim_and_sam_send_at_once_stands_in_the_order_of_each_without_a_gap(room: Room) -> None:
    threads = [await room.thread() for _ in range(5)]
    coming = [room.send(who, thread, f"{n}") for n in range(40) for thread in threads for who in (KIM, SAM)]
    replies = await asyncio.gather(*coming)
    for at in range(len(threads)):
        mine = [reply["seq"] for n, reply in enumerate(replies) if n // 2 % len(threads) == at]
        assert sorted(mine) == list(range(3, 83))
        assert mine[0::2] == sorted(mine[0::2])
        assert mine[1::2] == sorted(mine[1::2])


async def test_a_refused_message_fails_alone_and_its_neighbours_stand(room: Room) -> None:
    thread, other = await room.thread(), await room.thread()
    good = [room.send(KIM, thread, "one"), room.send(SAM, other, "two")]
    bad = [room.send(KIM, thread, "\0"), room.send(ODD, other, "let me in"), room.send(KIM, "nowhere", "hello?")]
    good += [room.send(SAM, thread, "three"), room.send(KIM, other, "four")]
    assert [reply["seq"] for reply in await asyncio.gather(*good)] == [3, 3, 4, 4]
    faults = await asyncio.gather(*bad, return_exceptions=True)
    assert [fault.code for fault in faults if isinstance(fault, Refused)] == ["text_invalid", "not_found", "not_found"]


async def test_the_same_id_twice_in_a_group_is_one_message(room: Room) -> None:
    thread = await room.thread()
    name = str(uuid.uuid4())
    first, again = await asyncio.gather(*(room.send(KIM, thread, "once", id=name) for _ in range(2)))
    assert (first["seq"], again["seq"], again["duplicate"]) == (3, 3, True)
    assert (await room.send(KIM, thread, "twice"))["seq"] == 4


async def test_a_reply_to_something_goes_alone_and_nothing_overtakes_it(room: Room) -> None:
    thread = await room.thread()
    coming = [room.send(KIM, thread, "a"), room.send(KIM, thread, "b", reply_to=3), room.send(KIM, thread, "c")]
    assert [reply["seq"] for reply in await asyncio.gather(*coming)] == [3, 4, 5]
    snapshot = {"type": "thread.history", "id": str(uuid.uuid4()), "thread": thread, "after": 2}
    history = await in_database(SERVICES["thread.history"], KIM, COMMANDS["thread.history"].model_validate(snapshot))
    assert [entry["text"] for entry in history["entries"]] == ["a", "b", "c"]


async def test_what_is_caught_goes_alone_and_nothing_overtakes_it(room: Room) -> None:
    thread = await room.thread()
    said = ["a", "call 0151 23456789", "b", "0151", "23456789", "c"]
    replies = await asyncio.gather(*(room.send(KIM, thread, text) for text in said))
    assert [reply["seq"] for reply in replies] == [3, 4, 5, 6, 7, 8]
    assert [[each["kind"] for each in reply.get("caught", [])] for reply in replies] == [
        [],
        ["phone"],
        [],
        [],
        ["phone"],
        [],
    ]

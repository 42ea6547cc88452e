"""The quick reader of the log gives what the other gives, and stays silent where only the other may speak."""

import asyncio
import json

from django.db import connection

from chat.replay import Line, RowReplay
from chat.replay_postgres import PostgresReplay
from tests.market import Deal, Person

EVERYTHING = 1000


def quickly(person: Person, after: int = 0, limit: int = EVERYTHING) -> list[Line]:
    if connection.vendor == "sqlite":
        return RowReplay().lines(person.user, person.deal.thread, after, limit)

    async def lines() -> list[Line]:
        replay = PostgresReplay()
        try:
            return await replay.lines_after(person.user, person.deal.thread, after, limit)
        finally:
            replay.forget()

    return asyncio.run(lines())


def agree(person: Person, after: int = 0) -> int:
    """Hold one reader against the other; returns how many entries they agree on."""
    lines = quickly(person, after)
    slow = person.reads(after=after)
    for line, entry in zip(lines, slow, strict=True):
        command = entry.pop("command", None)
        assert json.loads(line.text) == entry
        assert (line.seq, line.kind, line.by_user) == (entry["seq"], entry["kind"], entry["by"].get("user", ""))
        assert command == (line.command.lower() or None if line.by_user == person.user else None)
    return len(lines)


def test_kim_and_sam_read_the_same_by_both_in_a_whole_life(deal: Deal) -> None:
    deal.to("closed")
    deal.sam.does("offer.make", description='with "quotes", \\ and ü 😀')
    deal.kim.does("message.send", text='{"a": "\\u0041"} \n\t \u2028 </script>')
    deal.kim.does("review.write")
    deal.sam.does("review.contest")
    deal.kim.does("thread.leave")
    for person in (deal.kim, deal.sam):
        assert agree(person) >= 10
        assert agree(person, after=4) == agree(person) - 4
    assert [line.seq for line in quickly(deal.kim, 2, 3)] == [3, 4, 5]


def test_what_was_changed_later_is_left_to_the_other_reader(deal: Deal) -> None:
    seq = deal.kim.does("message.send", text="Helo")["seq"]
    assert quickly(deal.sam, seq - 1)
    deal.kim.does("message.edit", target=seq, text="Hello")
    assert quickly(deal.sam, seq - 1) == []
    # The edit itself reads as the message does now.
    assert quickly(deal.sam, seq) == []
    deal.kim.does("message.send", text="and now?")
    assert [line.seq for line in quickly(deal.sam, seq + 1)] == [seq + 2]
    deal.kim.does("message.redact", target=seq)
    assert quickly(deal.sam, seq - 1) == []
    assert "Helo" not in str(quickly(deal.sam, seq + 1))


def test_whoever_is_no_party_reads_nothing_quickly(deal: Deal) -> None:
    assert quickly(deal.kim)
    deal.mia.does("moderation.watch")
    assert quickly(deal.mia) == quickly(deal.odd) == []
    assert deal.mia.reads()

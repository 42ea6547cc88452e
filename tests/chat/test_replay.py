"""The quick reader of the log gives what the other gives, and stays silent where only the other may speak."""

import asyncio
import json
from typing import Any

from django.db import connection

from chat.replay import RowReplay, Run
from chat.replay_postgres import PostgresReplay
from tests.market import Deal, Person

EVERYTHING = 1000


def runs(person: Person, after: int = 0, limit: int = EVERYTHING) -> list[Run]:
    if connection.vendor == "sqlite":
        return RowReplay().runs(person.user, person.deal.thread, after, limit)

    async def read() -> list[Run]:
        replay = PostgresReplay()
        try:
            return await replay.runs_after(person.user, person.deal.thread, after, limit)
        finally:
            replay.forget()

    return asyncio.run(read())


def quickly(person: Person, after: int = 0, limit: int = EVERYTHING) -> list[Any]:
    """The entries of the runs, each of which holds what it says it holds."""
    found: list[Any] = []
    for run in runs(person, after, limit):
        entries = json.loads(f"[{run.text}]")
        assert [entry["seq"] for entry in entries] == list(range(run.first, run.last + 1))
        found += entries
    return found


def agree(person: Person, after: int = 0) -> int:
    """Hold one reader against the other; returns how many entries they agree on."""
    found = quickly(person, after)
    assert found == person.reads(after=after)
    return len(found)


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
    assert [entry["seq"] for entry in quickly(deal.kim, 2, 3)] == [3, 4, 5]


def test_a_hundred_long_messages_are_not_one_frame_s_worth_and_short_ones_are_few_runs(deal: Deal) -> None:
    for _ in range(60):
        deal.kim.does("message.send", text="short")
    assert connection.vendor == "sqlite" or len(runs(deal.sam)) <= 4
    deal.kim.does("message.send", text="😀" * 4000)
    deal.kim.does("message.send", text="😀" * 4000)
    assert agree(deal.kim) == agree(deal.sam) >= 64
    assert max(len(run.text.encode()) for run in runs(deal.sam)) < 32 * 1024


def test_what_was_changed_later_is_left_to_the_other_reader(deal: Deal) -> None:
    seq = deal.kim.does("message.send", text="Helo")["seq"]
    assert quickly(deal.sam, seq - 1)
    deal.kim.does("message.edit", target=seq, text="Hello")
    assert quickly(deal.sam, seq - 1) == []
    # The edit itself reads as the message does now.
    assert quickly(deal.sam, seq) == []
    deal.kim.does("message.send", text="and now?")
    assert [entry["seq"] for entry in quickly(deal.sam, seq + 1)] == [seq + 2]
    deal.kim.does("message.redact", target=seq)
    assert quickly(deal.sam, seq - 1) == []
    assert "Helo" not in str(quickly(deal.sam, seq + 1))


def test_whoever_is_no_party_reads_nothing_quickly(deal: Deal) -> None:
    assert quickly(deal.kim)
    deal.mia.does("moderation.watch")
    assert quickly(deal.mia) == quickly(deal.odd) == []
    assert deal.mia.reads()

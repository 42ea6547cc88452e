"""The time of an ended order's chat runs out while somebody acts: it is closed once, and nothing comes after (G6, G7)."""

import time
from collections.abc import Iterator
from functools import partial

import pytest

from tests.market import Deal, instant, meet, now, strikes
from tests.profiles import under
from tests.races.agreement import agree
from tests.races.arena import FEW, PATIENCE_S, ROUNDS, Arena

pytestmark = pytest.mark.timeout(PATIENCE_S)


@pytest.fixture(autouse=True)
def rules() -> Iterator[None]:
    with under("seven-day-chat"):
        yield


def rest(deal: Deal) -> int:
    """What is left of the week, in seconds and a little more."""
    return int((instant(deal.seen()["deadlines"]["chat_until"]) - now()).total_seconds()) + 1


def test_kim_leaves_while_the_week_runs_out(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again().to("cancelled")
        left = arena.race(partial(deal.kim.does, "thread.leave"), partial(strikes, seconds=rest(deal)))[0]
        assert deal.kinds().count("thread.closed") == 1
        closed = deal.log()[-1]
        assert left["duplicate"] == (closed["cause"] == "window")
        arena.won[closed["cause"]] += 1
        agree(deal)
    assert set(arena.won) == {"left", "window"}


def test_kim_writes_and_writes_while_the_week_runs_out(arena: Arena) -> None:
    people = meet()

    def write(deal: Deal) -> None:
        while deal.kim.does("message.send"):
            arena.won["sent"] += 1
            # SQLite has one writer, and whoever never rests lets nobody else be it.
            time.sleep(0.002)

    for _ in range(FEW):
        deal = people.again().to("cancelled")
        ended = arena.race(partial(write, deal), partial(strikes, seconds=rest(deal)))[0]
        assert (ended, deal.kinds()[-1]) == ("thread_closed", "thread.closed")
        agree(deal)
    assert arena.won["sent"]

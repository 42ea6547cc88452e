"""The time of an ended order's chat runs out while somebody acts: it is closed once, and nothing comes after (G6, G7)."""

from collections.abc import Iterator
from functools import partial

import pytest

from orders import clock
from tests.market import Deal, instant, meet, now
from tests.profiles import under
from tests.races.agreement import agree
from tests.races.arena import PATIENCE_S, ROUNDS, Arena, is_done

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
        left = arena.race(partial(deal.kim.does, "thread.leave"), partial(clock.advance, rest(deal)))[0]
        assert deal.kinds().count("thread.closed") == 1
        closed = deal.log()[-1]
        assert left["duplicate"] == (closed["cause"] == "window")
        arena.won[closed["cause"]] += 1
        agree(deal)
    assert set(arena.won) == {"left", "window"}


def test_kim_writes_while_the_week_runs_out(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again().to("cancelled")
        sent = arena.race(partial(deal.kim.does, "message.send"), partial(clock.advance, rest(deal)))[0]
        arena.won["sent" if is_done(sent) else sent] += 1
        assert deal.kinds()[-1] == "thread.closed"
        agree(deal)
    assert set(arena.won) == {"sent", "thread_closed"}

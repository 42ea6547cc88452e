"""Several clocks on one database, as several workers have: each deadline acts once (I11)."""

from collections.abc import Iterator

import pytest

from chat import jobs, waiting
from orders import clock
from tests.letters import delivered, letters
from tests.market import instant, meet, now, unnoticed
from tests.races.arena import Arena
from tests.truths import hold

ORDERS = 12


@pytest.fixture(autouse=True)
def _post(trade: None) -> Iterator[None]:
    waiting.look()
    with delivered():
        yield


def test_three_clocks_that_wake_at_once_take_each_deadline_once(arena: Arena) -> None:
    people = meet()
    deals = [people.again().to("delivered") for _ in range(ORDERS)]
    lapsing = [people.again() for _ in range(ORDERS)]
    for deal in lapsing:
        deal.sam.does("offer.make", expires_in_s=3600)
    unnoticed(hours=2)
    arena.race(*[clock.sweep] * 3)
    for deal in lapsing:
        assert deal.kinds(2) == ["offer.made", "offer.expired"]
    unnoticed(days=8)
    arena.race(*[clock.sweep] * 3)
    for deal in deals:
        assert deal.story(4) == ["system: auto_close, delivered → closed", "payment.released 5000"]
        hold(deal)
    for deal in lapsing:
        assert deal.story(4) == ["system: auto_cancel, pending → cancelled", "payment.refunded 5000"]
        hold(deal)
    assert clock.sweep() == 0


def test_three_clocks_that_wake_at_once_send_each_warning_once(arena: Arena) -> None:
    people = meet()
    deals = [people.again() for _ in range(ORDERS)]
    for deal in deals:
        deal.kim.does("message.send")
    unnoticed(hours=25)
    arena.race(*[clock.sweep] * 3)
    arena.race(*[waiting.look] * 3)
    arena.race(*[jobs.run_due] * 3)
    warned = [letter for letter in letters(people) if letter.notice == "reminder.start_by"]
    assert sorted(letter.payload["order"] for letter in warned) == sorted(
        [people.order, *(each.order for each in deals)]
    )
    assert [letter.facts["count"] for letter in letters(people) if letter.notice == "messages.waiting"] == [ORDERS]


def test_three_who_move_the_clock_at_once_move_it_three_times(arena: Arena) -> None:
    before = now()
    said = arena.race(*[lambda: clock.advance(600)] * 3)
    assert 1800 <= (now() - before).total_seconds() < 1830
    assert max(instant(each["now"]) for each in said) <= now()

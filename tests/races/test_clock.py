"""Several clocks on one database, as several workers have: each deadline acts once (I11)."""

from orders import clock
from tests.market import instant, meet, now, unnoticed
from tests.races.arena import Arena
from tests.truths import hold

ORDERS = 12


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


def test_three_who_move_the_clock_at_once_move_it_three_times(arena: Arena) -> None:
    before = now()
    said = arena.race(*[lambda: clock.advance(600)] * 3)
    assert 1800 <= (now() - before).total_seconds() < 1830
    assert max(instant(each["now"]) for each in said) <= now()

"""Two steps of one order at the same instant, by people or the clock, have one winner (G7; I3, I11, I14)."""

from functools import partial

import pytest

from tests.market import meet, strikes
from tests.races.agreement import agree
from tests.races.arena import FEW, PATIENCE_S, ROUNDS, Arena, is_done, told

pytestmark = pytest.mark.timeout(PATIENCE_S)


def test_kim_closes_while_the_clock_closes(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again().to("delivered")
        strikes(days=6, hours=23)
        closed, _ = arena.race(partial(deal.kim.does, "order.close", expect=3), partial(strikes, hours=1))
        arena.won["closed" if is_done(closed) else closed] += 1
        action = "close" if is_done(closed) else "auto_close"
        assert (deal.log()[-2]["action"], deal.kinds()[-1]) == (action, "payment.released")
        agree(deal)
    assert set(arena.won) == {"closed", "order_ended"}


def test_kim_closes_on_one_device_and_asks_for_a_revision_on_another(arena: Arena) -> None:
    people = meet()
    for _ in range(FEW):
        deal = people.again().to("delivered")
        closed, asked = arena.race(
            partial(deal.kim.does, "order.close", expect=3),
            partial(deal.kim.does, "order.request_revision", expect=3),
        )
        assert told([closed, asked]) in (["done", "order_ended"], ["not_allowed", "done"])
        arena.won["closed" if is_done(closed) else "asked"] += 1
        agree(deal)
    assert set(arena.won) == {"closed", "asked"}


def test_sam_delivers_while_kim_accepts_his_offer(arena: Arena) -> None:
    people = meet()
    for _ in range(FEW):
        deal = people.again().to("in_progress")
        offer = deal.sam.does("offer.make")["offer"]
        delivered, accepted = arena.race(
            partial(deal.sam.does, "order.deliver", expect=2),
            partial(deal.kim.does, "offer.accept", offer=offer),
        )
        assert told([delivered, accepted]) in (["done", "not_allowed"], ["version_conflict", "done"])
        arena.won["delivered" if is_done(delivered) else "accepted"] += 1
        agree(deal)
    assert set(arena.won) == {"delivered", "accepted"}

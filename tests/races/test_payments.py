"""One offer at the host's, and two words about it at the same instant: one payment, one end, all books agree (G7; I5,
I11, I14)."""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.market import Deal, balances, meet, strikes
from tests.orders.paying import awaiting, by_the_host, says, state_of
from tests.races.agreement import agree
from tests.races.arena import FEW, PATIENCE_S, ROUNDS, Arena, is_done, told

pytestmark = pytest.mark.timeout(PATIENCE_S)
MINUTES_S = 15 * 60


@pytest.fixture(autouse=True)
def host() -> Iterator[None]:
    with by_the_host():
        yield


def bought_once(deal: Deal, offer: str) -> None:
    agree(deal)
    assert (state_of(deal, offer), balances(deal.order)["escrow"]) == ("accepted", 7000)
    assert deal.kinds().count("payment.held") == 2


def test_the_host_says_three_times_at_once_that_it_was_paid(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again()
        offer = awaiting(deal)
        answers = arena.race(*[partial(says, deal, offer)] * 3)
        assert sorted(answer.pop("duplicate") for answer in answers) == [False, True, True]
        assert answers[0] == answers[1] == answers[2]
        bought_once(deal, offer)


def test_kim_pays_on_two_devices(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again()
        offer = awaiting(deal)
        one, other = partial(says, deal, offer, "paid", "pay-1"), partial(says, deal, offer, "paid", "pay-2")
        outcomes = told(arena.race(one, other))
        arena.won["one" if outcomes[0] == "done" else "other"] += 1
        assert sorted(outcomes) == ["done", "offer_not_open"]
        bought_once(deal, offer)
    assert set(arena.won) == {"one", "other"}


def test_it_is_paid_while_it_fails(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again()
        offer = awaiting(deal)
        paid, failed = told(arena.race(partial(says, deal, offer), partial(says, deal, offer, "failed")))
        assert (paid, failed) in (("done", "done"), ("done", "offer_not_open"))
        arena.won[failed] += 1
        bought_once(deal, offer)
    assert set(arena.won) == {"done", "offer_not_open"}


def test_it_is_paid_while_the_minutes_run_out(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again()
        offer, head = awaiting(deal), deal.head()
        paid = arena.race(partial(says, deal, offer), partial(strikes, seconds=MINUTES_S))[0]
        assert is_done(paid), paid
        first = deal.kinds(head)[0]
        assert first in ("offer.accepted", "offer.reopened")
        arena.won[first] += 1
        bought_once(deal, offer)
    assert len(arena.won) == 2


def test_it_is_paid_while_the_minutes_and_the_offer_run_out(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again()
        offer = awaiting(deal, expires_in_s=60)
        paid = told(arena.race(partial(says, deal, offer), partial(strikes, seconds=MINUTES_S)))[0]
        arena.won[paid] += 1
        agree(deal)
        expected = {"done": ("accepted", 7000), "offer_not_open": ("expired", 5000)}[paid]
        assert (state_of(deal, offer), balances(deal.order)["escrow"]) == expected
    assert len(arena.won) == 2


def test_it_is_paid_while_sam_leaves(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again().to("cancelled")
        offer = awaiting(deal)
        paid, left = arena.race(partial(says, deal, offer), partial(deal.sam.does, "thread.leave"))
        arena.won["paid" if is_done(paid) else paid] += 1
        state, following = state_of(deal, offer), deal.seen()["next"]
        if is_done(paid):
            assert (state, len(following), paid["seq"] < left["seq"]) == ("accepted", 1, True)
            agree(deal.at(paid))
        else:
            assert (state, following) == ("void", [])
        agree(deal)
    assert set(arena.won) == {"paid", "offer_not_open"}


def test_it_is_paid_while_sam_delivers(arena: Arena) -> None:
    """After the delivery no offer is accepted."""
    people = meet()
    for _ in range(FEW):
        deal = people.again().to("in_progress")
        offer, version = awaiting(deal), deal.seen()["version"]
        deliver = partial(deal.sam.does, "order.deliver", expect=version)
        paid, delivered = told(arena.race(partial(says, deal, offer), deliver))
        assert (paid, delivered) in (("done", "version_conflict"), ("not_allowed", "done"))
        agree(deal)
        assert balances(deal.order)["escrow"] == (7000 if paid == "done" else 5000)

"""One offer, two who would end it at the same instant: it has one end and is paid at most once (G7; I5, I11, I14)."""

from functools import partial

import pytest

from tests.market import Deal, balances, meet, strikes
from tests.races.agreement import agree
from tests.races.arena import FEW, PATIENCE_S, ROUNDS, Arena, told

pytestmark = pytest.mark.timeout(PATIENCE_S)
LIFE_S = 20


def ends(deal: Deal, offer: str, head: int) -> list[str]:
    """How this offer ended since, by the log; a payment and a step come with an acceptance and with nothing else."""
    since = deal.log(head)
    found = [entry["kind"].removeprefix("offer.") for entry in since if entry.get("offer") == offer]
    kinds = ["payment.held", "order.changed"] if found == ["accepted"] else []
    assert [entry["kind"] for entry in since if entry.get("offer") != offer] == kinds
    return found


def settled(deal: Deal, winner: str) -> None:
    """The offer, the log and the money of this deal agree with who won."""
    agree(deal)
    assert [offer["state"] for offer in deal.kim.sees()["offers"]] == [winner]
    assert balances(deal.order)["escrow"] == (7000 if winner == "accepted" else 5000)


def test_kim_accepts_while_sam_withdraws(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again()
        offer, head = deal.sam.does("offer.make")["offer"], deal.head()
        outcomes = told(
            arena.race(
                partial(deal.kim.does, "offer.accept", offer=offer),
                partial(deal.sam.does, "offer.withdraw", offer=offer),
            )
        )
        assert sorted(outcomes) == ["done", "offer_not_open"]
        winner = "accepted" if outcomes[0] == "done" else "withdrawn"
        assert ends(deal, offer, head) == [winner]
        arena.won[winner] += 1
        settled(deal, winner)
    assert set(arena.won) == {"accepted", "withdrawn"}


def test_kim_accepts_while_the_offer_runs_out(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again()
        offer, head = deal.sam.does("offer.make", expires_in_s=LIFE_S)["offer"], deal.head()
        accept = partial(deal.kim.does, "offer.accept", offer=offer)
        outcome = told(arena.race(accept, partial(strikes, seconds=LIFE_S)))[0]
        assert outcome in ("done", "offer_not_open")
        winner = "accepted" if outcome == "done" else "expired"
        assert ends(deal, offer, head) == [winner]
        arena.won[winner] += 1
        settled(deal, winner)
    assert set(arena.won) == {"accepted", "expired"}


def test_kim_accepts_while_sam_withdraws_while_the_offer_runs_out(arena: Arena) -> None:
    people = meet()
    for _ in range(FEW):
        deal = people.again()
        offer, head = deal.sam.does("offer.make", expires_in_s=LIFE_S)["offer"], deal.head()
        outcomes = told(
            arena.race(
                partial(deal.kim.does, "offer.accept", offer=offer),
                partial(deal.sam.does, "offer.withdraw", offer=offer),
                partial(strikes, seconds=LIFE_S),
            )
        )[:2]
        assert outcomes in (["done", "offer_not_open"], ["offer_not_open", "done"], ["offer_not_open"] * 2)
        winner = ("accepted", "withdrawn", "expired")[[*outcomes, "done"].index("done")]
        assert ends(deal, offer, head) == [winner]
        arena.won[winner] += 1
        settled(deal, winner)
    assert len(arena.won) >= 2


def test_kim_accepts_one_offer_on_two_devices(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again()
        offer, head = deal.sam.does("offer.make")["offer"], deal.head()
        outcomes = told(arena.race(*[partial(deal.kim.does, "offer.accept", offer=offer)] * 2))
        assert sorted(outcomes) == ["done", "offer_not_open"]
        assert ends(deal, offer, head) == ["accepted"]
        settled(deal, "accepted")

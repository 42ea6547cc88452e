"""An offer is paid at the host's: it waits, and whatever arrives twice, late or in the wrong order, it is paid once and
no money goes unmentioned (domain.md, "Offers"; docs/decisions/0013-host-payment.md)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.market import Deal, balances, instant, just_before, passes, unnoticed, until
from tests.orders.paying import awaiting, by_the_host, refused, says, state_of

RUNNING = ["pending", "in_progress", "late", "revision_requested", "revision_refused"]


@pytest.fixture(autouse=True)
def host() -> Iterator[None]:
    with by_the_host():
        yield


def escrow(deal: Deal) -> int:
    return balances(deal.order)["escrow"]


def test_an_accepted_offer_waits_for_the_host_and_nothing_is_bought_yet(deal: Deal) -> None:
    offer = deal.sam.does("offer.make")["offer"]
    head = deal.head()
    answer = deal.kim.does("offer.accept", offer=offer)
    assert (answer["payment"], answer["order"], answer["thread"]) == ("awaiting", deal.order, deal.thread)
    assert (deal.kinds(head), escrow(deal)) == (["offer.awaiting"], 5000)
    shown, entry = deal.sam.sees()["offers"][0], deal.log()[-1]
    assert (shown["state"], shown["pay_by"]) == ("awaiting_payment", entry["pay_by"])
    assert instant(entry["pay_by"]) - instant(entry["at"]) == timedelta(minutes=15)
    for person, command in ((deal.kim, "accept"), (deal.kim, "decline"), (deal.sam, "withdraw")):
        assert person.refused(f"offer.{command}", offer=offer).code == "offer_not_open"
        assert f"offer.{command}" in person.may()["refused"]


@pytest.mark.parametrize("state", RUNNING)
def test_once_paid_price_and_days_are_added_to_the_running_order(deal: Deal, state: str) -> None:
    before, head = deal.to(state).seen(), deal.head()
    offer = awaiting(deal)
    heard = says(deal, offer)
    assert (heard["status"], heard["order"], heard["duplicate"]) == ("paid", deal.order, False)
    kinds = ["offer.made", "offer.awaiting", "offer.accepted", "payment.held", "order.changed"]
    assert deal.kinds(head) == kinds
    assert deal.log()[-3]["by"] == {"role": "host"}
    assert (deal.seen()["price"]["amount"], escrow(deal)) == (7000, 7000)
    assert deal.seen()["version"] == before["version"] + 1
    assert "pay_by" not in deal.kim.sees()["offers"][0]


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_once_paid_after_the_end_a_new_order_begins(deal: Deal, state: str) -> None:
    offer = awaiting(deal.to(state))
    heard = says(deal, offer)
    there = deal.at(heard)
    assert there.thread != deal.thread
    assert (there.kinds(), escrow(there)) == (["thread.opened", "payment.held"], 2000)
    assert deal.log()[-1]["order"] == there.order
    assert says(deal, offer) == heard | {"duplicate": True}


def test_the_same_word_twice_has_one_effect_and_one_answer_for_ever(deal: Deal) -> None:
    offer = awaiting(deal.to("in_progress"))
    heard, head = says(deal, offer), deal.head()
    passes(days=40)
    assert says(deal, offer) == heard | {"duplicate": True}
    assert (deal.head(), escrow(deal)) == (head, 7000)


def test_a_payment_that_failed_opens_the_offer_again(deal: Deal) -> None:
    offer = awaiting(deal)
    heard = says(deal, offer, "failed")
    assert (heard["status"], heard["duplicate"]) == ("failed", False)
    last = deal.log()[-1]
    assert (last["kind"], last["cause"], last["by"]) == ("offer.reopened", "failed", {"role": "host"})
    assert (state_of(deal, offer), escrow(deal)) == ("open", 5000)
    assert deal.kim.does("offer.accept", offer=offer)["payment"] == "awaiting"
    # The first failure comes once more, while kim pays again.
    assert says(deal, offer, "failed") == heard | {"duplicate": True}
    assert state_of(deal, offer) == "awaiting_payment"
    assert says(deal, offer, "paid", "pay-8")["status"] == "paid"


def test_after_fifteen_minutes_without_a_word_it_is_open_again(deal: Deal) -> None:
    offer = awaiting(deal)
    ends = instant(deal.log()[-1]["pay_by"])
    just_before(ends)
    assert state_of(deal, offer) == "awaiting_payment"
    until(ends)
    last = deal.log()[-1]
    assert (last["kind"], last["cause"], last["by"]) == ("offer.reopened", "timeout", {"role": "system"})
    assert state_of(deal, offer) == "open"
    assert deal.sam.does("offer.withdraw", offer=offer)


def test_it_runs_out_at_once_where_its_own_time_has_passed_meanwhile(deal: Deal) -> None:
    offer = awaiting(deal, expires_in_s=300)
    passes(minutes=10)
    assert state_of(deal, offer) == "awaiting_payment"
    passes(minutes=5)
    assert deal.kinds()[-2:] == ["offer.reopened", "offer.expired"]


def test_kim_who_pays_in_time_has_bought_what_ran_out_meanwhile(deal: Deal) -> None:
    offer = awaiting(deal, expires_in_s=300)
    passes(minutes=10)
    assert says(deal, offer)["status"] == "paid"


def test_money_that_comes_late_still_buys_what_is_still_open(deal: Deal) -> None:
    offer = awaiting(deal)
    # Even where the clock has not been round.
    unnoticed(minutes=20)
    assert says(deal, offer)["status"] == "paid"
    assert deal.kinds()[-4:] == ["offer.reopened", "offer.accepted", "payment.held", "order.changed"]


def test_money_that_comes_before_kim_s_word_buys_too(deal: Deal) -> None:
    offer = deal.sam.does("offer.make")["offer"]
    assert says(deal, offer)["status"] == "paid"
    assert deal.kim.refused("offer.accept", offer=offer).code == "offer_not_open"
    assert escrow(deal) == 7000


def test_paid_after_failed_is_paid_and_failed_after_paid_is_refused(deal: Deal) -> None:
    offer = awaiting(deal)
    says(deal, offer, "failed")
    heard = says(deal, offer, "paid")
    assert (heard["status"], heard["duplicate"]) == ("paid", False)
    refusal = refused(deal, offer, "failed")
    assert (refusal.code, "refund" in refusal.info) == ("offer_not_open", False)
    assert says(deal, offer) == heard | {"duplicate": True}
    assert escrow(deal) == 7000


def test_a_failure_that_comes_after_the_fifteen_minutes_changes_nothing(deal: Deal) -> None:
    offer = awaiting(deal)
    passes(minutes=15)
    head = deal.head()
    heard = says(deal, offer, "failed")
    assert (heard["status"], heard["duplicate"], deal.head()) == ("failed", False, head)
    assert says(deal, offer, "failed") == heard | {"duplicate": True}


def test_nothing_happens_while_staff_look_into_it_and_then_the_minutes_go_on(deal: Deal) -> None:
    deal.to("in_progress")
    offer = awaiting(deal)
    passes(minutes=10)
    deal.mia.does("moderation.freeze")
    passes(hours=1)
    assert state_of(deal, offer) == "awaiting_payment"
    assert refused(deal, offer, "paid").code == "not_allowed"
    assert refused(deal, offer, "failed").code == "not_allowed"
    deal.mia.does("moderation.resolve", outcome="unfreeze")
    passes(minutes=4)
    assert state_of(deal, offer) == "awaiting_payment"
    passes(minutes=2)
    assert state_of(deal, offer) == "open"

"""What an accepted offer does: price and days for a running order, a new order after the end (domain.md, "Offers")."""

from datetime import timedelta

import pytest

from tests.market import Deal, balances, instant

RUNNING = ["pending", "in_progress", "late", "revision_requested", "revision_refused"]


@pytest.mark.parametrize("state", RUNNING)
def test_price_and_days_are_added_to_the_running_order(deal: Deal, state: str) -> None:
    offer = deal.to(state).sam.does("offer.make", delivery_days=4)
    before, head = deal.seen(), deal.head()
    answer = deal.kim.does("offer.accept", offer=offer["offer"])
    after = deal.seen()
    assert (answer["payment"], answer["order"], answer["thread"]) == ("paid", deal.order, deal.thread)
    shown = before["state"]
    assert deal.story(head) == [
        "offer.accepted", "payment.held 2000", f"buyer: accept_offer, {shown} → {shown}",
    ]  # fmt: skip
    assert after["price"]["amount"] == 7000
    assert after["version"] == before["version"] + 1
    assert after["deadlines"]["expires_at"] == before["deadlines"]["expires_at"]
    if "deliver_by" in before["deadlines"]:
        later = instant(after["deadlines"]["deliver_by"]) - instant(before["deadlines"]["deliver_by"])
        assert later == timedelta(days=4)
    assert after["late"] is False
    assert balances(deal.order) == {"buyer": -7000, "escrow": 7000}


def test_days_bought_before_the_start_count_from_the_start(deal: Deal) -> None:
    offer = deal.sam.does("offer.make", delivery_days=4)
    deal.kim.does("offer.accept", offer=offer["offer"])
    deal.to("in_progress")
    started = instant(deal.log()[-1]["at"])
    assert instant(deal.seen()["deadlines"]["deliver_by"]) == started + timedelta(days=7)


def test_days_bought_during_a_revision_are_there_when_it_is_accepted(deal: Deal) -> None:
    offer = deal.to("revision_requested").sam.does("offer.make", delivery_days=4)
    deal.kim.does("offer.accept", offer=offer["offer"])
    deal.sam.does("order.accept_revision")
    left = instant(deal.seen()["deadlines"]["deliver_by"]) - instant(deal.log()[-1]["at"])
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)


def test_a_step_that_was_meant_for_the_old_price_is_refused(deal: Deal) -> None:
    deal.to("revision_refused")
    seen = deal.seen()["version"]
    offer = deal.sam.does("offer.make")
    deal.kim.does("offer.accept", offer=offer["offer"])
    refusal = deal.kim.refused("order.close", expect=seen)
    assert (refusal.code, refusal.info["version"]) == ("version_conflict", seen + 1)
    deal.kim.does("order.close", expect=seen + 1)
    assert balances(deal.order)["wallet"] == 7000


@pytest.mark.parametrize("end", ["closed", "cancelled"])
def test_after_the_end_it_is_a_new_order_with_a_thread_of_its_own(deal: Deal, end: str) -> None:
    offer = deal.to(end).sam.does("offer.make", title="A banner", delivery_days=4)
    before, head = deal.seen(), deal.head()
    answer = deal.kim.does("offer.accept", offer=offer["offer"])
    new = deal.at(answer)
    assert answer["payment"] == "paid"
    assert deal.story(head) == ["offer.accepted"]
    accepted = deal.log()[-1]
    assert (accepted["order"], accepted["thread"]) == (new.order, new.thread)
    assert (accepted["seq"], accepted["entry"]) == (answer["seq"], answer["entry"])

    assert new.story() == ["thread.opened", "payment.held 2000"]
    assert new.log()[0]["previous"] == {"order": deal.order, "thread": deal.thread}
    assert new.seen()["previous"] == {"order": deal.order, "thread": deal.thread}
    assert deal.seen() == before | {"next": [{"order": new.order, "thread": new.thread}]}
    seen = new.seen()
    assert (seen["state"], seen["title"], seen["price"]["amount"]) == ("pending", "A banner", 2000)

    new.to("closed")
    assert balances(new.order) == {"buyer": -2000, "escrow": 0, "wallet": 2000}
    assert instant(new.log()[2]["deadlines"]["deliver_by"]) - instant(new.log()[2]["at"]) == timedelta(days=4)


def test_two_offers_after_the_end_are_two_orders_both_linked(deal: Deal) -> None:
    deal.to("closed")
    bought = []
    for title in ("A banner", "A card"):
        offer = deal.sam.does("offer.make", title=title)
        bought.append(deal.kim.does("offer.accept", offer=offer["offer"])["order"])
    assert [each["order"] for each in deal.seen()["next"]] == bought


def test_kim_reads_the_new_thread_and_an_outsider_does_not(deal: Deal) -> None:
    offer = deal.to("closed").sam.does("offer.make")
    new = deal.at(deal.kim.does("offer.accept", offer=offer["offer"]))
    assert new.kim.does("message.send", text="On we go")["seq"] == 3
    assert new.sam.reads()[-1]["text"] == "On we go"
    assert new.odd.refused("thread.history").code == "not_found"


def test_a_running_order_is_paid_in_one_currency_and_a_new_one_in_any(deal: Deal) -> None:
    dollars = {"amount": 900, "currency": "USD"}
    refusal = deal.sam.refused("offer.make", price=dollars)
    assert (refusal.code, refusal.field) == ("bad_request", "price.currency")
    offer = deal.to("closed").sam.does("offer.make", price=dollars)
    new = deal.at(deal.kim.does("offer.accept", offer=offer["offer"]))
    assert new.seen()["price"] == dollars
    new.to("closed")


def test_an_offer_made_before_the_close_in_the_order_s_currency_is_worth_the_same_after_it(deal: Deal) -> None:
    offer = deal.sam.does("offer.make")
    deal.to("closed")
    new = deal.at(deal.kim.does("offer.accept", offer=offer["offer"]))
    assert new.seen()["price"] == {"amount": 2000, "currency": "EUR"}


def test_kim_pays_an_accepted_offer_once_however_often_her_phone_asks(deal: Deal) -> None:
    offer = deal.sam.does("offer.make")["offer"]
    named = "01990000-0000-7000-8000-00000000000A"
    first = deal.kim.does("offer.accept", id=named, offer=offer)
    for copy in (named, named.lower()):
        assert deal.kim.does("offer.accept", id=copy, offer=offer) == first | {"duplicate": True}
    assert deal.kim.refused("offer.accept", offer=offer).code == "offer_not_open"
    assert balances(deal.order)["escrow"] == 7000

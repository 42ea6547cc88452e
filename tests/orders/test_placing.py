"""An order begins with the host's word that it was paid: once per key, between two people, for some money."""

import pytest
from pydantic import ValidationError

from chat.refusals import Refused
from tests.market import Deal, balances, place


def test_the_log_begins_with_who_bought_what_from_whom_and_the_money(deal: Deal) -> None:
    opened, held = deal.log()
    assert opened["by"] == held["by"] == {"role": "host"}
    assert (opened["kind"], opened["order"], opened["title"]) == ("thread.opened", deal.order, "A logo")
    assert opened["parties"] == [
        {"user": deal.kim.user, "role": "buyer", "name": "Kim"},
        {"user": deal.sam.user, "role": "seller", "name": "Sam"},
    ]
    assert "previous" not in opened
    assert (held["kind"], held["amount"]) == ("payment.held", {"amount": 5000, "currency": "EUR"})
    assert balances(deal.order) == {"buyer": -5000, "escrow": 5000}


def test_the_host_is_told_where_it_all_is(deal: Deal) -> None:
    placed = place(deal.kim.user, deal.sam.user)
    assert (placed["state"], placed["version"], placed["duplicate"]) == ("pending", 1, False)
    seen = deal.at(placed).seen()
    assert (seen["order"], seen["state"], seen["version"], seen["late"]) == (placed["order"], "pending", 1, False)
    assert (seen["price"], seen["next"], "previous" in seen) == ({"amount": 5000, "currency": "EUR"}, [], False)


def test_a_host_that_asks_twice_with_one_key_gets_one_order(deal: Deal) -> None:
    said = {"key": f"order of {deal.kim.user}", "title": "A poster"}
    first = place(deal.kim.user, deal.sam.user, **said)
    again = place(deal.kim.user, deal.sam.user, **said)
    assert again == first | {"duplicate": True}
    with pytest.raises(Refused, match="id_reused"):
        place(deal.kim.user, deal.sam.user, **said | {"title": "Two posters"})
    assert len(deal.kim.does("thread.list")["rows"]) == 2


def test_people_whom_the_host_never_named_can_buy_and_sell(trade: None, deal: Deal) -> None:
    placed = place(f"new-{deal.kim.user}", f"new-{deal.sam.user}")
    opened = deal.at(placed).log()[0]
    assert [party["name"] for party in opened["parties"]] == [f"new-{deal.kim.user}", f"new-{deal.sam.user}"]


def test_nobody_buys_from_themselves(deal: Deal) -> None:
    with pytest.raises(Refused) as caught:
        place(deal.kim.user, deal.kim.user)
    assert (caught.value.code, caught.value.field) == ("bad_request", "seller")


@pytest.mark.parametrize("amount", [0, -1, 1.5, "5000", 10**12 + 1])
def test_a_price_is_a_whole_number_of_minor_units_above_zero(deal: Deal, amount: object) -> None:
    assert place(deal.kim.user, deal.sam.user, price={"amount": 1, "currency": "EUR"})
    with pytest.raises(ValidationError, match=r"price\.amount"):
        place(deal.kim.user, deal.sam.user, price={"amount": amount, "currency": "EUR"})


def test_a_host_s_follow_up_order_links_to_the_one_before_it(deal: Deal) -> None:
    after = deal.to("closed").again(previous=deal.order)
    assert after.log()[0]["previous"] == {"order": deal.order, "thread": deal.thread}
    assert after.seen()["previous"] == {"order": deal.order, "thread": deal.thread}
    assert deal.seen()["next"] == [{"order": after.order, "thread": after.thread}]


def test_an_order_of_other_people_is_no_previous_one(deal: Deal) -> None:
    with pytest.raises(Refused) as caught:
        place(deal.kim.user, deal.odd.user, previous=deal.order)
    assert (caught.value.code, caught.value.field) == ("bad_request", "previous")
    with pytest.raises(Refused, match="not_found"):
        place(deal.kim.user, deal.sam.user, previous="no-such-order")

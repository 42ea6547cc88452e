"""After-sales support: either may ask, either may call it settled, in a closed order's open thread (domain.md)."""

import pytest

from tests.market import Deal


@pytest.mark.parametrize(("opener", "closer"), [("kim", "sam"), ("sam", "kim"), ("kim", "kim")])
def test_a_question_is_open_until_one_of_the_two_says_that_it_is_settled(deal: Deal, opener: str, closer: str) -> None:
    opened = getattr(deal.to("closed"), opener).does("support.open", text="It does not print.")
    item, shown = opened["item"], deal.sam.sees()["support"]["items"]
    role = "buyer" if opener == "kim" else "seller"
    assert shown == [
        {"item": item, "state": "open", "seq": opened["seq"],
         "opened_by": {"role": role, "user": getattr(deal, opener).user}},
    ]  # fmt: skip
    assert deal.log()[-1]["text"] == "It does not print."
    getattr(deal, closer).does("support.resolve", item=item)
    assert deal.kim.sees()["support"]["items"][0]["state"] == "resolved"
    assert deal.kinds()[-2:] == ["support.opened", "support.resolved"]
    for who in ("kim", "sam"):
        assert getattr(deal, who).refused("support.resolve", item=item).code == "not_allowed"
    assert deal.kim.refused("support.resolve", item="no-such-item").code == "not_found"


def test_a_question_costs_nothing_of_sam_s_budget(deal: Deal) -> None:
    deal.to("closed")
    for _ in range(5):
        deal.sam.does("support.open")
    assert deal.sam.sees()["support"]["follow_ups_remaining"] == 3


@pytest.mark.parametrize("state", ["pending", "in_progress", "delivered", "frozen", "cancelled", "expired"])
def test_support_is_for_closed_orders(deal: Deal, state: str) -> None:
    for person in (deal.to(state).kim, deal.sam):
        assert person.refused("support.open").code == "not_allowed"


def test_support_ends_with_the_thread(deal: Deal) -> None:
    item = deal.to("closed").kim.does("support.open")["item"]
    deal.kim.does("thread.leave")
    assert deal.sam.refused("support.open").code == "thread_closed"
    assert deal.sam.refused("support.resolve", item=item).code == "thread_closed"

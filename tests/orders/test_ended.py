"""An order that has ended is never changed, reopened or refunded; the refusal says what is possible (I3, [S])."""

from typing import Any

import pytest

from tests.market import Deal, balances, passes

STEPS = {
    "kim": ("order.withdraw", "order.close", "order.request_revision", "order.cancel"),
    "sam": ("order.start", "order.decline", "order.deliver", "order.accept_revision", "order.refuse_revision",
            "order.cancel"),
}  # fmt: skip
ENDS = ["closed", "cancelled", "expired"]


def changeable(deal: Deal) -> dict[str, Any]:
    """All of an order that its end makes final."""
    seen = deal.seen()
    return {name: seen[name] for name in ("state", "version", "price", "late", "deadlines", "title")}


@pytest.mark.parametrize("end", ENDS)
def test_no_step_of_kim_or_sam_changes_an_ended_order(deal: Deal, end: str) -> None:
    deal.to(end)
    before, head, money = changeable(deal), deal.head(), balances(deal.order)
    for who, steps in STEPS.items():
        for step in steps:
            refusal = getattr(deal, who).refused(step)
            assert (refusal.code, refusal.info["state"]) == ("order_ended", end)
            assert refusal.info["possible"][0] == "order_again"
            assert ("offer" in refusal.info["possible"]) == (end != "expired")
    assert (changeable(deal), deal.head(), balances(deal.order)) == (before, head, money)


@pytest.mark.parametrize("end", ENDS)
def test_a_stale_expectation_does_not_hide_that_the_order_has_ended(deal: Deal, end: str) -> None:
    deal.to(end)
    assert deal.kim.refused("order.close", expect=1).code == "order_ended"


@pytest.mark.parametrize("end", ENDS)
def test_time_alone_changes_nothing_after_the_end(deal: Deal, end: str) -> None:
    deal.to(end)
    before, head = changeable(deal), deal.head()
    passes(days=5 * 366)
    assert (changeable(deal), deal.head()) == (before, head)


@pytest.mark.parametrize("end", ["closed", "cancelled"])
def test_what_goes_on_in_the_thread_leaves_the_ended_order_alone(deal: Deal, end: str) -> None:
    deal.to(end)
    before, money = changeable(deal), balances(deal.order)
    deal.kim.does("message.send", text="Thank you")
    offer = deal.sam.does("offer.make")
    deal.kim.does("offer.accept", offer=offer["offer"])
    deal.kim.does("thread.leave")
    assert (changeable(deal), balances(deal.order)) == (before, money)


def test_a_refused_step_says_the_state_and_what_to_do(deal: Deal) -> None:
    refusal = deal.to("closed").kim.refused("order.cancel")
    body = refusal.body()
    assert (body["executed"], body["retry"]) == ("no", "never")
    assert body["info"] == {"state": "closed", "possible": ["order_again", "offer"]}
    assert refusal.kind.http == 409

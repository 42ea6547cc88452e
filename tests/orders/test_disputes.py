"""The freeze and the ruling: everything stands still, staff rule, and the money follows (domain.md)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.market import Deal, balances, instant, passes

UNFROZEN = ["pending", "in_progress", "late", "delivered", "revision_requested", "revision_refused"]
ENDS = {
    "refund": ("cancelled", ["payment.refunded 5000"], {"buyer": 0, "escrow": 0}),
    "pay": ("closed", ["payment.released 5000"], {"buyer": -5000, "escrow": 0, "wallet": 5000}),
    "split": (
        "closed",
        ["payment.released 3000", "payment.refunded 2000"],
        {"buyer": -3000, "escrow": 0, "wallet": 3000},
    ),
}
SHARE: dict[str, Any] = {"amount": {"amount": 2000, "currency": "EUR"}}


@pytest.mark.parametrize("state", UNFROZEN)
def test_a_freeze_stops_both_until_an_unfreeze_gives_everything_back(deal: Deal, state: str) -> None:
    deal.to(state)
    before = deal.seen()
    deal.mia.does("moderation.freeze")
    frozen = deal.seen()
    assert (frozen["state"], frozen["version"]) == ("frozen", before["version"] + 1)
    for person in (deal.kim, deal.sam):
        assert person.refused("message.send").code == "chat_blocked"
        assert person.refused("thread.leave").code == "order_active"
        assert person.refused("order.cancel").code == "not_allowed"
    assert deal.mia.refused("moderation.freeze").code == "not_allowed"
    deal.mia.does("moderation.resolve", outcome="unfreeze")
    after = deal.seen()
    assert (after["state"], after["late"], after["version"]) == (before["state"], before["late"], before["version"] + 2)
    assert set(after["deadlines"]) == set(before["deadlines"])


def test_the_timers_stand_still_while_frozen_but_not_the_five_months(deal: Deal) -> None:
    deal.to("delivered")
    other = deal.again()
    before = deal.seen()["deadlines"]
    frozen = instant(deal.mia.does("moderation.freeze")["at"])
    passes(days=20)
    assert deal.seen()["state"] == "frozen"
    stood = instant(deal.mia.does("moderation.resolve", outcome="unfreeze")["at"]) - frozen
    after = deal.seen()["deadlines"]
    moved = instant(after["auto_close_at"]) - instant(before["auto_close_at"])
    assert abs(moved - stood) <= timedelta(milliseconds=2)
    assert after["expires_at"] == before["expires_at"]
    passes(days=7)
    assert deal.seen()["state"] == "closed"
    assert other.seen()["state"] == "cancelled"


def test_offers_and_proposals_do_not_run_out_while_nobody_may_answer_them(deal: Deal) -> None:
    deal.to("in_progress")
    offer = deal.sam.does("offer.make")["offer"]
    proposal = deal.kim.does("proposal.make", kind="refund", amount={"amount": 5, "currency": "EUR"})["proposal"]
    passes(days=6)
    deal.mia.does("moderation.freeze")
    for person, answer in ((deal.kim, {"offer": offer}), (deal.sam, {"proposal": proposal})):
        assert person.refused(f"{next(iter(answer))}.accept", **answer).code == "not_allowed"
    passes(days=20)
    deal.mia.does("moderation.resolve", outcome="unfreeze")
    passes(hours=23)
    deal.kim.does("offer.accept", offer=offer)
    deal.sam.does("proposal.accept", proposal=proposal)


@pytest.mark.parametrize("outcome", ENDS)
@pytest.mark.parametrize("state", ["pending", "in_progress", "delivered"])
def test_a_ruling_ends_the_order_and_moves_the_money(deal: Deal, outcome: str, state: str) -> None:
    deal.to(state).mia.does("moderation.freeze")
    head = deal.head()
    end, payments, money = ENDS[outcome]
    answer = deal.mia.does(
        "moderation.resolve", outcome=outcome, reason="both were heard", **(SHARE if outcome == "split" else {})
    )
    assert deal.story(head) == ["dispute.resolved", f"moderator: resolve_{outcome}, frozen → {end}", *payments]
    ruling = deal.kim.reads(after=head)[0]
    assert (ruling["outcome"], ruling["reason"], ruling["seq"]) == (outcome, "both were heard", answer["seq"])
    assert balances(deal.order) == money
    assert deal.mia.refused("moderation.resolve", outcome="unfreeze").code == "not_allowed"
    refusal = deal.mia.refused("moderation.freeze")
    assert (refusal.code, refusal.info["state"]) == ("order_ended", end)


@pytest.mark.parametrize("state", ["pending", "delivered", "revision_refused"])
def test_a_resumed_order_is_in_progress_with_time_to_work(deal: Deal, state: str) -> None:
    deal.to(state).mia.does("moderation.freeze")
    deal.mia.does("moderation.resolve", outcome="resume")
    seen = deal.seen()
    assert (seen["state"], seen["late"]) == ("in_progress", False)
    left = instant(seen["deadlines"]["deliver_by"]) - instant(deal.log()[-1]["at"])
    assert left >= timedelta(days=2)
    deal.sam.does("order.deliver")


def test_a_freeze_that_a_claim_led_to_opens_a_dispute(deal: Deal) -> None:
    claim = deal.to("in_progress").kim.does("claim.file")["claim"]
    head = deal.head()
    deal.mia.does("moderation.freeze")
    assert deal.story(head) == ["moderator: freeze, in_progress → frozen", "dispute.opened"]
    assert deal.log()[-1]["claim"] == claim
    assert deal.kim.refused("claim.file").code == "not_allowed"


@pytest.mark.parametrize("who", ["kim", "sam", "odd"])
def test_only_staff_freeze_and_rule(deal: Deal, who: str) -> None:
    code = "not_found" if who == "odd" else "wrong_role"
    assert getattr(deal, who).refused("moderation.freeze").code == code
    deal.to("frozen")
    assert getattr(deal, who).refused("moderation.resolve", outcome="pay").code == code

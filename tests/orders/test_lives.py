"""Whole lives of orders, from the payment to the end, as the log tells them (domain.md, "Transitions")."""

import pytest

from tests.market import Deal, balances, instant, just_before, passes, until

BEGUN = ["thread.opened", "payment.held 5000"]
STARTED = [*BEGUN, "seller: start, pending → in_progress"]
DELIVERED = [*STARTED, "seller: deliver, in_progress → delivered"]
ASKED = [*DELIVERED, "buyer: request_revision, delivered → revision_requested"]
REFUSED = [*ASKED, "seller: refuse_revision, revision_requested → revision_refused"]


def test_kim_buys_sam_delivers_and_is_paid(deal: Deal) -> None:
    deal.to("closed")
    assert deal.story() == [*DELIVERED, "buyer: close, delivered → closed", "payment.released 5000"]
    assert balances(deal.order) == {"buyer": -5000, "escrow": 0, "wallet": 5000}


def test_sam_declines_and_kim_has_her_money_back(deal: Deal) -> None:
    deal.sam.does("order.decline")
    assert deal.story() == [*BEGUN, "seller: decline, pending → cancelled", "payment.refunded 5000"]
    assert balances(deal.order) == {"buyer": 0, "escrow": 0}


def test_kim_withdraws_before_sam_has_started(deal: Deal) -> None:
    deal.kim.does("order.withdraw")
    assert deal.story() == [*BEGUN, "buyer: withdraw, pending → cancelled", "payment.refunded 5000"]
    assert balances(deal.order) == {"buyer": 0, "escrow": 0}


def test_sam_says_nothing_for_48_hours_and_the_clock_cancels(deal: Deal) -> None:
    just_before(instant(deal.seen()["deadlines"]["start_by"]))
    assert deal.story() == BEGUN
    passes(seconds=2)
    assert deal.story() == [*BEGUN, "system: auto_cancel, pending → cancelled", "payment.refunded 5000"]


def test_sam_corrects_and_kim_is_content(deal: Deal) -> None:
    deal.to("revision_requested")
    deal.sam.does("order.accept_revision")
    deal.sam.does("order.deliver", note="Bigger.")
    deal.kim.does("order.close")
    assert deal.story() == [
        *ASKED,
        "seller: accept_revision, revision_requested → in_progress",
        "seller: deliver, in_progress → delivered",
        "buyer: close, delivered → closed",
        "payment.released 5000",
    ]


def test_sam_refuses_to_correct_and_kim_closes_all_the_same(deal: Deal) -> None:
    deal.to("revision_refused")
    deal.kim.does("order.close")
    assert deal.story() == [*REFUSED, "buyer: close, revision_refused → closed", "payment.released 5000"]


@pytest.mark.parametrize("state", ["delivered", "revision_refused"])
def test_kim_says_nothing_for_seven_days_and_the_clock_closes(deal: Deal, state: str) -> None:
    deal.to(state)
    told = deal.story()
    just_before(instant(deal.seen()["deadlines"]["auto_close_at"]))
    assert deal.story() == told
    passes(seconds=2)
    assert deal.story() == [*told, f"system: auto_close, {state} → closed", "payment.released 5000"]


@pytest.mark.parametrize("state", ["in_progress", "late", "revision_requested", "revision_refused"])
def test_sam_may_always_give_up_and_kim_is_refunded(deal: Deal, state: str) -> None:
    told = deal.to(state).story()
    deal.sam.does("order.cancel", reason="I am ill.")
    shown = "in_progress" if state == "late" else state
    assert deal.story() == [*told, f"seller: cancel, {shown} → cancelled", "payment.refunded 5000"]
    assert deal.log()[-2]["note"] == "I am ill."


def test_kim_may_cancel_alone_only_once_sam_is_late(deal: Deal) -> None:
    deal.to("in_progress")
    due = instant(deal.seen()["deadlines"]["deliver_by"])
    just_before(due)
    assert deal.kim.refused("order.cancel").code == "not_allowed"
    assert deal.seen()["late"] is False
    until(due)
    assert deal.seen()["late"] is True
    deal.kim.does("order.cancel", reason="Too late.")
    assert deal.story() == [*STARTED, "buyer: cancel, in_progress → cancelled", "payment.refunded 5000"]


def test_sam_may_still_deliver_when_he_is_late(deal: Deal) -> None:
    deal.to("late")
    deal.sam.does("order.deliver")
    assert deal.story() == DELIVERED
    assert deal.seen()["late"] is False


@pytest.mark.parametrize("state", ["in_progress", "revision_requested"])
def test_five_months_pass_without_an_end_and_the_order_expires(deal: Deal, state: str) -> None:
    told = deal.to(state).story()
    just_before(instant(deal.seen()["deadlines"]["expires_at"]))
    assert deal.story() == told
    passes(seconds=2)
    assert deal.story() == [*told, f"system: expire, {state} → expired", "payment.forfeited 5000"]
    assert balances(deal.order) == {"buyer": -5000, "escrow": 0, "platform": 5000}


@pytest.mark.parametrize("state", ["delivered", "revision_refused"])
def test_the_five_months_end_sooner_than_seven_days_of_silence(deal: Deal, state: str) -> None:
    deal.to("in_progress")
    expires_at = instant(deal.seen()["deadlines"]["expires_at"])
    just_before(expires_at)
    deal.sam.does("order.deliver")
    if state == "revision_refused":
        deal.kim.does("order.request_revision")
        deal.sam.does("order.refuse_revision")
    until(expires_at)
    assert deal.story()[-2:] == [f"system: expire, {state} → expired", "payment.forfeited 5000"]


def test_a_long_sleep_of_the_clock_takes_the_first_deadline_only(deal: Deal) -> None:
    deal.to("delivered")
    passes(days=400)
    assert deal.story() == [*DELIVERED, "system: auto_close, delivered → closed", "payment.released 5000"]
    passes(days=400)
    assert len(deal.log()) == 6

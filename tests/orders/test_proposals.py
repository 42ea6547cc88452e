"""What one proposes and the other answers, once: a cancellation, a partial refund, a later delivery (domain.md; I5)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chat.entries import stamp
from tests.market import Deal, Person, balances, instant, just_before, until

ALL = ("cancellation", "refund", "extension")
REFUND = {"kind": "refund", "amount": {"amount": 1500, "currency": "EUR"}}


def proposed(person: Person, kind: str, **said: Any) -> str:
    more: dict[str, Any] = REFUND if kind == "refund" else {"kind": kind}
    if kind == "extension":
        more = {**more, "deliver_by": later(person.deal)}
    return str(person.does("proposal.make", **more | said)["proposal"])


def deliver_by(deal: Deal) -> datetime:
    return instant(deal.seen()["deadlines"]["deliver_by"])


def later(deal: Deal) -> str:
    return stamp(deliver_by(deal) + timedelta(days=5))


@pytest.mark.parametrize(("kind", "hours"), [("cancellation", 48), ("refund", 7 * 24), ("extension", 7 * 24)])
def test_an_unanswered_proposal_lapses_and_changes_nothing(deal: Deal, kind: str, hours: int) -> None:
    deal.to("in_progress")
    name = proposed(deal.kim, kind)
    made, shown = deal.log()[-1], deal.sam.sees()["proposals"][0]
    assert instant(made["expires_at"]) == instant(made["at"]) + timedelta(hours=hours)
    assert (made["proposal_kind"], shown["kind"], shown["state"]) == (kind, kind, "open")
    assert shown["by"] == {"role": "buyer", "user": deal.kim.user}
    before = deal.seen()
    just_before(instant(made["expires_at"]))
    assert deal.kinds()[-1] == "proposal.made"
    until(instant(made["expires_at"]))
    assert (deal.log()[-1]["kind"], deal.log()[-1]["by"]) == ("proposal.expired", {"role": "system"})
    assert deal.sam.refused("proposal.accept", proposal=name).code == "proposal_not_open"
    assert deal.seen() == before | {"late": deal.seen()["late"]}


def test_sam_agrees_to_cancel_and_kim_is_refunded(deal: Deal) -> None:
    name = proposed(deal.to("in_progress").kim, "cancellation")
    head = deal.head()
    deal.sam.does("proposal.accept", proposal=name)
    assert deal.story(head) == [
        "proposal.accepted", "seller: accept_cancellation, in_progress → cancelled", "payment.refunded 5000",
    ]  # fmt: skip
    assert balances(deal.order) == {"buyer": 0, "escrow": 0}


@pytest.mark.parametrize("state", ["pending", "in_progress", "late", "revision_requested", "revision_refused"])
@pytest.mark.parametrize("who", ["kim", "sam"])
def test_a_part_is_refunded_and_the_order_goes_on(deal: Deal, state: str, who: str) -> None:
    deal.to(state)
    maker, answerer = (deal.kim, deal.sam) if who == "kim" else (deal.sam, deal.kim)
    before, head = deal.seen(), deal.head() + 1
    answerer.does("proposal.accept", proposal=proposed(maker, "refund"))
    assert deal.story(head) == ["proposal.accepted", "payment.refunded 1500"]
    assert deal.seen() == before
    assert balances(deal.order) == {"buyer": -3500, "escrow": 3500}


def test_what_was_not_refunded_goes_where_the_end_sends_it(deal: Deal) -> None:
    deal.sam.does("proposal.accept", proposal=proposed(deal.kim, "refund"))
    deal.to("closed")
    assert balances(deal.order) == {"buyer": -3500, "escrow": 0, "wallet": 3500}


def test_nobody_is_refunded_all_or_more_piece_by_piece(deal: Deal) -> None:
    for amount in (5000, 5001):
        refusal = deal.kim.refused("proposal.make", **REFUND | {"amount": {"amount": amount, "currency": "EUR"}})
        assert (refusal.code, refusal.field) == ("bad_request", "amount")
    halves = [proposed(deal.kim, "refund", amount={"amount": 3000, "currency": "EUR"}) for _ in range(2)]
    deal.sam.does("proposal.accept", proposal=halves[0])
    assert deal.sam.refused("proposal.accept", proposal=halves[1]).code == "not_allowed"
    assert balances(deal.order)["escrow"] == 2000


@pytest.mark.parametrize("who", ["kim", "sam"])
def test_a_later_delivery_is_agreed(deal: Deal, who: str) -> None:
    deal.to("late")
    maker, answerer = (deal.kim, deal.sam) if who == "kim" else (deal.sam, deal.kim)
    wanted, version = later(deal), deal.seen()["version"]
    answerer.does("proposal.accept", proposal=proposed(maker, "extension"))
    seen = deal.seen()
    assert (seen["deadlines"]["deliver_by"], seen["late"], seen["version"]) == (wanted, False, version + 1)
    assert deal.story()[-1].endswith("accept_extension, in_progress → in_progress")


def test_an_extension_is_never_a_shortening_nor_beyond_the_five_months(deal: Deal) -> None:
    deal.to("in_progress")
    expires_at = instant(deal.seen()["deadlines"]["expires_at"])
    for wrong in (deliver_by(deal), deliver_by(deal) - timedelta(days=1), expires_at + timedelta(days=1)):
        refusal = deal.sam.refused("proposal.make", kind="extension", deliver_by=stamp(wrong))
        assert (refusal.code, refusal.field) == ("bad_request", "deliver_by")


ENDS = {"accept": "sam", "decline": "sam", "withdraw": "kim"}


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("end", ["decline", "withdraw"])
def test_a_declined_or_withdrawn_proposal_changes_nothing_and_ends_once(deal: Deal, kind: str, end: str) -> None:
    name = proposed(deal.to("in_progress").kim, kind)
    before = deal.seen()
    getattr(deal, ENDS[end]).does(f"proposal.{end}", proposal=name)
    assert deal.seen() == before
    for again, who in ENDS.items():
        assert getattr(deal, who).refused(f"proposal.{again}", proposal=name).code == "proposal_not_open"


def test_nobody_answers_their_own_nor_withdraws_another_s(deal: Deal) -> None:
    name = proposed(deal.to("in_progress").kim, "refund")
    for who, answer in (("kim", "accept"), ("kim", "decline"), ("sam", "withdraw"), ("mia", "accept")):
        assert getattr(deal, who).refused(f"proposal.{answer}", proposal=name).code == "wrong_role"
    assert deal.sam.refused("proposal.make", kind="cancellation").code == "wrong_role"


def test_the_end_of_the_order_voids_what_is_open_and_says_so(deal: Deal) -> None:
    names = [proposed(deal.to("in_progress").kim, "refund"), proposed(deal.sam, "extension")]
    head = deal.head()
    deal.sam.does("order.cancel")
    assert deal.kinds(head) == ["order.changed", "payment.refunded", "proposal.voided", "proposal.voided"]
    assert deal.sam.refused("proposal.accept", proposal=names[0]).code == "proposal_not_open"
    assert deal.kim.refused("proposal.make", **REFUND).code == "order_ended"


def test_a_proposal_waits_while_the_work_is_checked(deal: Deal) -> None:
    name = proposed(deal.to("in_progress").kim, "refund")
    deal.sam.does("order.deliver")
    assert deal.sam.refused("proposal.accept", proposal=name).code == "not_allowed"
    assert deal.kim.refused("proposal.make", **REFUND).code == "not_allowed"
    deal.kim.does("order.request_revision")
    deal.sam.does("proposal.accept", proposal=name)

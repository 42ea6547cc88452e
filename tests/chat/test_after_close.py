"""After the close both write on without a time limit; sam within his budget (domain.md, "The thread" 2 and 5; I2)."""

import pytest

from tests.market import Deal, passes

PURPOSES = ["chat", "support", "check_in"]


@pytest.mark.parametrize("days", [0, 8, 5 * 366])
def test_both_may_write_however_long_the_order_has_been_closed(deal: Deal, days: int) -> None:
    deal.to("closed")
    passes(days=days)
    assert deal.sam.does("message.send", text="How is the logo doing?")["duplicate"] is False
    assert deal.kim.does("message.send", text="Splendid")["duplicate"] is False
    assert deal.story()[-2:] == ["seller: How is the logo doing?", "buyer: Splendid"]


@pytest.mark.parametrize("days", [0, 8, 5 * 366])
def test_a_cancelled_order_s_thread_stays_open_too(deal: Deal, days: int) -> None:
    deal.to("cancelled")
    passes(days=days)
    for _ in range(5):
        deal.sam.does("message.send")
    deal.kim.does("message.send")
    assert deal.sam.sees()["support"]["follow_ups_remaining"] is None


def test_nobody_writes_in_an_expired_order_s_thread(deal: Deal) -> None:
    deal.to("expired")
    for person in (deal.kim, deal.sam):
        assert person.refused("message.send").code == "chat_blocked"


@pytest.mark.parametrize("purpose", PURPOSES)
def test_sam_s_purposes_are_written_down(deal: Deal, purpose: str) -> None:
    deal.to("closed").sam.does("message.send", purpose=purpose)
    assert deal.log()[-1]["purpose"] == purpose


@pytest.mark.parametrize("purpose", ["support", "check_in"])
def test_check_ins_and_support_are_only_sam_s_and_only_after_the_close(deal: Deal, purpose: str) -> None:
    assert deal.sam.refused("message.send", purpose=purpose).code == "not_allowed"
    assert deal.kim.refused("message.send", purpose=purpose).code == "wrong_role"
    deal.to("closed")
    assert deal.kim.refused("message.send", purpose=purpose).code == "wrong_role"
    assert deal.sam.does("message.send", purpose=purpose)
    cancelled = deal.again().to("cancelled")
    assert cancelled.sam.refused("message.send", purpose=purpose).code == "not_allowed"


def test_sam_may_write_three_times_until_kim_answers(deal: Deal) -> None:
    for _ in range(5):
        deal.sam.does("message.send", text="Before the close nobody counts")
    deal.to("closed")
    for left, purpose in ((2, "check_in"), (1, "support"), (0, "chat")):
        deal.sam.does("message.send", purpose=purpose)
        for person in (deal.sam, deal.kim):
            assert person.sees()["support"]["follow_ups_remaining"] == left
    passes(days=365)
    for purpose in PURPOSES:
        refusal = deal.sam.refused("message.send", purpose=purpose)
        assert (refusal.code, refusal.info) == ("follow_up_budget", {"remaining": 0, "state": "closed"})
    deal.kim.does("message.send", text="Oh, hello!")
    assert deal.sam.sees()["support"]["follow_ups_remaining"] == 3
    deal.sam.does("message.send")


def test_offers_and_corrections_cost_nothing_of_the_budget(deal: Deal) -> None:
    deal.to("closed")
    target = deal.sam.does("message.send")["seq"]
    for _ in range(4):
        deal.sam.does("offer.make")
    deal.sam.does("message.edit", target=target)
    deal.sam.does("message.redact", target=target)
    assert deal.sam.sees()["support"]["follow_ups_remaining"] == 2


def test_a_refused_message_costs_nothing_of_the_budget(deal: Deal) -> None:
    deal.to("closed")
    assert deal.sam.refused("message.send", text="").code == "text_invalid"
    assert deal.sam.refused("message.send", text="x", reply_to=99).code == "not_found"
    assert deal.sam.sees()["support"]["follow_ups_remaining"] == 3


def test_the_same_message_twice_costs_one_of_the_budget(deal: Deal) -> None:
    deal.to("closed")
    for _ in range(3):
        deal.sam.does("message.send", id="01990000-0000-7000-8000-000000000001")
    assert deal.sam.sees()["support"]["follow_ups_remaining"] == 2


def test_kim_owes_no_answer_and_has_no_budget(deal: Deal) -> None:
    deal.to("closed")
    for _ in range(8):
        deal.kim.does("message.send")
    assert deal.sam.sees()["support"]["follow_ups_remaining"] == 3


def test_only_kim_s_words_refill_the_budget_not_her_other_acts(deal: Deal) -> None:
    deal.to("closed")
    for _ in range(3):
        deal.sam.does("message.send")
    offer = deal.sam.does("offer.make")["offer"]
    deal.kim.does("thread.read", seq=deal.head())
    deal.kim.does("offer.request")
    deal.kim.does("offer.decline", offer=offer)
    assert deal.sam.refused("message.send").code == "follow_up_budget"


def test_a_staff_notice_neither_spends_nor_refills(deal: Deal) -> None:
    deal.to("closed").sam.does("message.send")
    deal.mia.does("moderation.watch")
    deal.mia.does("message.send", text="A word from staff")
    assert deal.sam.sees()["support"]["follow_ups_remaining"] == 2

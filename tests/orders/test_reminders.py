"""Warnings before a deadline: each once, at its time, of where the deadline now lies, and none that is too late."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from chat.entries import stamp
from orders import clock
from tests.letters import Letter, delivered, letters
from tests.market import Deal, instant, just_before, meet, now, passes, unnoticed, until
from tests.orders.test_deadlines import deadline

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _post(trade: None) -> Iterator[None]:
    with delivered():
        yield


def reminders(deal: Deal) -> list[Letter]:
    return [letter for letter in letters(deal) if letter.notice.split(".")[0] in ("reminder", "overdue")]


def before(deal: Deal, name: str) -> list[tuple[str, timedelta]]:
    """Who was warned of this deadline how long before where it lay then, to the minute."""
    found = [letter for letter in reminders(deal) if letter.notice == f"reminder.{name}"]
    gaps = [instant(letter.facts["at"]) - letter.at for letter in found]
    return [
        (letter.who, timedelta(minutes=round(gap / timedelta(minutes=1))))
        for letter, gap in zip(found, gaps, strict=True)
    ]


def test_a_warning_comes_at_its_instant_however_far_the_test_clock_is_moved(deal: Deal) -> None:
    passes(days=30)
    assert before(deal, "start_by") == [("sam", 24 * HOUR), ("sam", 4 * HOUR)]


def test_a_server_that_slept_sends_the_latest_and_nothing_after_the_deadline(deal: Deal) -> None:
    deal.to("delivered")
    gone = meet().to("delivered")
    unnoticed(days=5, hours=1)
    clock.advance(0)
    assert before(deal, "auto_close_at") == [("kim", 47 * HOUR)]
    passes(days=1)
    assert before(deal, "auto_close_at") == [("kim", 47 * HOUR), ("kim", 24 * HOUR)]
    unnoticed(days=2)
    clock.advance(0)
    assert len(before(gone, "auto_close_at")) == 2
    assert gone.seen()["state"] == "closed"


def test_what_was_slept_over_altogether_is_not_warned_of(deal: Deal) -> None:
    unnoticed(days=4)
    clock.advance(0)
    assert reminders(deal) == []
    assert deal.seen()["state"] == "cancelled"


def test_a_warning_that_is_due_is_sent_before_a_step_that_came_first(deal: Deal) -> None:
    """The clock has not been round; whoever acts then finds that it takes what is due first, as with deadlines."""
    unnoticed(hours=25)
    deal.sam.does("order.start")
    clock.advance(0)
    assert [letter.notice for letter in letters(deal)[2:]] == ["reminder.start_by", "order.started"]


def test_a_step_ends_the_warnings_of_what_it_settles(deal: Deal) -> None:
    passes(hours=25)
    deal.sam.does("order.start")
    passes(hours=20)
    assert before(deal, "start_by") == [("sam", 24 * HOUR)]


def test_a_later_delivery_warns_anew_and_not_of_the_old_date(deal: Deal) -> None:
    deal.to("in_progress")
    date = stamp(now() + timedelta(days=10))
    later = deal.sam.does("proposal.make", kind="extension", deliver_by=date)
    deal.kim.does("proposal.accept", proposal=later["proposal"])
    assert deadline(deal, "deliver_by") > now() + 9 * DAY
    just_before(deadline(deal, "deliver_by"))
    assert before(deal, "deliver_by") == [("sam", DAY)]


def test_a_frozen_order_s_timers_warn_after_it_goes_on(deal: Deal) -> None:
    deal.to("delivered")
    passes(days=3, hours=1)
    deal.mia.does("moderation.freeze")
    passes(days=20)
    assert before(deal, "auto_close_at") == [("kim", 4 * DAY)]
    deal.mia.does("moderation.resolve", outcome="unfreeze")
    passes(days=30)
    assert before(deal, "auto_close_at") == [("kim", 4 * DAY), ("kim", 2 * DAY), ("kim", DAY)]


def test_an_offer_and_a_proposal_of_a_frozen_order_warn_where_they_now_end(deal: Deal) -> None:
    deal.to("in_progress")
    deal.sam.does("offer.make", expires_in_s=3 * 86400)
    deal.kim.does("proposal.make", kind="cancellation")
    passes(hours=10)
    deal.mia.does("moderation.freeze")
    passes(days=20)
    assert before(deal, "offer_expires_at") == before(deal, "cancellation_expires_at") == []
    deal.mia.does("moderation.resolve", outcome="unfreeze")
    passes(days=5)
    assert before(deal, "offer_expires_at") == [("kim", DAY)]
    assert before(deal, "cancellation_expires_at") == [("sam", 24 * HOUR), ("sam", 4 * HOUR)]


@pytest.mark.parametrize("answer", ["offer.decline", "offer.accept"])
def test_an_answered_offer_does_not_warn(deal: Deal, answer: str) -> None:
    offer = deal.sam.does("offer.make")
    deal.kim.does(answer, offer=offer["offer"])
    passes(days=8)
    assert before(deal, "offer_expires_at") == []


def test_an_offer_that_lasts_an_hour_is_not_warned_of_a_day_before(deal: Deal) -> None:
    deal.sam.does("offer.make", expires_in_s=3600)
    passes(hours=2)
    assert before(deal, "offer_expires_at") == []
    assert "offer.expired" in deal.kinds()


def test_the_seller_is_told_to_answer_and_both_when_nobody_did(deal: Deal) -> None:
    deal.to("revision_requested")
    passes(hours=49)
    assert before(deal, "answer_by") == [("sam", 24 * HOUR), ("sam", 4 * HOUR)]
    assert [letter.who for letter in reminders(deal) if letter.notice == "overdue.answer_by"] == ["kim", "sam"]
    passes(days=30)
    assert len([letter for letter in reminders(deal) if letter.notice == "overdue.answer_by"]) == 2


def test_a_review_is_asked_for_three_times_and_never_once_it_is_there(deal: Deal) -> None:
    deal.to("closed")
    quiet = meet().to("closed")
    closed = now()
    passes(days=4)
    quiet.kim.does("review.write")
    until(deadline(deal, "review_until"))
    found = [letter for letter in reminders(deal) if letter.notice == "reminder.review_until"]
    assert [letter.who for letter in found] == ["kim"] * 3
    assert [round((letter.at - closed) / DAY) for letter in found[:2]] == [3, 30]
    assert before(deal, "review_until")[-1] == ("kim", 14 * DAY)
    assert len(before(quiet, "review_until")) == 1


def test_a_thread_that_was_left_is_still_asked_for_its_review(deal: Deal) -> None:
    deal.to("closed").sam.does("thread.leave")
    passes(days=3)
    assert len(before(deal, "review_until")) == 1


def test_both_are_told_two_weeks_and_three_days_before_five_months_end(deal: Deal) -> None:
    deal.to("revision_requested")
    just_before(deadline(deal, "expires_at"))
    assert before(deal, "expires_at") == [("kim", 14 * DAY), ("sam", 14 * DAY), ("kim", 3 * DAY), ("sam", 3 * DAY)]

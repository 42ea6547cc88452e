"""How sam deals with buyers, computed by hand along the test clock (docs/decisions/0018-statistics.md)."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat.refusals import Refused
from orders import statistics
from tests.market import Deal, Said, instant, now, passes

NOTHING = {"rate": None, "count": 0, "of": 0}


def of(deal: Deal) -> Said:
    return statistics.of_seller(deal.sam.user)


def share(count: int, of: int) -> Said:
    return {"rate": round(count / of, 4), "count": count, "of": of}


def answered(deal: Deal, **after: float) -> None:
    """Kim writes, and sam answers so much later."""
    deal.kim.does("message.send")
    passes(**after)
    deal.sam.does("message.send")


def about(seconds: int, found: Any) -> bool:
    """Trade time goes on while a test runs."""
    return isinstance(found, int) and seconds <= found < seconds + 60


def test_nothing_is_known_of_somebody_new(deal: Deal) -> None:
    assert of(deal) | {"since": ""} == {
        "since": "",
        "first_answer": {"median_s": None, "count": 0, "unanswered": 0},
        "acceptance": NOTHING, "on_time": NOTHING, "completion": NOTHING,
        "orders": {"closed": 0, "cancelled": 0, "expired": 0},
        "reviews": {"average": None, "count": 0},
    }  # fmt: skip
    with pytest.raises(Refused) as caught:
        statistics.of_seller("nobody")
    assert caught.value.code == "not_found"


def test_the_median_is_of_first_answers_in_each_thread(deal: Deal) -> None:
    deals = [deal.again().to("in_progress") for _ in range(3)]
    for each, hours in zip(deals, (1, 2, 10), strict=True):
        answered(each, hours=hours)
    # What follows in a thread is no first answer.
    answered(deals[0], hours=40)
    found = of(deal)["first_answer"]
    assert about(7200, found.pop("median_s"))
    assert found == {"count": 3, "unanswered": 0}
    answered(deal.again().to("in_progress"), hours=4)
    assert about(10800, of(deal)["first_answer"]["median_s"])


def test_a_step_is_an_answer_and_what_sam_said_before_is_none(deal: Deal) -> None:
    deal.sam.does("message.send")
    deal.kim.does("message.send")
    passes(hours=3)
    assert of(deal)["first_answer"] == {"median_s": None, "count": 0, "unanswered": 1}
    deal.sam.does("order.start")
    assert about(10800, of(deal)["first_answer"]["median_s"])


def test_the_fastest_counts_as_a_minute_and_the_slowest_as_three_days(deal: Deal) -> None:
    answered(deal)
    assert of(deal)["first_answer"]["median_s"] == 60
    other = deal.again().to("in_progress")
    other.kim.does("message.send")
    passes(hours=71)
    assert of(deal)["first_answer"] == {"median_s": 60, "count": 1, "unanswered": 1}
    passes(hours=30)
    # Still without an answer, and it counts by now: (60 s + 72 h) / 2.
    assert of(deal)["first_answer"] == {"median_s": (60 + 72 * 3600) // 2, "count": 2, "unanswered": 1}
    other.sam.does("message.send")
    assert of(deal)["first_answer"] == {"median_s": (60 + 72 * 3600) // 2, "count": 2, "unanswered": 0}


def test_acceptance_is_what_sam_started_of_what_he_was_asked_for(deal: Deal) -> None:
    deal.to("in_progress")
    deal.again().to("delivered")
    deal.again().sam.does("order.decline")
    # Neither his to say: kim thinks better of it, and one still waits.
    deal.again().kim.does("order.withdraw")
    assert of(deal)["acceptance"] == share(2, 3)
    deal.again()
    passes(hours=48)
    assert of(deal)["acceptance"] == share(2, 4)


def test_a_change_of_the_order_before_its_start_decides_nothing(deal: Deal) -> None:
    deal.kim.does("offer.accept", offer=deal.sam.does("offer.make")["offer"])
    assert of(deal)["acceptance"] == NOTHING
    deal.to("in_progress")
    assert of(deal)["acceptance"] == share(1, 1)


def test_on_time_is_by_the_deadline_as_it_was_then(deal: Deal) -> None:
    deal.to("delivered")
    # An offer has given two more days.
    longer = deal.again().to("in_progress")
    longer.kim.does("offer.accept", offer=longer.sam.does("offer.make")["offer"])
    passes(days=4)
    longer.sam.does("order.deliver")
    assert of(deal)["on_time"] == share(2, 2)
    late = deal.again().to("late")
    late.sam.does("order.deliver")
    assert of(deal)["on_time"] == share(2, 3)
    # Only the first delivery counts.
    late.kim.does("order.request_revision")
    late.sam.does("order.accept_revision")
    late.sam.does("order.deliver")
    assert of(deal)["on_time"] == share(2, 3)
    deal.again().to("late").kim.does("order.cancel")
    assert of(deal)["on_time"] == share(2, 4)


def test_completion_is_of_what_was_begun_and_has_ended(deal: Deal) -> None:
    deal.to("closed")
    deal.again().to("in_progress").sam.does("order.cancel")
    deal.again().to("delivered")
    deal.again().sam.does("order.decline")
    found = of(deal)
    assert found["completion"] == share(1, 2)
    assert found["orders"] == {"closed": 1, "cancelled": 2, "expired": 0}
    passes(days=7)
    assert of(deal)["completion"] == share(2, 3)


def test_only_the_last_six_months_count_but_reviews_for_ever(deal: Deal) -> None:
    answered(deal.to("in_progress"), hours=1)
    deal.sam.does("order.deliver")
    deal.kim.does("order.close")
    deal.kim.does("review.write", rating=4)
    since = instant(of(deal)["since"])
    assert 180 <= (now() - since).days <= 184
    passes(days=150)
    assert of(deal)["completion"] == share(1, 1)
    passes(days=40)
    # The thread goes on, and what was before is over all the same.
    deal.kim.does("message.send")
    found = of(deal)
    assert (found["completion"], found["acceptance"], found["on_time"]) == (NOTHING,) * 3
    assert found["first_answer"] == {"median_s": None, "count": 0, "unanswered": 0}
    assert found["reviews"] == {"average": 4.0, "count": 1}


def test_a_review_that_was_removed_counts_for_nothing(deal: Deal) -> None:
    deals = [deal.to("closed"), deal.again().to("closed"), deal.again().to("closed")]
    for each, rating in zip(deals, (5, 4, 1), strict=True):
        each.kim.does("review.write", rating=rating)
    assert of(deal)["reviews"] == {"average": 3.33, "count": 3}
    for each, outcome in zip(deals[1:], ("keep", "remove"), strict=True):
        each.sam.does("review.contest")
        each.mia.does("moderation.rule_review", outcome=outcome)
    assert of(deal)["reviews"] == {"average": 4.5, "count": 2}


def test_kim_is_no_seller_by_buying(deal: Deal) -> None:
    deal.to("closed").kim.does("review.write")
    assert statistics.of_seller(deal.kim.user)["reviews"]["count"] == 0
    assert of(deal)["reviews"]["count"] == 1


def test_nothing_is_searched_from_end_to_end(deal: Deal) -> None:
    """Of the log and of what it says, only by thread and seq."""
    deal.to("closed")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        of(deal)
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgres:
            # So few rows are best read all; what is asked is whether they could be found.
            cursor.execute("SET enable_seqscan = off")
        plans = []
        for each in asked.captured_queries:
            if "chat_entry" in each["sql"] or "chat_words" in each["sql"]:
                cursor.execute(f"EXPLAIN {'' if postgres else 'QUERY PLAN '}{each['sql']}")
                plans.append(" ".join(str(row[-1]) for row in cursor.fetchall()))
        if postgres:
            cursor.execute("RESET enable_seqscan")
    assert len(plans) == 2
    for plan in plans:
        assert "Index" in plan or "INDEX" in plan
        assert not any(scan in plan for scan in ("Seq Scan on chat_entry", "Seq Scan on chat_words", "SCAN chat_entry",
                                                 "SCAN U0", "SCAN chat_words")), plan  # fmt: skip

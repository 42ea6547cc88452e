"""Which instants each state has, to the second, and how months are counted (domain.md: a window is open while now < its
end; months are calendar months in UTC, the day clamped)."""

import calendar
from datetime import UTC, datetime, timedelta

import pytest

from tests.market import Deal, instant, just_before, now, passes, until

NAMES = {
    "pending": {"start_by", "expires_at"},
    "in_progress": {"deliver_by", "expires_at"},
    "late": {"deliver_by", "expires_at"},
    "delivered": {"auto_close_at", "expires_at"},
    "revision_requested": {"answer_by", "expires_at"},
    "revision_refused": {"auto_close_at", "expires_at"},
    "closed": {"review_until"},
    "cancelled": set(),
    "expired": set(),
}
SPANS = {
    "pending": ("start_by", timedelta(hours=48)),
    "in_progress": ("deliver_by", timedelta(days=3)),
    "delivered": ("auto_close_at", timedelta(days=7)),
    "revision_requested": ("answer_by", timedelta(hours=48)),
    "revision_refused": ("auto_close_at", timedelta(days=7)),
}


def deadline(deal: Deal, name: str) -> datetime:
    return instant(deal.seen()["deadlines"][name])


def months_later(at: datetime, months: int) -> datetime:
    """Written anew here: the same day of the month, or its last one."""
    years, month = divmod(at.month - 1 + months, 12)
    last = calendar.monthrange(at.year + years, month + 1)[1]
    return at.replace(year=at.year + years, month=month + 1, day=min(at.day, last))


def next_date(month: int, day: int) -> datetime:
    year = now().year
    return next(at for y in (year, year + 1) if (at := datetime(y, month, day, 12, tzinfo=UTC)) > now())


@pytest.mark.parametrize("state", NAMES)
def test_each_state_shows_the_deadlines_that_people_may_wait_for(deal: Deal, state: str) -> None:
    deal.to(state)
    assert set(deal.seen()["deadlines"]) == NAMES[state]
    assert deal.kim.sees()["order"]["deadlines"] == deal.seen()["deadlines"]


@pytest.mark.parametrize("state", SPANS)
def test_a_deadline_counts_from_the_step_that_set_it(deal: Deal, state: str) -> None:
    deal.to(state)
    name, span = SPANS[state]
    assert deadline(deal, name) == instant(deal.log()[-1]["at"]) + span


def test_five_months_count_from_the_payment_through_every_step(deal: Deal) -> None:
    expected = months_later(instant(deal.log()[0]["at"]), 5)
    for who, step in (
        ("sam", "order.start"), ("sam", "order.deliver"), ("kim", "order.request_revision"),
        ("sam", "order.accept_revision"), ("sam", "order.deliver"),
    ):  # fmt: skip
        passes(hours=1)
        getattr(deal, who).does(step)
        assert deadline(deal, "expires_at") == expected


@pytest.mark.parametrize(
    ("month", "day", "end_month", "end_days"),
    [(9, 30, 2, {28, 29}), (10, 31, 3, {31}), (1, 31, 6, {30}), (12, 31, 5, {31})],
)
def test_five_months_after_a_long_month_end_with_the_last_day_of_a_short_one(
    deal: Deal, month: int, day: int, end_month: int, end_days: set[int]
) -> None:
    until(next_date(month, day))
    other = deal.again().to("in_progress")
    placed, expires_at = instant(other.log()[0]["at"]), deadline(other, "expires_at")
    assert (expires_at.month, expires_at.time()) == (end_month, placed.time())
    assert expires_at.day in end_days
    assert expires_at.day == min(day, calendar.monthrange(expires_at.year, end_month)[1])
    just_before(expires_at)
    assert other.seen()["state"] == "in_progress"
    until(expires_at)
    assert other.seen()["state"] == "expired"


def test_the_review_window_is_six_months_of_the_calendar_from_the_close(deal: Deal) -> None:
    until(next_date(8, 31))
    other = deal.again().to("closed")
    closed, over = instant(other.log()[-1]["at"]), deadline(other, "review_until")
    assert over == months_later(closed, 6)
    assert (over.month, over.day) == (2, calendar.monthrange(over.year, 2)[1])


def test_a_correction_has_what_was_left_at_delivery_but_two_days_at_least(deal: Deal) -> None:
    deal.to("revision_requested")
    passes(hours=40)
    deal.sam.does("order.accept_revision")
    left = deadline(deal, "deliver_by") - now()
    assert timedelta(days=2, hours=23, minutes=59) < left <= timedelta(days=3)
    just_before(deadline(deal, "deliver_by"))
    deal.sam.does("order.deliver")
    deal.kim.does("order.request_revision")
    deal.sam.does("order.accept_revision")
    assert deadline(deal, "deliver_by") == instant(deal.log()[-1]["at"]) + timedelta(hours=48)


def test_an_unanswered_revision_request_ends_nothing_by_itself(deal: Deal) -> None:
    deal.to("revision_requested")
    passes(hours=49)
    assert deal.seen()["state"] == "revision_requested"
    deal.sam.does("order.accept_revision")


def test_being_late_is_a_flag_and_no_step_of_the_order(deal: Deal) -> None:
    head = deal.to("in_progress").head()
    passes(days=4)
    seen = deal.seen()
    assert (seen["state"], seen["late"], seen["version"], deal.head()) == ("in_progress", True, 2, head)

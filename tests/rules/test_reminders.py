"""The table of warnings, against domain.md written anew: how long before each deadline whoever must act is told."""

from datetime import UTC, datetime, timedelta

import pytest

from orders.policy import Policy
from orders.reminders import OVER, due, following, of

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "span", "expected"),
    [
        ("start_by", 48 * HOUR, [24 * HOUR, 4 * HOUR]),
        ("answer_by", 48 * HOUR, [24 * HOUR, 4 * HOUR, 0 * HOUR]),
        ("cancellation_expires_at", 48 * HOUR, [24 * HOUR, 4 * HOUR]),
        ("deliver_by", 3 * DAY, [DAY]),
        ("auto_close_at", 7 * DAY, [4 * DAY, 2 * DAY, DAY]),
        ("expires_at", 150 * DAY, [14 * DAY, 3 * DAY]),
        ("chat_until", 7 * DAY, [DAY]),
        ("offer_expires_at", 7 * DAY, [DAY]),
        ("review_until", 180 * DAY, [177 * DAY, 150 * DAY, 14 * DAY]),
        ("refund_expires_at", 7 * DAY, []),
    ],
)
def test_a_deadline_warns_so_long_before_it_acts(name: str, span: timedelta, expected: list[timedelta]) -> None:
    rows = of(Policy(), name, NOON + span, NOON if name == "review_until" else None)
    assert [row.ends - row.at for row in rows] == expected


def test_of_several_that_were_slept_over_the_latest_is_sent_and_none_once_it_is_too_late() -> None:
    rows = of(Policy(), "auto_close_at", NOON + 7 * DAY)
    latest = due(rows, NOON, NOON + 5 * DAY + HOUR)
    assert latest is not None
    assert latest.at == NOON + 5 * DAY
    assert due(rows, NOON, NOON + 7 * DAY) is None
    assert following(rows, NOON + 5 * DAY) == NOON + 6 * DAY
    over = due(of(Policy(), "answer_by", NOON + 2 * DAY), NOON, NOON + 5 * DAY)
    assert over is not None
    assert over.which == OVER


def test_an_operator_sets_the_hours_as_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_REMIND_START_HOURS", "12,47")
    assert [row.ends - row.at for row in of(Policy(), "start_by", NOON)] == [36 * HOUR, HOUR]
    monkeypatch.setenv("POLICY_REMIND_START_HOURS", "soon")
    with pytest.raises(ValueError, match="remind_start_hours"):
        Policy()

"""The numbers of the trade: every duration of an order and its offers (domain.md), by profile (`profiles/`), each a
setting (`POLICY_…`).

Pure: must never import Django. Months are calendar months in UTC, the day clamped; a window is open while now < its
end.
"""

import calendar
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, PositiveInt, model_validator
from pydantic_settings import NoDecode

from chat.profiles import Profiled, load

# What a month has at least.
MONTH = timedelta(days=28)

# In the environment: `24,44`.
Numbers = Annotated[
    tuple[PositiveInt, ...],
    NoDecode,
    BeforeValidator(lambda value: value.split(",") if isinstance(value, str) else value),
]


class Policy(Profiled):
    """domain.md's defaults. Hours, days, months and counts are whole numbers, minutes too."""

    section: ClassVar[str] = "trade"

    start_hours: int = Field(48, ge=1, description="for the seller to start a pending order")
    answer_hours: int = Field(48, ge=1, description="for the seller to answer a revision request")
    revision_hours: int = Field(48, ge=1, description="delivery time left at least when a revision is accepted")
    check_days: int = Field(7, ge=1, description="of silence before the clock closes a delivered order")
    order_months: int = Field(5, ge=1, description="from payment to the order's last day")
    review_months: int = Field(6, ge=1, description="after close in which the buyer may review")
    appeal_months: int = Field(6, ge=1, description="after a decision of staff in which the person may appeal once")
    offer_days: int = Field(7, ge=1, description="an offer stays open")
    remind_start_hours: Numbers = Field((24, 44), description="after payment, to the seller who has not started")
    remind_answer_hours: Numbers = Field((24, 44), description="after a revision request, to the seller")
    remind_cancellation_hours: Numbers = Field((24, 44), description="after a cancellation proposal, to the seller")
    remind_delivery_days: Numbers = Field((1,), description="before the delivery deadline, to the seller")
    remind_check_days: Numbers = Field((3, 5, 6), description="after delivery or a refused revision, to the buyer")
    remind_order_days: Numbers = Field((14, 3), description="before the order's last day, to both")
    remind_chat_days: Numbers = Field((1,), description="before an ended order's chat closes by itself, to both")
    remind_offer_days: Numbers = Field((1,), description="before an offer expires, to the buyer")
    remind_review_days: Numbers = Field((3, 30), description="after close, to a buyer who has not reviewed")
    remind_review_end_days: Numbers = Field((14,), description="before the end of the review window, to the same")
    cancellation_hours: int = Field(48, ge=1, description="a cancellation proposal waits for its answer")
    proposal_days: int = Field(7, ge=1, description="a refund or extension proposal waits for its answer")
    payment_minutes: int = Field(15, ge=1, description="the host may take to confirm an offer's payment")

    closed_chat_days: int = Field(0, ge=0, description="after close until the chat ends by itself; 0: never")
    cancelled_chat_days: int = Field(0, ge=0, description="after a cancellation, the same; 0: never")
    statistics_months: int = Field(6, ge=1, description="that a seller's figures look back")
    answer_floor_minutes: int = Field(1, ge=0, description="a seller's first answer counts as so long at least")
    answer_cap_hours: int = Field(72, ge=1, description="and as so long at most; unanswered, it counts so from then on")

    @model_validator(mode="after")
    def fit(self) -> Self:
        """No step may be given longer than the whole order has."""
        days = {"start_hours": self.start_hours / 24, "answer_hours": self.answer_hours / 24}
        days |= {"revision_hours": self.revision_hours / 24, "cancellation_hours": self.cancellation_hours / 24}
        days |= {"check_days": self.check_days, "proposal_days": self.proposal_days}
        for name, lasts in days.items():
            if timedelta(days=lasts) >= self.order_months * MONTH:
                raise ValueError(f"{name} is longer than order_months, the life of an order")
        if self.answer_floor_minutes > self.answer_cap_hours * 60:
            raise ValueError("answer_floor_minutes is longer than answer_cap_hours")
        return self

    def start_by(self, placed: datetime) -> datetime:
        return placed + timedelta(hours=self.start_hours)

    def answer_by(self, asked: datetime) -> datetime:
        return asked + timedelta(hours=self.answer_hours)

    def auto_close_at(self, delivered: datetime) -> datetime:
        return delivered + timedelta(days=self.check_days)

    def expires_at(self, placed: datetime) -> datetime:
        return add_months(placed, self.order_months)

    def pay_by(self, accepted: datetime) -> datetime:
        return accepted + timedelta(minutes=self.payment_minutes)

    def review_until(self, closed: datetime) -> datetime:
        return add_months(closed, self.review_months)

    def appeal_until(self, decided: datetime) -> datetime:
        return add_months(decided, self.appeal_months)

    def chat_until(self, ended: datetime, days: int) -> datetime | None:
        """When an ended order's chat ends by itself; None where it never does."""
        return ended + timedelta(days=days) if days else None


def add_months(at: datetime, months: int) -> datetime:
    """The same day and time so many calendar months on; 31 August + 6 months is 28 or 29 February."""
    year, month = divmod(at.month - 1 + months, 12)
    year, month = at.year + year, month + 1
    return at.replace(year=year, month=month, day=min(at.day, calendar.monthrange(year, month)[1]))


policy = load(Policy)

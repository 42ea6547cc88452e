"""What the host's routes and the tickets answer, as models (protocol.md §10). For the documents only."""

from typing import Literal

from pydantic import BaseModel, Field

from api.replies import Order, Time
from chat.commands import Id, Name, Seq


class Person(BaseModel):
    user: Name
    name: str
    email: str
    locale: str | None = None
    role: Literal["moderator", "lead"] | None = None


class Standing(BaseModel):
    user: Name
    suspended: bool


class Token(BaseModel):
    token: str
    expires_in: int = Field(description="seconds")


class Ticket(BaseModel):
    ticket: str
    expires_in: int = Field(description="seconds")


class OrderPlaced(BaseModel):
    order: Name
    thread: Name
    state: str
    version: int
    duplicate: bool = False


class PaymentHeard(BaseModel):
    """Where it was paid: the order that was bought, a new one for a follow-up."""

    offer: Name
    status: Literal["paid", "failed"]
    order: Name | None = None
    thread: Name | None = None
    at: Time
    seq: Seq | None = None
    entry: Id | None = None
    duplicate: bool


class OrderSeen(BaseModel):
    order: Order
    thread: Name


class Sum(BaseModel):
    """Minor units; below zero where money left the wallet."""

    amount: int
    currency: str


class Posting(BaseModel):
    order: Name
    kind: str
    amount: Sum
    at: Time


class Wallet(BaseModel):
    balances: list[Sum] = Field(description="one per currency")
    postings: list[Posting] = Field(description="the oldest first")


class Share(BaseModel):
    rate: float | None = Field(description="`count` / `of`, to four digits; null of nothing")
    count: int
    of: int


class FirstAnswer(BaseModel):
    """From the buyer's first message in a thread to the seller's next entry there."""

    median_s: int | None
    count: int = Field(description="threads that count: answered, or waiting longer than the cap")
    unanswered: int


class Reviews(BaseModel):
    average: float | None = Field(description="to two digits; null without one")
    count: int = Field(description="of all times, without the removed")


class Statistics(BaseModel):
    since: Time
    first_answer: FirstAnswer
    acceptance: Share = Field(description="started, of those started, declined or left unanswered")
    on_time: Share = Field(description="first deliveries in time, of these and what buyers cancelled as late")
    completion: Share = Field(description="closed, of what was begun and ended")
    orders: dict[str, int] = Field(description="that ended, by state")
    reviews: Reviews


class Verdict(BaseModel):
    """`possible` names what could be done instead, `until` when time alone will change it."""

    allowed: bool
    code: str | None = None
    message: str | None = None
    possible: list[str] | None = None
    until: Time | None = None


class Verdicts(BaseModel):
    answers: list[Verdict]


class Now(BaseModel):
    now: Time

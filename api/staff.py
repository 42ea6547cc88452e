"""What only staff are answered, as models. For documents only; must never be used to build an answer."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from api.replies import By, Time
from chat.commands import Money, Name, Seq


class Party(BaseModel):
    user: Name
    role: Literal["buyer", "seller"]
    name: str


class FeedRow(BaseModel):
    """Where a thread stands, for moderators; no word of anybody is in it."""

    thread: Name
    order: Name
    title: str
    state: str
    price: Money
    head: Seq
    kind: str = Field(description="of the last entry")
    at: Time
    parties: list[Party]
    flags: list[str] = Field(description="kinds of open flags, and `reported`")
    risk: int = Field(description="a sum over what is open, and the money (docs/decisions/0020)")
    waiting_since: Time | None = Field(description="of the oldest thing that waits for a moderator")
    language: list[str] = Field(description="of the parties, as the host told: `en`, `fr`")


class QueueItem(BaseModel):
    """One thing that waits. An appeal against an act in no thread has no thread, order, title, state or parties."""

    item: str
    kind: Literal["message", "held", "claim", "review", "appeal"]
    priority: int = Field(description="3: a claim about an answer that never came; 2: a threat; 1: somebody asked; 0")
    waiting_since: Time
    reports: int
    flags: list[str]
    thread: Name | None = None
    order: Name | None = None
    title: str | None = None
    state: str | None = Field(None, description="of the order")
    price: Money | None = None
    parties: list[Party] | None = None
    target: Seq | None = Field(None, description="the message, or the review's entry")
    claimed_by: Name | None = None
    claimed_until: Time | None = None


class Canned(BaseModel):
    key: str
    text: str


class Queue(BaseModel):
    items: list[QueueItem]
    cursor: str | None = Field(description="for the next page; null at the end")
    canned: list[Canned] = Field(description="reasons to start from, in the moderator's language")


class Statement(BaseModel):
    statement: Name
    by: By
    text: str
    at: Time


class Report(BaseModel):
    report: Name
    target: Seq
    by: By
    reason: str
    at: Time
    outcome: Literal["upheld", "dismissed"] | None = None
    answer: str | None = None
    settled_at: Time | None = None


class Original(BaseModel):
    """A text as it was written."""

    target: Seq
    field: str
    text: str
    cause: Literal["edited", "redacted", "masked"]


class Look(BaseModel):
    moderator: Name
    reason: str
    at: Time
    until: Time


class Case(BaseModel):
    """All that staff may see of a thread beside its log."""

    thread: Name
    order: Name
    as_of: Seq
    watch_until: Time
    items: list[str] = Field(description="what of it waits in the queue")
    claims: list[dict[str, Any]]
    statements: list[Statement]
    reports: list[Report]
    flags: list[dict[str, Any]]
    held: list[dict[str, Any]]
    originals: list[Original]
    contest: dict[str, Any] | None
    acts: list[dict[str, Any]]
    looks: list[Look]

"""What the server answers, as models (protocol.md §6, §6a). They make the documents, and tests hold answers
against them; must never be used to build one: services do, once for all doors.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chat.catching.kinds import KINDS
from chat.commands import Id, Money, Name, Seq

Time = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"),
    Field(description="RFC 3339, UTC, milliseconds"),
]
Role = Literal["buyer", "seller", "moderator", "system", "host"]


class By(BaseModel):
    role: Role
    user: Name | None = None


class Link(BaseModel):
    order: Name
    thread: Name


class Member(BaseModel):
    user: Name
    role: Literal["buyer", "seller"]
    name: str
    online: bool = False


class Order(BaseModel):
    """The snapshot's order; `version` is what steps must expect."""

    order: Name
    title: str
    state: str
    version: int
    late: bool
    price: Money
    deadlines: dict[str, Time]
    previous: Link | None = None
    next: list[Link]


class Offer(BaseModel):
    offer: Name
    number: int
    title: str
    description: str = ""
    price: Money
    delivery_days: int
    revisions: int
    expires_at: Time
    state: str
    by: By
    pay_by: Time | None = Field(None, description="while `awaiting_payment`: until when the host may confirm")


class SupportItem(BaseModel):
    item: Name
    state: str
    opened_by: By
    seq: Seq


class Support(BaseModel):
    items: list[SupportItem]
    follow_ups_remaining: int | None = Field(description="the seller's messages left; null outside `closed`")


class Refusal(BaseModel):
    """Why a capability is refused now, and until when where that is known."""

    code: str
    message: str
    until: Time | None = None


class Capabilities(BaseModel):
    allowed: list[str]
    refused: dict[str, Refusal]


class Closed(BaseModel):
    by: By
    cause: Literal["left", "erased", "window"]
    at: Time


class Caught(BaseModel):
    """What was found in the author's words; `start` and `end` count code points of the text as it was sent."""

    kind: Literal[KINDS]  # type: ignore[valid-type]  # the closed list itself
    start: int
    end: int
    action: Literal["flag", "mask", "hold"]
    field: str | None = Field(None, description="which of the command's texts, where it is not `text`")


class HeldMessage(BaseModel):
    """A message that only its author and staff know of until a moderator lets it through."""

    held: Name
    command: Id = Field(description="the author's command id, which the entry will carry")
    text: str
    caught: list[Caught]
    at: Time


class PastSnapshot(BaseModel):
    """A thread and its order as they stood once: what the log tells of a snapshot."""

    as_of: Seq
    thread: Name
    order: Order
    parties: list[Member]
    offers: list[Offer]
    proposals: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    support: Support
    statements: list[dict[str, Any]]
    review: dict[str, Any] | None
    capabilities: Capabilities
    closed: Closed | None


class Snapshot(PastSnapshot):
    """A thread and its order as one consistent read (protocol.md §6a)."""

    read: dict[str, Seq]
    delivered: dict[str, Seq]
    muted: bool
    archived: bool
    held: list[HeldMessage] | None = Field(None, description="the person's own messages that wait for a moderator")


class Envelope(BaseModel):
    """One entry; its kind says which body fields stand beside these (protocol.md §7)."""

    seq: Annotated[int, Field(ge=1)]
    entry: Id
    kind: str
    version: Literal[1]
    at: Time
    by: By
    command: Id | None = Field(None, description="the author's command id, shown to the author only")
    erased: Literal[True] | None = None


class Entries(BaseModel):
    entries: list[Envelope]
    head: Seq
    complete: bool = Field(description="nothing more that way")


class Ok(BaseModel):
    """The `ok` frame; what else it says depends on the command (protocol.md §6)."""

    model_config = ConfigDict(extra="allow")
    type: Literal["ok"]
    id: Id


class Last(BaseModel):
    kind: str
    preview: str | None = Field(description="the beginning of its text, or an offer's title; for parties only")
    at: Time
    by: By | None = Field(None, description="for parties only")


class Row(BaseModel):
    thread: Name
    order: Name
    title: str
    state: str
    closed: bool = Field(description="a party left")
    other: Member | None = Field(description="null for a moderator")
    parties: list[Member]
    head: Seq
    read: Seq
    unread: int = Field(
        description="entries above `read` by others that are news: none that only book what another brought"
        " (payment.*, thread.opened, thread.closed) or correct a message"
    )
    last: Last | None
    muted: bool
    archived: bool


class Rows(BaseModel):
    rows: list[Row]
    cursor: str | None = Field(description="for the next page; null at the end")


class Appeal(BaseModel):
    """`outcome` and `reason` are a lead's ruling."""

    appeal: Name
    state: Literal["open", "ruled"]
    text: str
    at: Time
    outcome: Literal["upheld", "overturned"] | None = None
    reason: str | None = None


class Decision(BaseModel):
    """Why staff did something that concerns this person. `act` is what they did, by the name of its command."""

    decision: Name
    act: str
    thread: Name | None = None
    about: dict[str, Any] | None = Field(None, description="target, held, claim, review, outcome: where it had one")
    reason: str
    at: Time
    appeal_until: Time | None = Field(None, description="absent where there is nothing to appeal against")
    appeal: Appeal | None = None

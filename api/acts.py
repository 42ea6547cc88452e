"""What each command is answered besides `type` and `id`, as models (protocol.md §6). For documents only."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from api.replies import Capabilities, Caught, Decision, Entries, PastSnapshot, Rows, Snapshot, Time
from api.staff import Case, FeedRow, Queue
from chat.commands import Id, Name, Seq


class Done(BaseModel):
    """A write that appends nothing to the log."""

    at: Time
    duplicate: bool
    caught: list[Caught] | None = Field(None, description="absent where nothing was caught")


class Written(Done):
    """A write to the log: where its own entry stands."""

    seq: Seq
    entry: Id


class Stepped(Written):
    state: str
    order_version: int


class Sent(Done):
    """`seq` and `entry` are absent for a statement, which goes to staff only, and while a message is held."""

    seq: Seq | None = None
    entry: Id | None = None
    statement: Name | None = None
    held: Name | None = Field(None, description="it waits for a moderator; nobody else sees it")


class OfferMade(Written):
    offer: Name
    number: int
    expires_at: Time


class OfferAccepted(Written):
    """`order` and `thread` are new ones for a follow-up order."""

    payment: Literal["paid", "awaiting"]
    order: Name
    thread: Name


class Proposed(Written):
    proposal: Name


class Claimed(Written):
    claim: Name


class Reviewed(Written):
    review: Name


class Helped(Written):
    item: Name


class Reported(Done):
    report: Name


class Checked(BaseModel):
    """What sending it would catch; nothing of the question is kept."""

    caught: list[Caught]


class Watched(Done):
    until: Time


class Could(BaseModel):
    """What each party could do then, and why not the rest."""

    buyer: Capabilities
    seller: Capabilities


class Replayed(BaseModel):
    as_of: Seq = Field(description="the last entry that had happened")
    at: Time
    snapshot: PastSnapshot
    capabilities: Could
    unknown: list[str] = Field(description="what the snapshot lacks because no log tells it")


class Subscribed(BaseModel):
    head: Seq
    mode: Literal["replay", "snapshot"]
    snapshot: Snapshot | None = None
    already: bool | None = Field(None, description="it was subscribed before: no effect")


class Taken(Done):
    until: Time = Field(description="until then no other moderator takes it")
    watch_until: Time


class Settled(Done):
    reports: int = Field(description="how many were answered at once")


class Fed(BaseModel):
    """`rows` is the page as it is now; absent for `on: false`."""

    rows: list[FeedRow] | None = None


class Cursor(BaseModel):
    seq: Seq = Field(description="the merged maximum")


class Refreshed(BaseModel):
    auth_expires: Time


class Warned(Done):
    decision: Name


class Appealed(Done):
    appeal: Name


class Waiting(BaseModel):
    """An appeal that nobody has ruled on; `own`: who asks took the decision and can not rule on it."""

    appeal: Name
    user: Name
    text: str
    at: Time
    decision: Name
    act: str
    thread: Name | None = None
    about: dict[str, Any]
    reason: str
    moderator: Name
    decided_at: Time
    own: bool


class Appeals(BaseModel):
    appeals: list[Waiting]
    cursor: str | None = Field(description="for the next page; null at the end")


class Catching(BaseModel):
    """What is done about what is caught in a text."""

    kinds: dict[str, str] = Field(description="by kind: allow, flag, mask or hold")
    states: dict[str, dict[str, str]] = Field(description="other actions while the order stands so")
    exempt: list[str] = Field(description="categories of orders whose contacts are part of the work")


class Policies(BaseModel):
    """The rules by which this marketplace runs; a number's name tells its unit."""

    profile: str
    catching: Catching
    trade: dict[str, Any]
    conversation: dict[str, Any]


class Decisions(BaseModel):
    decisions: list[Decision]
    cursor: str | None = Field(description="for the next page; null at the end")


class Record(BaseModel):
    """One look, act or reading of staff. `hash` seals it with the one before."""

    n: int
    at: Time
    moderator: Name
    action: str
    thread: Name | None = None
    user: Name | None = Field(None, description="whom it concerned, where it was a person")
    reason: str
    about: dict[str, Any]
    hash: str


class Records(BaseModel):
    records: list[Record]
    cursor: str | None = Field(description="for the next page; null at the end")


class Nothing(BaseModel):
    """The command is answered `ok` and no more."""


REPLIES: dict[str, type[BaseModel]] = {
    "auth.refresh": Refreshed,
    "thread.subscribe": Subscribed,
    "thread.unsubscribe": Nothing,
    "thread.history": Entries,
    "thread.snapshot": Snapshot,
    "thread.list": Rows,
    "thread.read": Cursor,
    "thread.delivered": Cursor,
    "thread.mute": Done,
    "thread.archive": Done,
    "message.send": Sent,
    "message.check": Checked,
    "message.report": Reported,
    "offer.make": OfferMade,
    "offer.accept": OfferAccepted,
    "support.open": Helped,
    "support.resolve": Helped,
    "moderation.watch": Watched,
    "moderation.replay": Replayed,
    "moderation.feed": Fed,
    "moderation.queue": Queue,
    "moderation.take_item": Taken,
    "moderation.put_back": Done,
    "moderation.settle": Settled,
    "moderation.case": Case,
    "moderation.note": Done,
    "moderation.reject_message": Done,
    "moderation.suspend": Done,
    "moderation.reinstate": Done,
    "moderation.warn": Warned,
    "moderation.rule_appeal": Done,
    "moderation.audit": Records,
    "moderation.appeals": Appeals,
    "moderation.policies": Policies,
    "decision.list": Decisions,
    "decision.appeal": Appealed,
    "moderation.freeze": Stepped,
    "moderation.resolve": Stepped,
    "moderation.reject_claim": Claimed,
    "moderation.rule_review": Reviewed,
}

# All commands of one subject are answered alike.
BY_SUBJECT: dict[str, type[BaseModel]] = {
    "order": Stepped,
    "proposal": Proposed,
    "claim": Claimed,
    "review": Reviewed,
}


def reply_to(command: str) -> type[BaseModel]:
    """The reply's model; whatever is not listed writes one entry and says where."""
    return REPLIES.get(command) or BY_SUBJECT.get(command.partition(".")[0], Written)

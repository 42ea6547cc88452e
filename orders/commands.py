"""What may be asked of an order through its thread (protocol.md §6): a closed list of typed commands.

Must never import Django; see chat/commands.py for what is checked here and what after the rules.
"""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from chat.commands import Name, Price, ThreadCommand, Wire


def _text_only(value: Any) -> Any:
    """Times are RFC 3339 text on the wire; a number would be read as seconds."""
    if not isinstance(value, str | datetime):
        raise PydanticCustomError("time", "an RFC 3339 time")
    return value


Instant = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_text_only)]
Version = Annotated[int, Field(ge=0, le=2**53)]


class OrderStep(ThreadCommand):
    """A step names the order version that its author saw."""

    expect: Version


class OrderStart(OrderStep):
    type: Literal["order.start"]


class OrderDecline(OrderStep):
    type: Literal["order.decline"]


class OrderWithdraw(OrderStep):
    type: Literal["order.withdraw"]


class OrderDeliver(OrderStep):
    type: Literal["order.deliver"]
    note: str
    attachments: Annotated[tuple[Name, ...], Field(max_length=10, strict=False)] = ()


class OrderClose(OrderStep):
    type: Literal["order.close"]


class OrderRequestRevision(OrderStep):
    type: Literal["order.request_revision"]
    text: str


class OrderAcceptRevision(OrderStep):
    type: Literal["order.accept_revision"]


class OrderRefuseRevision(OrderStep):
    type: Literal["order.refuse_revision"]
    reason: str


class OrderCancel(OrderStep):
    type: Literal["order.cancel"]
    reason: str


class OfferMake(ThreadCommand):
    type: Literal["offer.make"]
    title: str
    price: Price
    description: str = ""
    delivery_days: Annotated[int, Field(ge=1, le=365)]
    revisions: Annotated[int, Field(ge=0, le=1000)] = 0
    expires_in_s: Annotated[int, Field(ge=1, le=90 * 86400)] | None = None


class OfferStep(ThreadCommand):
    offer: Name


class OfferWithdraw(OfferStep):
    type: Literal["offer.withdraw"]


class OfferDecline(OfferStep):
    type: Literal["offer.decline"]


class OfferAccept(OfferStep):
    type: Literal["offer.accept"]


class OfferRequest(ThreadCommand):
    type: Literal["offer.request"]
    text: str


class ProposalMake(ThreadCommand):
    type: Literal["proposal.make"]
    kind: Literal["cancellation", "refund", "extension"]
    reason: str
    amount: Price | None = None
    deliver_by: Instant | None = None

    @property
    def action(self) -> str:
        return f"{self.type}:{self.kind}"

    @model_validator(mode="after")
    def complete(self) -> Self:
        """A refund says how much, an extension until when."""
        if self.kind == "refund" and self.amount is None:
            raise PydanticCustomError("missing", "a refund needs an amount", {"field": "amount"})
        if self.kind == "extension" and self.deliver_by is None:
            raise PydanticCustomError("missing", "an extension needs a deliver_by", {"field": "deliver_by"})
        return self


class ProposalStep(ThreadCommand):
    proposal: Name


class ProposalAccept(ProposalStep):
    type: Literal["proposal.accept"]


class ProposalDecline(ProposalStep):
    type: Literal["proposal.decline"]


class ProposalWithdraw(ProposalStep):
    type: Literal["proposal.withdraw"]


class SupportOpen(ThreadCommand):
    type: Literal["support.open"]
    text: str


class SupportResolve(ThreadCommand):
    type: Literal["support.resolve"]
    item: Name


class ClaimFile(ThreadCommand):
    type: Literal["claim.file"]
    reason: str


class ClaimWithdraw(ThreadCommand):
    type: Literal["claim.withdraw"]


class ReviewWrite(ThreadCommand):
    type: Literal["review.write"]
    rating: Annotated[int, Field(ge=1, le=5)]
    text: str


class ReviewReply(ThreadCommand):
    type: Literal["review.reply"]
    text: str


class ReviewContest(ThreadCommand):
    type: Literal["review.contest"]
    ground: str
    text: str


class ModerationFreeze(ThreadCommand):
    type: Literal["moderation.freeze"]
    reason: str | None = None


class ModerationResolve(ThreadCommand):
    type: Literal["moderation.resolve"]
    outcome: Literal["refund", "split", "resume", "pay", "unfreeze"]
    reason: str
    amount: Price | None = None

    @model_validator(mode="after")
    def complete(self) -> Self:
        """A split says how much the buyer gets."""
        if self.outcome == "split" and self.amount is None:
            raise PydanticCustomError("missing", "a split needs an amount", {"field": "amount"})
        return self


class ModerationRejectClaim(ThreadCommand):
    type: Literal["moderation.reject_claim"]
    claim: Name
    reason: str


class ModerationRuleReview(ThreadCommand):
    type: Literal["moderation.rule_review"]
    outcome: Literal["remove", "keep"]
    reason: str


class PlaceOrder(Wire):
    """The host's word that an order was bought and paid for (protocol.md §10, `POST /api/v1/orders`)."""

    buyer: Name
    seller: Name
    title: str
    price: Price
    delivery_days: Annotated[int, Field(ge=1, le=365)]
    payment_reference: str
    previous: Name | None = None

"""What two people settle, and what staff settle for them: proposals, claims, disputes.

Pure: must never import Django; see chat/commands.py for what is checked here and what after the rules.
"""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from chat.commands import Name, Price, ThreadCommand


def _text_only(value: Any) -> Any:
    """Times are RFC 3339 text on the wire; a number would be read as seconds."""
    if not isinstance(value, str | datetime):
        raise PydanticCustomError("time", "an RFC 3339 time")
    return value


Instant = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_text_only)]


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


class ClaimFile(ThreadCommand):
    type: Literal["claim.file"]
    reason: str


class ClaimWithdraw(ThreadCommand):
    type: Literal["claim.withdraw"]


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

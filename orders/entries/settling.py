"""Proposals, claims and disputes.

Pure: must never import Django.
"""

from chat.commands import Money
from chat.entries import Body, Time


class ProposalMade(Body):
    kind = "proposal.made"
    proposal: str
    proposal_kind: str
    reason: str
    amount: Money | None = None
    deliver_by: Time | None = None
    expires_at: Time


class ProposalAccepted(Body):
    kind = "proposal.accepted"
    proposal: str


class ProposalDeclined(Body):
    kind = "proposal.declined"
    proposal: str


class ProposalWithdrawn(Body):
    kind = "proposal.withdrawn"
    proposal: str


class ProposalExpired(Body):
    kind = "proposal.expired"
    proposal: str


class ProposalVoided(Body):
    kind = "proposal.voided"
    proposal: str


class ClaimFiled(Body):
    """Never the reason: the other party reads this too."""

    kind = "claim.filed"
    claim: str


class ClaimWithdrawn(Body):
    kind = "claim.withdrawn"
    claim: str


class ClaimRejected(Body):
    kind = "claim.rejected"
    claim: str


class DisputeOpened(Body):
    kind = "dispute.opened"
    claim: str


class DisputeResolved(Body):
    kind = "dispute.resolved"
    outcome: str
    reason: str

"""Proposals, claims and disputes, as the log tells of them."""

from datetime import datetime

from chat.announce import Record
from orders.models import Claim, Proposal
from orders.past import Past, Tells, exactly
from orders.process import ClaimState, ProposalState


def _proposed(told: Past, record: Record) -> None:
    body = record.body
    told.proposals[body["proposal"]] = Proposal(
        id=body["proposal"],
        order=told.order,
        kind=body["proposal_kind"],
        state=ProposalState.OPEN,
        by_role=record.by_role,
        by=record.by_user,
        reason=body["reason"],
        amount=body["amount"]["amount"] if "amount" in body else None,
        deliver_by=datetime.fromisoformat(body["deliver_by"]) if "deliver_by" in body else None,
        made_at=record.at,
        expires_at=exactly(body["expires_at"], record.at),
    )


def _proposal(state: ProposalState) -> Tells:
    def moved(told: Past, record: Record) -> None:
        told.proposals[record.body["proposal"]].state = state

    return moved


def _filed(told: Past, record: Record) -> None:
    name = record.body["claim"]
    reason = told.reasons[name].reason
    claim = Claim(id=name, order=told.order, state=ClaimState.OPEN, reason=reason, at=record.at)
    claim.by_role, claim.by = record.by_role, record.by_user
    told.claims[name] = claim


def _claim(state: ClaimState) -> Tells:
    def moved(told: Past, record: Record) -> None:
        claim = told.claims[record.body["claim"]]
        claim.state = state
        if state is ClaimState.REJECTED:
            claim.answer = told.reasons[claim.id].answer

    return moved


TELLS: dict[str, Tells] = {
    "proposal.made": _proposed,
    "proposal.accepted": _proposal(ProposalState.ACCEPTED),
    "proposal.declined": _proposal(ProposalState.DECLINED),
    "proposal.withdrawn": _proposal(ProposalState.WITHDRAWN),
    "proposal.expired": _proposal(ProposalState.EXPIRED),
    "proposal.voided": _proposal(ProposalState.VOID),
    "claim.filed": _filed,
    "claim.withdrawn": _claim(ClaimState.WITHDRAWN),
    "claim.rejected": _claim(ClaimState.REJECTED),
    "dispute.opened": _claim(ClaimState.UPHELD),
}

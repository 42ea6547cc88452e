"""What can happen to an order and its offers (protocol.md §7): a closed list of typed entry bodies.

Must never import Django.
"""

from chat.commands import Money
from chat.entries import Body, Time


class Party(Body):
    user: str
    role: str
    name: str


class Previous(Body):
    order: str
    thread: str


class ThreadOpened(Body):
    kind = "thread.opened"
    order: str
    title: str
    parties: tuple[Party, ...]
    previous: Previous | None = None


class OrderChanged(Body):
    """`from` is a word of Python, hence the alias."""

    kind = "order.changed"
    action: str
    from_: str
    to: str
    order_version: int
    deadlines: dict[str, Time]
    note: str | None = None
    attachments: tuple[str, ...] | None = None

    def wire(self) -> dict[str, object]:
        said = super().wire()
        return {("from" if key == "from_" else key): value for key, value in said.items()}


class PaymentHeld(Body):
    kind = "payment.held"
    amount: Money


class PaymentReleased(Body):
    kind = "payment.released"
    amount: Money


class PaymentRefunded(Body):
    kind = "payment.refunded"
    amount: Money


class PaymentForfeited(Body):
    kind = "payment.forfeited"
    amount: Money


class OfferMade(Body):
    kind = "offer.made"
    offer: str
    number: int
    title: str
    price: Money
    description: str
    delivery_days: int
    revisions: int
    expires_at: Time


class OfferAccepted(Body):
    kind = "offer.accepted"
    offer: str
    order: str | None = None
    thread: str | None = None


class OfferDeclined(Body):
    kind = "offer.declined"
    offer: str


class OfferWithdrawn(Body):
    kind = "offer.withdrawn"
    offer: str


class OfferExpired(Body):
    kind = "offer.expired"
    offer: str


class OfferVoided(Body):
    kind = "offer.voided"
    offer: str


class OfferRequested(Body):
    kind = "offer.requested"
    text: str


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


class SupportOpened(Body):
    kind = "support.opened"
    item: str
    text: str


class SupportResolved(Body):
    kind = "support.resolved"
    item: str


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


class ReviewWritten(Body):
    kind = "review.written"
    review: str
    rating: int
    text: str


class ReviewReplied(Body):
    kind = "review.replied"
    review: str
    text: str


class ReviewContested(Body):
    kind = "review.contested"
    review: str
    ground: str


class ReviewRemoved(Body):
    """`target` is the seq of the review, whose words nobody but staff reads from now on."""

    kind = "review.removed"
    review: str
    target: int
    reason: str


class ReviewKept(Body):
    kind = "review.kept"
    review: str
    reason: str

"""Which entry leads to a notice, and to whom: the table. What a notice looks like is its sender's.

Pure. A name on the left is an entry's kind, with an order's action or a moderator's hand where that matters; what is
not named leads to none. Must never let words out: SAID lists the fields that are numbers, names and times.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from chat.rules import PARTIES, Role


class To(StrEnum):
    """OTHERS: each party but the author; both of them for what the clock, staff or the host did."""

    OTHERS = "others"
    BOTH = "both"
    FILER = "filer"


NOTICES: dict[str, tuple[str, To]] = {
    "thread.opened": ("order.placed", To.BOTH),
    "order.changed:start": ("order.started", To.OTHERS),
    "order.changed:decline": ("order.declined", To.OTHERS),
    "order.changed:withdraw": ("order.withdrawn", To.OTHERS),
    "order.changed:auto_cancel": ("order.auto_cancelled", To.BOTH),
    "order.changed:cancel": ("order.cancelled", To.OTHERS),
    "order.changed:deliver": ("order.delivered", To.OTHERS),
    "order.changed:request_revision": ("order.revision_requested", To.OTHERS),
    "order.changed:accept_revision": ("order.revision_accepted", To.OTHERS),
    "order.changed:refuse_revision": ("order.revision_refused", To.OTHERS),
    "order.changed:close": ("order.closed", To.OTHERS),
    "order.changed:auto_close": ("order.auto_closed", To.BOTH),
    "order.changed:expire": ("order.expired", To.BOTH),
    "order.changed:freeze": ("order.frozen", To.BOTH),
    "offer.made": ("offer.made", To.OTHERS),
    "offer.requested": ("offer.requested", To.OTHERS),
    "offer.accepted": ("offer.accepted", To.OTHERS),
    "offer.declined": ("offer.declined", To.OTHERS),
    "offer.withdrawn": ("offer.withdrawn", To.OTHERS),
    "offer.expired": ("offer.expired", To.BOTH),
    "offer.voided": ("offer.voided", To.OTHERS),
    "proposal.made": ("proposal.made", To.OTHERS),
    "proposal.accepted": ("proposal.accepted", To.OTHERS),
    "proposal.declined": ("proposal.declined", To.OTHERS),
    "proposal.withdrawn": ("proposal.withdrawn", To.OTHERS),
    "proposal.expired": ("proposal.expired", To.BOTH),
    "claim.filed": ("claim.filed", To.OTHERS),
    "claim.withdrawn": ("claim.withdrawn", To.OTHERS),
    "claim.rejected": ("claim.rejected", To.FILER),
    "dispute.resolved": ("dispute.resolved", To.BOTH),
    "support.opened": ("support.opened", To.OTHERS),
    "support.resolved": ("support.resolved", To.OTHERS),
    "review.written": ("review.written", To.OTHERS),
    "review.replied": ("review.replied", To.OTHERS),
    "review.contested": ("review.contested", To.OTHERS),
    "review.removed": ("review.removed", To.BOTH),
    "review.kept": ("review.kept", To.BOTH),
    "party.left": ("party.left", To.OTHERS),
    "message:moderator": ("message.staff", To.BOTH),
}

# Told already by the entry before it, by a socket alone, or together with others after a quiet time (messages).
NONE = frozenset({
    "message", "message.edited", "message.redacted", "thread.closed", "offer.awaiting", "offer.reopened",
    "payment.held", "payment.released", "payment.refunded", "payment.forfeited", "proposal.voided", "dispute.opened",
    *(f"order.changed:{action}" for action in (
        "accept_offer", "accept_cancellation", "accept_extension",
        "resolve_refund", "resolve_split", "resolve_resume", "resolve_pay", "unfreeze",
    )),
})  # fmt: skip

SAID = frozenset({"deadlines", "from", "ground", "outcome", "rating", "to"})


def named(kind: str, body: Mapping[str, Any], by_role: str) -> str:
    """The entry's name in the table."""
    if kind == "order.changed":
        return f"{kind}:{body['action']}"
    if kind == "message" and by_role == Role.MODERATOR:
        return f"{kind}:{by_role}"
    return kind


def roles(to: To, by_role: str) -> frozenset[Role]:
    """The parties it goes to; for the FILER that is not a question of roles."""
    if to is To.OTHERS:
        return frozenset(role for role in PARTIES if role != by_role)
    return PARTIES if to is To.BOTH else frozenset()


def said(body: Mapping[str, Any]) -> dict[str, Any]:
    """What of an entry may be told outside the thread."""
    return {name: value for name, value in body.items() if name in SAID}

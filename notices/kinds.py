"""Every notice that is sent, and whether a person may switch its e-mails off. Pure: must never import Django.

Money, the steps of an order, deadlines and the end of a thread are mandatory: whoever trades has to know of them.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Switch(StrEnum):
    """What a person may do without; the names in links and in the database."""

    MESSAGES = "messages"
    OFFERS = "offers"
    REVIEWS = "reviews"


# None: mandatory.
NOTICES: dict[str, Switch | None] = {
    "messages.waiting": Switch.MESSAGES,
    "message.staff": None,
    "order.placed": None,
    "order.started": None,
    "order.declined": None,
    "order.withdrawn": None,
    "order.delivered": None,
    "order.revision_requested": None,
    "order.revision_accepted": None,
    "order.revision_refused": None,
    "order.closed": None,
    "order.auto_closed": None,
    "order.cancelled": None,
    "order.auto_cancelled": None,
    "order.expired": None,
    "order.frozen": None,
    "offer.requested": None,
    "offer.made": None,
    "offer.accepted": None,
    "offer.declined": None,
    "offer.withdrawn": None,
    "offer.expired": None,
    "proposal.made": None,
    "proposal.accepted": None,
    "proposal.declined": None,
    "proposal.withdrawn": None,
    "proposal.expired": None,
    "claim.filed": None,
    "claim.withdrawn": None,
    "claim.rejected": None,
    "dispute.resolved": None,
    "support.opened": None,
    "support.resolved": None,
    "review.written": None,
    "review.replied": None,
    "review.contested": None,
    "review.removed": None,
    "review.kept": None,
    "party.left": None,
    "report.upheld": None,
    "report.dismissed": None,
    "decision.made": None,
    "appeal.ruled": None,
    "reminder.start_by": None,
    "reminder.deliver_by": None,
    "reminder.answer_by": None,
    "reminder.auto_close_at": None,
    "reminder.expires_at": None,
    "reminder.chat_until": None,
    "overdue.answer_by": None,
    "reminder.proposal_expires_at": None,
    "reminder.offer_expires_at": Switch.OFFERS,
    "reminder.review_until": Switch.REVIEWS,
}

# Kinds of entry that bring nobody a letter, and why.
SILENT = {
    "message": "told by messages.waiting, grouped",
    "message.edited": "the message is told",
    "message.redacted": "nothing is to be read",
    "thread.closed": "party.left tells",
    "payment.held": "order.placed or offer.accepted tells",
    "payment.released": "the end of the order tells",
    "payment.refunded": "the end, or the proposal, tells",
    "payment.forfeited": "order.expired tells",
    "dispute.opened": "order.frozen tells",
    "offer.awaiting": "offer.accepted tells, once it is paid",
    "offer.reopened": "who pays is on the host's page",
    "offer.voided": "the end that voided it tells",
    "proposal.voided": "the end that voided it tells",
}

# `order.changed` by its action (protocol.md §7); "" where the entry before it tells.
STEPS = {
    "start": "order.started",
    "decline": "order.declined",
    "withdraw": "order.withdrawn",
    "deliver": "order.delivered",
    "request_revision": "order.revision_requested",
    "accept_revision": "order.revision_accepted",
    "refuse_revision": "order.revision_refused",
    "close": "order.closed",
    "auto_close": "order.auto_closed",
    "cancel": "order.cancelled",
    "accept_cancellation": "order.cancelled",
    "auto_cancel": "order.auto_cancelled",
    "expire": "order.expired",
    "freeze": "order.frozen",
    "accept_offer": "",
    "accept_extension": "",
    "resolve_refund": "",
    "resolve_split": "",
    "resolve_resume": "",
    "resolve_pay": "",
    "unfreeze": "",
}

# To one person, about no thread that they would need to be in, and to the suspended, too: there is no other way left.
PERSONAL = frozenset({"decision.made", "appeal.ruled"})

# Names of one and the same letter.
ALIASES = {
    "thread.opened": "order.placed",
    "reminder.cancellation_expires_at": "reminder.proposal_expires_at",
    "reminder.extension_expires_at": "reminder.proposal_expires_at",
    "reminder.refund_expires_at": "reminder.proposal_expires_at",
}


def named(kind: str, facts: Mapping[str, Any]) -> str:
    """The notice for a kind of entry or an own name; "" where nobody is to be told."""
    kind = ALIASES.get(kind, kind)
    if kind == "order.changed":
        return STEPS.get(str(facts.get("action")), "")
    return kind if kind in NOTICES else ""

"""The rows of domain.md and the codes of protocol.md §8, written anew by hand as plain data.

Must never import or copy a table of the product: the tests hold the two against each other. `late` is `in_progress`
past its delivery deadline, which changes the buyer's rights.
"""

# (action, who, in which states, to which, by which deadline): words, and "" where nothing moves or waits.
Row = tuple[str, str, str, str, str]

RUNNING = "in_progress late"
REVISING = "revision_requested revision_refused"
TALKING = f"pending {RUNNING} {REVISING}"
UNFROZEN = f"{TALKING} delivered"
ACTIVE = f"{UNFROZEN} frozen"
ENDED = "closed cancelled expired"
ORDER_STATES = f"{ACTIVE} {ENDED}"
PARTIES = "buyer seller"

ORDER: list[Row] = [
    ("order.start", "seller", "pending", "in_progress", ""),
    ("order.decline", "seller", "pending", "cancelled", ""),
    ("order.withdraw", "buyer", "pending", "cancelled", ""),
    ("auto_cancel", "system", "pending", "cancelled", "start_by"),
    ("order.deliver", "seller", RUNNING, "delivered", ""),
    ("order.cancel", "seller", f"{RUNNING} {REVISING}", "cancelled", ""),
    ("order.cancel", "buyer", "late", "cancelled", ""),
    ("order.request_revision", "buyer", "delivered", "revision_requested", ""),
    ("order.accept_revision", "seller", "revision_requested", "in_progress", ""),
    ("order.refuse_revision", "seller", "revision_requested", "revision_refused", ""),
    ("order.close", "buyer", "delivered revision_refused", "closed", ""),
    ("auto_close", "system", "delivered revision_refused", "closed", "auto_close_at"),
    ("expire", "system", UNFROZEN, "expired", "expires_at"),
    # Offers: added to a running order, or a new one after `closed` and `cancelled`.
    ("offer.make", "seller", f"{TALKING} closed cancelled", "", ""),
    ("offer.request", "buyer", f"{TALKING} closed cancelled", "", ""),
    ("offer.accept", "buyer", f"{TALKING} closed cancelled", "", ""),
    ("offer.decline", "buyer", f"{TALKING} delivered closed cancelled", "", ""),
    ("offer.withdraw", "seller", f"{TALKING} delivered closed cancelled", "", ""),
    # Proposals. After the end each has an end of its own, and that is what is told (`proposal_not_open`).
    ("proposal.make:cancellation", "buyer", RUNNING, "", ""),
    ("proposal.make:refund", PARTIES, TALKING, "", ""),
    ("proposal.make:extension", PARTIES, RUNNING, "", ""),
    ("proposal.accept:cancellation", PARTIES, f"{RUNNING} {ENDED}", "", ""),
    ("proposal.accept:refund", PARTIES, f"{TALKING} {ENDED}", "", ""),
    ("proposal.accept:extension", PARTIES, f"{RUNNING} {ENDED}", "", ""),
    ("proposal.decline", PARTIES, f"{UNFROZEN} {ENDED}", "", ""),
    ("proposal.withdraw", PARTIES, f"{UNFROZEN} {ENDED}", "", ""),
    ("support.open", PARTIES, "closed", "", ""),
    ("support.resolve", PARTIES, "closed", "", ""),
    ("claim.file", PARTIES, UNFROZEN, "", ""),
    ("claim.withdraw", PARTIES, UNFROZEN, "", ""),
    ("moderation.reject_claim", "moderator", UNFROZEN, "", ""),
    ("moderation.freeze", "moderator", UNFROZEN, "frozen", ""),
    ("moderation.resolve:refund", "moderator", "frozen", "cancelled", ""),
    ("moderation.resolve:split", "moderator", "frozen", "closed", ""),
    ("moderation.resolve:resume", "moderator", "frozen", "in_progress", ""),
    ("moderation.resolve:pay", "moderator", "frozen", "closed", ""),
    ("moderation.resolve:unfreeze", "moderator", "frozen", "", ""),
    ("review.write", "buyer", "closed", "", ""),
    ("review.reply", "seller", "closed", "", ""),
    ("review.contest", "seller", "closed", "", ""),
    ("moderation.rule_review", "moderator", "closed", "", ""),
]

OFFER_STATES = "open awaiting_payment accepted declined withdrawn expired void"
OFFER: list[Row] = [
    ("offer.accept", "buyer", "open", "accepted", ""),
    ("offer.decline", "buyer", "open", "declined", ""),
    ("offer.withdraw", "seller", "open", "withdrawn", ""),
    ("offer.await", "buyer", "open", "awaiting_payment", ""),
    ("offer.pay", "host", "open awaiting_payment", "accepted", ""),
    ("offer.fail", "host", "awaiting_payment", "open", ""),
    ("offer.reopen", "system", "awaiting_payment", "open", "pay_by"),
    ("offer.expire", "system", "open", "expired", "expires_at"),
    ("offer.void", f"{PARTIES} system moderator", "open awaiting_payment", "void", ""),
]

PROPOSAL_STATES = "open accepted declined withdrawn expired void"
PROPOSAL: list[Row] = [
    ("proposal.accept", "answerer", "open", "accepted", ""),
    ("proposal.decline", "answerer", "open", "declined", ""),
    ("proposal.withdraw", "maker", "open", "withdrawn", ""),
    ("proposal.expire", "system", "open", "expired", "expires_at"),
    ("proposal.void", f"{PARTIES} system moderator", "open", "void", ""),
]

CLAIM_STATES = "open picked_up withdrawn rejected upheld void"
CLAIM: list[Row] = [
    ("claim.withdraw", PARTIES, "open", "withdrawn", ""),
    ("claim.pick_up", "moderator", "open", "picked_up", ""),
    ("moderation.reject_claim", "moderator", "open picked_up", "rejected", ""),
    ("moderation.freeze", "moderator", "open picked_up", "upheld", ""),
    ("claim.void", f"{PARTIES} system moderator", "open picked_up", "void", ""),
]

# Thread modes, and the one that each order state sets.
MODES = {
    "pending": "open", "in_progress": "open", "late": "open", "revision_requested": "open", "revision_refused": "open",
    "delivered": "blocked", "frozen": "frozen", "closed": "after_sales", "cancelled": "ended", "expired": "silent",
}  # fmt: skip
UNLEFT = "open blocked frozen after_sales ended silent"
ALWAYS = f"{UNLEFT} left"
THREAD: list[Row] = [
    ("message.send", PARTIES, "open after_sales ended", "", ""),
    ("message.send", "moderator", ALWAYS, "", ""),
    ("message.send:support", "seller", "after_sales", "", ""),
    ("message.send:check_in", "seller", "after_sales", "", ""),
    ("message.send:statement", PARTIES, "frozen", "", ""),
    ("message.edit", PARTIES, "open after_sales ended", "", ""),
    ("message.redact", PARTIES, "open after_sales ended", "", ""),
    ("message.redact", "moderator", ALWAYS, "", ""),
    ("message.report", PARTIES, ALWAYS, "", ""),
    ("thread.mute", PARTIES, ALWAYS, "", ""),
    ("thread.archive", PARTIES, ALWAYS, "", ""),
    ("thread.leave", PARTIES, "after_sales ended silent", "left", ""),
    ("thread.leave", PARTIES, "left", "", ""),
    ("moderation.watch", "moderator", ALWAYS, "", ""),
    ("moderation.note", "moderator", ALWAYS, "", ""),
    # What else the two settle with each other ends with a leave; a review does not.
    ("trade", PARTIES, UNLEFT, "", ""),
    ("review", PARTIES, ALWAYS, "", ""),
]

# protocol.md §8: (how the action begins, in which states, the code). The first that fits; what fits none is
# `not_allowed`. A role that has no row at all is `wrong_role` before any of these.
Code = tuple[str, str, str]

CODES: dict[str, list[Code]] = {
    "order": [
        ("order.", ENDED, "order_ended"), ("proposal.make", ENDED, "order_ended"), ("claim.file", ENDED, "order_ended"),
        ("moderation.freeze", ENDED, "order_ended"), ("offer.", "expired", "order_ended"),
        ("review.", ACTIVE, "order_active"), ("review.", "cancelled expired", "not_reviewable"),
    ],
    "offer": [("offer.", OFFER_STATES, "offer_not_open")],
    "proposal": [("proposal.", PROPOSAL_STATES, "proposal_not_open")],
    "claim": [],
    "thread": [
        ("thread.leave", "open blocked frozen", "order_active"), ("", "left", "thread_closed"),
        ("message.", "blocked frozen silent", "chat_blocked"),
    ],
}  # fmt: skip

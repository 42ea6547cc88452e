"""protocol.md §8 as plain data: with which code each state refuses what a role may do elsewhere.

Must never import a table of the product.
"""

ENDED = ("closed", "cancelled", "expired")
ACTIVE = ("pending", "in_progress", "late", "delivered", "revision_requested", "revision_refused", "frozen")
PROPOSALS = ("open", "accepted", "declined", "withdrawn", "expired", "void")
OFFERS = (*PROPOSALS, "awaiting_payment")

# Table → (how the action begins, in which states, the code). The first that fits; what fits none is `not_allowed`.
Codes = list[tuple[str, tuple[str, ...], str]]

CODES: dict[str, Codes] = {
    "order": [
        ("order.", ENDED, "order_ended"),
        ("proposal.make", ENDED, "order_ended"),
        ("claim.file", ENDED, "order_ended"),
        ("moderation.freeze", ENDED, "order_ended"),
        ("offer.", ("expired",), "order_ended"),
        ("review.", ACTIVE, "order_active"),
        ("review.", ("cancelled", "expired"), "not_reviewable"),
    ],
    "offer": [("offer.", OFFERS, "offer_not_open")],
    "proposal": [("proposal.", PROPOSALS, "proposal_not_open")],
    "claim": [],
    "staff": [],
    "thread": [
        ("thread.leave", ("open", "blocked", "frozen"), "order_active"),
        ("", ("left",), "thread_closed"),
        ("message.", ("blocked", "frozen", "silent"), "chat_blocked"),
    ],
}
# What an ended order names as possible instead.
POSSIBLE = {
    "closed": ["order_again", "offer"],
    "cancelled": ["order_again", "offer"],
    "expired": ["order_again"],
}

# Which mode the thread has in each state of the order.
MODES = {
    "pending": "open",
    "in_progress": "open",
    "late": "open",
    "delivered": "blocked",
    "revision_requested": "open",
    "revision_refused": "open",
    "frozen": "frozen",
    "closed": "after_sales",
    "cancelled": "ended",
    "expired": "silent",
}

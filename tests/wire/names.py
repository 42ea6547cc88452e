"""The names of the protocol's own tables (protocol.md §§6–8), and which of them this server has not learnt yet.

Whoever implements one takes it out of `NOT_YET`: the test then asks for it everywhere.
"""

SOCKET_ONLY = {"auth.refresh", "thread.subscribe", "thread.unsubscribe", "thread.typing", "moderation.feed"}

COMMANDS = {
    *(f"thread.{word}" for word in (
        "subscribe", "unsubscribe", "history", "snapshot", "list", "read", "delivered", "typing", "mute", "archive",
        "leave",
    )),
    *(f"message.{word}" for word in ("send", "check", "edit", "redact", "report")),
    *(f"offer.{word}" for word in ("make", "withdraw", "decline", "accept", "request")),
    *(f"order.{word}" for word in (
        "start", "decline", "withdraw", "deliver", "close", "request_revision", "accept_revision", "refuse_revision",
        "cancel",
    )),
    *(f"proposal.{word}" for word in ("make", "accept", "decline", "withdraw")),
    *(f"moderation.{word}" for word in (
        "watch", "feed", "queue", "take_item", "put_back", "settle", "case", "note", "freeze", "resolve",
        "release_message", "reject_message", "reject_claim", "rule_review", "suspend", "reinstate", "warn",
        "rule_appeal", "audit", "replay", "appeals", "policies",
    )),
    "auth.refresh", "support.open", "support.resolve", "claim.file", "claim.withdraw", "review.write", "review.reply",
    "review.contest", "decision.list", "decision.appeal",
}  # fmt: skip

ENTRIES = {
    "thread.opened", "thread.closed", "party.left", "message", "message.edited", "message.redacted",
    "attachment.ready", "attachment.rejected", "order.changed", "dispute.opened", "dispute.resolved",
    "support.opened", "support.resolved", "offer.requested",
    *(f"offer.{word}" for word in ("made", "accepted", "declined", "withdrawn", "expired", "voided", "awaiting", "reopened")),
    *(f"proposal.{word}" for word in ("made", "accepted", "declined", "withdrawn", "expired", "voided")),
    *(f"payment.{word}" for word in ("held", "released", "refunded", "forfeited")),
    *(f"claim.{word}" for word in ("filed", "withdrawn", "rejected")),
    *(f"review.{word}" for word in ("written", "replied", "contested", "removed", "kept")),
}  # fmt: skip

ERRORS = {
    "bad_frame", "unknown_type", "bad_request", "unauthenticated", "auth_expired", "suspended", "not_found",
    "wrong_role", "reason_required", "thread_closed", "order_ended", "not_allowed", "chat_blocked", "order_active",
    "version_conflict", "offer_not_open", "proposal_not_open", "follow_up_budget", "review_window_over",
    "already_reviewed", "edit_window_over", "not_reviewable", "bad_ground", "id_reused", "text_invalid", "too_large",
    "attachment_not_ready", "attachment_rejected", "rate_limited", "subscription_limit", "cursor_ahead", "busy",
    "unavailable", "draining", "unknown_outcome", "internal",
}  # fmt: skip

# From the server, besides `ok` (§§4–6).
FRAMES = {
    "welcome", "reset", "subscribed", "caught_up", "ping", "auth.expiring", "bye", "error", "entries", "capabilities",
    "typing", "presence", "read", "delivered", "feed", "decision",
}  # fmt: skip

# What clients of version 1 are promised and this server cannot do yet.
NOT_YET = {"attachment.ready", "attachment.rejected"}

# Errors in nobody's power to provoke without breaking something (tests/faults does), or of what is NOT_YET.
NOT_PROVOKED = {
    "busy", "unavailable", "draining", "unknown_outcome", "internal", "attachment_not_ready", "attachment_rejected",
}  # fmt: skip

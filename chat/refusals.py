"""Every way in which the server says no (protocol.md §8), as data.

Must never import Django, and must never carry a private fact of another person.
"""

from dataclasses import dataclass
from typing import Any, Literal

Executed = Literal["no", "unknown"]
Retry = Literal["never", "same", "fix", "reauth", "resync"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a client may conclude from a code: try again how, and the HTTP status that says the same."""

    retry: Retry
    http: int
    message: str
    executed: Executed = "no"


KINDS: dict[str, Kind] = {
    "bad_frame": Kind("fix", 400, "This frame is not one JSON object within the limits."),
    "unknown_type": Kind("fix", 400, "There is no command of this type."),
    "bad_request": Kind("fix", 400, "A field is missing or of the wrong type."),
    "unauthenticated": Kind("reauth", 401, "Sign in first."),
    "auth_expired": Kind("reauth", 401, "The credential has expired."),
    "suspended": Kind("never", 403, "This account is suspended."),
    "not_found": Kind("never", 404, "There is no such thing here, or it is not yours to see."),
    "wrong_role": Kind("never", 403, "Your role can never do this."),
    "reason_required": Kind("fix", 403, "State a reason of at least 10 characters first."),
    "thread_closed": Kind("never", 409, "This thread is closed for good."),
    "order_ended": Kind("never", 409, "The order has ended; it is never changed, reopened or refunded."),
    "not_allowed": Kind("never", 409, "The order's state does not allow this."),
    "chat_blocked": Kind("never", 409, "Nobody may write while the order is in this state."),
    "order_active": Kind("never", 409, "The order has not ended yet."),
    "version_conflict": Kind("resync", 409, "The order has changed since you looked."),
    "offer_not_open": Kind("never", 409, "This offer is no longer open."),
    "proposal_not_open": Kind("never", 409, "This proposal is no longer open."),
    "follow_up_budget": Kind("never", 409, "Wait for the buyer to answer before writing again."),
    "review_window_over": Kind("never", 409, "The time for a review is over."),
    "already_reviewed": Kind("never", 409, "This order has its review."),
    "edit_window_over": Kind("never", 409, "The time to change this message is over."),
    "not_reviewable": Kind("never", 409, "An order that was not completed has no review."),
    "bad_ground": Kind("never", 409, "A review cannot be contested on this ground."),
    "id_reused": Kind("never", 422, "This id was used for another command."),
    "text_invalid": Kind("fix", 422, "The text is empty or holds control characters."),
    "too_large": Kind("fix", 413, "This is longer than allowed."),
    "attachment_not_ready": Kind("fix", 422, "A file is still being checked."),
    "attachment_rejected": Kind("fix", 422, "A file was rejected."),
    "rate_limited": Kind("same", 429, "Too fast; wait a moment."),
    "subscription_limit": Kind("same", 429, "This socket follows as many threads as it may."),
    "cursor_ahead": Kind("resync", 409, "Your cursor is ahead of the thread."),
    "busy": Kind("same", 503, "The thread is busy; nothing was done."),
    "unavailable": Kind("same", 503, "The database is out of reach; nothing was done."),
    "draining": Kind("same", 503, "This server is leaving; another takes over."),
    "unknown_outcome": Kind("same", 503, "The connection was lost during the commit.", executed="unknown"),
    "internal": Kind("same", 500, "A fault of the server; it has been logged.", executed="unknown"),
}


class Refused(Exception):
    """A command that changed nothing, and why. `info` is sent as it is."""

    def __init__(
        self,
        code: str,
        message: str | None = None,
        *,
        field: str | None = None,
        after_ms: int | None = None,
        **info: Any,
    ) -> None:
        self.code = code
        self.kind = KINDS[code]
        self.message = message or self.kind.message
        self.field = field
        self.after_ms = after_ms
        self.info = info
        super().__init__(f"{code}: {self.message}")

    def body(self) -> dict[str, Any]:
        """The error's fields on every road, socket and HTTP alike."""
        said: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "executed": self.kind.executed,
            "retry": self.kind.retry,
        }
        if self.after_ms is not None:
            said["after_ms"] = self.after_ms
        if self.field is not None:
            said["field"] = self.field
        if self.info:
            said["info"] = self.info
        return said

"""The order's process as data: every state, every row of domain.md's transitions, and the thread mode each sets.

Pure: no clock, no database, no Django. Durations are in policy.py; what a step writes is in services.
"""

from collections.abc import Iterable
from enum import StrEnum

from chat.profiles import UnfitError
from chat.rules import PARTIES, Mode, Role, Table, code, rule


class State(StrEnum):
    """Order states (domain.md). LATE is `in_progress` past its delivery deadline: it changes rights, so it is a row."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    LATE = "late"
    DELIVERED = "delivered"
    REVISION_REQUESTED = "revision_requested"
    REVISION_REFUSED = "revision_refused"
    FROZEN = "frozen"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


S = State
RUNNING = frozenset({S.IN_PROGRESS, S.LATE})
REVISING = frozenset({S.REVISION_REQUESTED, S.REVISION_REFUSED})
ENDED = frozenset({S.CLOSED, S.CANCELLED, S.EXPIRED})
ACTIVE = frozenset(State) - ENDED
UNFROZEN = ACTIVE - {S.FROZEN}
TALKING = {S.PENDING} | RUNNING | REVISING

MODE: dict[State, Mode] = {
    S.PENDING: Mode.OPEN,
    S.IN_PROGRESS: Mode.OPEN,
    S.LATE: Mode.OPEN,
    S.DELIVERED: Mode.BLOCKED,
    S.REVISION_REQUESTED: Mode.OPEN,
    S.REVISION_REFUSED: Mode.OPEN,
    S.FROZEN: Mode.FROZEN,
    S.CLOSED: Mode.AFTER_SALES,
    S.CANCELLED: Mode.ENDED,
    S.EXPIRED: Mode.SILENT,
}

ORDER = Table(
    "order",
    State,
    (
        rule("order.start", Role.SELLER, {S.PENDING}, to=S.IN_PROGRESS),
        rule("order.decline", Role.SELLER, {S.PENDING}, to=S.CANCELLED),
        rule("order.withdraw", Role.BUYER, {S.PENDING}, to=S.CANCELLED),
        rule("auto_cancel", Role.CLOCK, {S.PENDING}, to=S.CANCELLED, after="start_by"),
        rule("order.deliver", Role.SELLER, RUNNING, to=S.DELIVERED),
        rule("order.cancel", Role.SELLER, RUNNING | REVISING, to=S.CANCELLED),
        rule("order.cancel", Role.BUYER, {S.LATE}, to=S.CANCELLED),
        rule("order.request_revision", Role.BUYER, {S.DELIVERED}, to=S.REVISION_REQUESTED),
        rule("order.accept_revision", Role.SELLER, {S.REVISION_REQUESTED}, to=S.IN_PROGRESS),
        rule("order.refuse_revision", Role.SELLER, {S.REVISION_REQUESTED}, to=S.REVISION_REFUSED),
        rule("order.close", Role.BUYER, {S.DELIVERED, S.REVISION_REFUSED}, to=S.CLOSED),
        rule("auto_close", Role.CLOCK, {S.DELIVERED, S.REVISION_REFUSED}, to=S.CLOSED, after="auto_close_at"),
        rule("expire", Role.CLOCK, UNFROZEN, to=S.EXPIRED, after="expires_at"),
        # Only where the policy sets the deadline: the order's state stays, its thread is closed for good.
        rule("close_chat", Role.CLOCK, {S.CLOSED, S.CANCELLED}, after="chat_until"),
        rule("offer.make", Role.SELLER, TALKING | {S.CLOSED, S.CANCELLED}),
        rule("offer.request", Role.BUYER, TALKING | {S.CLOSED, S.CANCELLED}),
        rule("offer.accept", Role.BUYER, TALKING | {S.CLOSED, S.CANCELLED}),
        rule("offer.pay", Role.HOST, TALKING | {S.CLOSED, S.CANCELLED}),
        rule("offer.fail", Role.HOST, UNFROZEN | ENDED),
        rule("offer.decline", Role.BUYER, TALKING | {S.DELIVERED, S.CLOSED, S.CANCELLED}),
        rule("offer.withdraw", Role.SELLER, TALKING | {S.DELIVERED, S.CLOSED, S.CANCELLED}),
        rule("proposal.make:cancellation", Role.BUYER, RUNNING),
        rule("proposal.make:refund", PARTIES, TALKING),
        rule("proposal.make:extension", PARTIES, RUNNING),
        # In an ended order every proposal has its end already, and says so itself.
        rule("proposal.accept:cancellation", PARTIES, RUNNING | ENDED),
        rule("proposal.accept:refund", PARTIES, TALKING | ENDED),
        rule("proposal.accept:extension", PARTIES, RUNNING | ENDED),
        rule("proposal.decline", PARTIES, TALKING | {S.DELIVERED} | ENDED),
        rule("proposal.withdraw", PARTIES, TALKING | {S.DELIVERED} | ENDED),
        rule("support.open", PARTIES, {S.CLOSED}),
        rule("support.resolve", PARTIES, {S.CLOSED}),
        rule("claim.file", PARTIES, UNFROZEN),
        rule("claim.withdraw", PARTIES, UNFROZEN),
        rule("moderation.reject_claim", Role.MODERATOR, UNFROZEN),
        rule("moderation.freeze", Role.MODERATOR, UNFROZEN, to=S.FROZEN),
        rule("moderation.resolve:refund", Role.MODERATOR, {S.FROZEN}, to=S.CANCELLED),
        rule("moderation.resolve:split", Role.MODERATOR, {S.FROZEN}, to=S.CLOSED),
        rule("moderation.resolve:resume", Role.MODERATOR, {S.FROZEN}, to=S.IN_PROGRESS),
        rule("moderation.resolve:pay", Role.MODERATOR, {S.FROZEN}, to=S.CLOSED),
        # Back to the state before the freeze, which the row of the order remembers.
        rule("moderation.resolve:unfreeze", Role.MODERATOR, {S.FROZEN}),
        rule("review.write", Role.BUYER, {S.CLOSED}),
        rule("review.reply", Role.SELLER, {S.CLOSED}),
        rule("review.contest", Role.SELLER, {S.CLOSED}),
        rule("moderation.rule_review", Role.MODERATOR, {S.CLOSED}),
    ),
    (
        code("order.", {S.CLOSED, S.CANCELLED}, "order_ended", "order_again", "offer"),
        code("proposal.make", {S.CLOSED, S.CANCELLED}, "order_ended", "order_again", "offer"),
        code("claim.file", {S.CLOSED, S.CANCELLED}, "order_ended", "order_again", "offer"),
        code("moderation.freeze", {S.CLOSED, S.CANCELLED}, "order_ended", "order_again", "offer"),
        code("order.", {S.EXPIRED}, "order_ended", "order_again"),
        code("proposal.make", {S.EXPIRED}, "order_ended", "order_again"),
        code("claim.file", {S.EXPIRED}, "order_ended", "order_again"),
        code("offer.", {S.EXPIRED}, "order_ended", "order_again"),
        code("moderation.freeze", {S.EXPIRED}, "order_ended", "order_again"),
        code("review.", ACTIVE, "order_active"),
        code("review.", {S.CANCELLED, S.EXPIRED}, "not_reviewable"),
    ),
)


class OfferState(StrEnum):
    OPEN = "open"
    AWAITING_PAYMENT = "awaiting_payment"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    VOID = "void"


O = OfferState  # noqa: E741 - reads as the table's column, as S does
OFFER_LIVE = frozenset({O.OPEN, O.AWAITING_PAYMENT})

OFFER = Table(
    "offer",
    OfferState,
    (
        rule("offer.accept", Role.BUYER, {O.OPEN}, to=O.ACCEPTED),
        rule("offer.decline", Role.BUYER, {O.OPEN}, to=O.DECLINED),
        rule("offer.withdraw", Role.SELLER, {O.OPEN}, to=O.WITHDRAWN),
        rule("offer.await", Role.BUYER, {O.OPEN}, to=O.AWAITING_PAYMENT),
        rule("offer.pay", Role.HOST, OFFER_LIVE, to=O.ACCEPTED),
        rule("offer.fail", Role.HOST, {O.AWAITING_PAYMENT}, to=O.OPEN),
        # A failure that comes after the offer was opened again has nothing left to undo.
        rule("offer.fail", Role.HOST, {O.OPEN}),
        rule("offer.reopen", Role.CLOCK, {O.AWAITING_PAYMENT}, to=O.OPEN, after="pay_by"),
        rule("offer.expire", Role.CLOCK, {O.OPEN}, to=O.EXPIRED, after="expires_at"),
        rule("offer.void", {*PARTIES, Role.CLOCK, Role.MODERATOR}, OFFER_LIVE, to=O.VOID),
    ),
    (code("offer.", OfferState, "offer_not_open"),),
)


class ProposalState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    VOID = "void"


P = ProposalState

PROPOSAL = Table(
    "proposal",
    ProposalState,
    (
        rule("proposal.accept", Role.ANSWERER, {P.OPEN}, to=P.ACCEPTED),
        rule("proposal.decline", Role.ANSWERER, {P.OPEN}, to=P.DECLINED),
        rule("proposal.withdraw", Role.MAKER, {P.OPEN}, to=P.WITHDRAWN),
        rule("proposal.expire", Role.CLOCK, {P.OPEN}, to=P.EXPIRED, after="expires_at"),
        rule("proposal.void", {*PARTIES, Role.CLOCK, Role.MODERATOR}, {P.OPEN}, to=P.VOID),
    ),
    (code("proposal.", ProposalState, "proposal_not_open"),),
)


class ClaimState(StrEnum):
    OPEN = "open"
    PICKED_UP = "picked_up"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    UPHELD = "upheld"
    VOID = "void"


C = ClaimState
CLAIM_LIVE = frozenset({C.OPEN, C.PICKED_UP})

CLAIM = Table(
    "claim",
    ClaimState,
    (
        rule("claim.withdraw", PARTIES, {C.OPEN}, to=C.WITHDRAWN),
        rule("claim.pick_up", Role.MODERATOR, {C.OPEN}, to=C.PICKED_UP),
        rule("moderation.reject_claim", Role.MODERATOR, {C.OPEN, C.PICKED_UP}, to=C.REJECTED),
        rule("moderation.freeze", Role.MODERATOR, {C.OPEN, C.PICKED_UP}, to=C.UPHELD),
        rule("claim.void", {*PARTIES, Role.CLOCK, Role.MODERATOR}, {C.OPEN, C.PICKED_UP}, to=C.VOID),
    ),
    (),
)

TABLES = (ORDER, OFFER, PROPOSAL, CLAIM)


def fit_states(named: Iterable[str]) -> None:
    """Raises UnfitError for a state that no order is ever called by."""
    if strange := sorted(set(named) - (set(State) - {State.LATE})):
        raise UnfitError(f"catching: an order has no such state: {', '.join(strange)}")

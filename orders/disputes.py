"""Disputes: a moderator freezes an order, hears both, and rules. The ruling is final, its reason is for both.

While frozen the timers stand still (the five months do not) and afterwards go on with what was left (domain.md). Each
returns the reply of protocol.md §6 and raises Refused.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from chat import staff
from chat.actors import Actor
from chat.acts import Act
from chat.refusals import Refused
from chat.text import fit, reason
from orders import deadlines, ledger, reminding
from orders.commands import ModerationFreeze, ModerationResolve
from orders.entries import DisputeOpened, DisputeResolved, PaymentRefunded, PaymentReleased
from orders.models import Claim, Offer, Order, Proposal
from orders.process import CLAIM, CLAIM_LIVE, OFFER_LIVE, ORDER, ProposalState, State
from orders.road import take_order
from orders.steps import end, move

TIMERS = ("start_by", "deliver_by", "answer_by", "auto_close_at", "delivered_at")


def freeze(actor: Actor, command: ModerationFreeze, *, because: str = "") -> dict[str, Any]:
    """{state, order_version}. Open claims led to it, where there are any; else it is a check.

    `because` is kept with the order for whoever froze it not for its own sake, and may let it go on again.
    """

    def handle(act: Act, order: Order) -> dict[str, Any]:
        rule = act.check(ORDER, "moderation.freeze", deadlines.situation(order, act.now))
        why = fit(command.reason, "reason") if command.reason is not None else ""
        order.before_freeze = {"state": order.state, "at": act.now.isoformat()} | (
            {"because": because} if because else {}
        )
        move(act, order, "freeze", State(rule.leads_to))
        for claim in Claim.objects.filter(order=order, state__in=CLAIM_LIVE).order_by("at", "id"):
            claim.state = act.check(CLAIM, "moderation.freeze", claim.state).leads_to
            claim.save(update_fields=["state"])
            act.append(DisputeOpened(claim=claim.id))
        _stop(order)
        staff.record(act, "moderation.freeze", why)
        return {"state": order.state, "order_version": order.version}

    return take_order(actor, command, handle)


def resolve(actor: Actor, command: ModerationResolve) -> dict[str, Any]:
    """{state, order_version}: final, with a reason that both read."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        rule = act.check(ORDER, f"moderation.resolve:{command.outcome}", deadlines.situation(order, act.now))
        why = reason(command.reason)
        share = _share(order, command)
        act.append(DisputeResolved(outcome=command.outcome, reason=why), own=True)
        frozen: dict[str, Any] = order.before_freeze or {}
        before = State(frozen["state"])
        _go_on(order, datetime.fromisoformat(frozen["at"]), act.now)
        order.before_freeze = None
        to = State(rule.to) if rule.to is not None else before
        name = "unfreeze" if command.outcome == "unfreeze" else f"resolve_{command.outcome}"
        move(act, order, name, to, own=False, ended=_split(share) if share else end, fresh=_is_fresh(before, to))
        staff.record(act, "moderation.resolve", why, outcome=command.outcome)
        return {"state": order.state, "order_version": order.version}

    return take_order(actor, command, handle)


def _is_fresh(before: State, to: State) -> bool:
    """Does the state begin anew? One that goes on keeps what was left of its timers."""
    return to is not before


def _share(order: Order, command: ModerationResolve) -> int:
    """The buyer's part of a split, in minor units; 0 for any other outcome. Raises Refused bad_request."""
    if command.outcome != "split" or command.amount is None:
        return 0
    if command.amount.currency != order.currency:
        raise Refused("bad_request", f"This order is paid in {order.currency}.", field="amount.currency")
    if command.amount.amount >= ledger.escrow(order):
        raise Refused("bad_request", "Less than what is in escrow.", field="amount")
    return command.amount.amount


def _split(share: int) -> Callable[[Act, Order], None]:
    def divide(act: Act, order: Order) -> None:
        rest = ledger.escrow(order) - share
        act.append(PaymentReleased(amount=ledger.release(order, rest, act.now)))
        act.append(PaymentRefunded(amount=ledger.refund(order, share, "end", act.now)))

    return divide


def _stop(order: Order) -> None:
    """No proposal or offer runs out while nobody may answer it."""
    Proposal.objects.filter(order=order, state=ProposalState.OPEN).update(due_at=None)
    Offer.objects.filter(order=order, state__in=OFFER_LIVE).update(due_at=None)


def _go_on(order: Order, since: datetime, now: datetime) -> None:
    """Move every timer by as long as it stood still."""
    stood = now - since
    for name in TIMERS:
        if (at := getattr(order, name)) is not None:
            setattr(order, name, at + stood)
    for proposal in Proposal.objects.filter(order=order, state=ProposalState.OPEN):
        put_off(proposal, stood)
        reminding.plan(proposal, now)
        proposal.save(update_fields=["expires_at", "due_at", "remind_at"])
    for offer in Offer.objects.filter(order=order, state__in=OFFER_LIVE):
        put_off(offer, stood)
        reminding.plan(offer, now)
        offer.save(update_fields=["expires_at", "pay_by", "due_at", "remind_at"])


def put_off(row: Offer | Proposal, stood: timedelta) -> None:
    """What is open runs out later by as long as nobody could answer it."""
    row.expires_at += stood
    row.due_at = row.expires_at
    if isinstance(row, Offer) and row.pay_by is not None:
        row.pay_by += stood
        row.due_at = row.pay_by

"""Proposals: what one party proposes and the other answers once. Nobody answers their own.

Must never decide by a state or a role: the ORDER and PROPOSAL tables do. Each returns the reply of protocol.md §6 and
raises Refused.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from chat.actors import Actor
from chat.acts import Act
from chat.commands import Money
from chat.entries import Body
from chat.ids import new_name
from chat.refusals import Refused
from chat.rules import Role
from chat.text import fit
from orders import deadlines, ledger, reminding
from orders.commands import ProposalAccept, ProposalDecline, ProposalMake, ProposalStep, ProposalWithdraw
from orders.entries import (
    PaymentRefunded,
    ProposalAccepted,
    ProposalDeclined,
    ProposalMade,
    ProposalWithdrawn,
)
from orders.models import Order, Proposal
from orders.policy import policy
from orders.process import ORDER, PROPOSAL, ProposalState, State
from orders.road import take_order
from orders.steps import changed, move


def make(actor: Actor, command: ProposalMake) -> dict[str, Any]:
    """{proposal}."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        act.check(ORDER, command.action, deadlines.situation(order, act.now))
        _sensible(order, command)
        expires_at = _expiry(command.kind, act.now)
        proposal = Proposal(
            id=new_name(),
            order=order,
            kind=command.kind,
            state=ProposalState.OPEN,
            by_role=act.role,
            by=actor.user,
            reason=act.sift(fit(command.reason, "reason"), "reason"),
            amount=None if command.amount is None else command.amount.amount,
            deliver_by=command.deliver_by,
            made_at=act.now,
            expires_at=expires_at,
            due_at=expires_at,
        )
        reminding.plan(proposal, act.now)
        proposal.save(force_insert=True)
        made = ProposalMade(
            proposal=proposal.id,
            proposal_kind=proposal.kind,
            reason=proposal.reason,
            amount=amount(proposal),
            deliver_by=proposal.deliver_by,
            expires_at=expires_at,
        )
        act.append(made, own=True)
        return {"proposal": proposal.id}

    return take_order(actor, command, handle)


def _sensible(order: Order, command: ProposalMake) -> None:
    """Raise Refused bad_request for a refund of all there is, or a delivery that is not later."""
    if command.kind == "refund" and command.amount is not None:
        if command.amount.currency != order.currency:
            raise Refused("bad_request", f"This order is paid in {order.currency}.", field="amount.currency")
        if command.amount.amount >= ledger.escrow(order):
            raise Refused("bad_request", "A refund is less than what is in escrow.", field="amount")
    if command.kind == "extension" and command.deliver_by is not None:
        later = order.deliver_by is None or command.deliver_by > order.deliver_by
        if not later or command.deliver_by > order.expires_at:
            raise Refused("bad_request", "A later date within the order's life.", field="deliver_by")


def _expiry(kind: str, now: datetime) -> datetime:
    if kind == "cancellation":
        return now + timedelta(hours=policy.cancellation_hours)
    return now + timedelta(days=policy.proposal_days)


def accept(actor: Actor, command: ProposalAccept) -> dict[str, Any]:
    """{proposal}: it takes effect at once."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        proposal = _answerable(act, order, command, variant=True)
        act.append(ProposalAccepted(proposal=proposal.id), own=True)
        EFFECTS[proposal.kind](act, order, proposal)
        return {"proposal": proposal.id}

    return take_order(actor, command, handle)


def decline(actor: Actor, command: ProposalDecline) -> dict[str, Any]:
    return _end(actor, command, ProposalDeclined)


def withdraw(actor: Actor, command: ProposalWithdraw) -> dict[str, Any]:
    return _end(actor, command, ProposalWithdrawn)


def _end(actor: Actor, command: ProposalStep, body: Callable[..., Body]) -> dict[str, Any]:
    def handle(act: Act, order: Order) -> dict[str, Any]:
        proposal = _answerable(act, order, command)
        act.append(body(proposal=proposal.id), own=True)
        return {"proposal": proposal.id}

    return take_order(actor, command, handle)


def _answerable(act: Act, order: Order, command: ProposalStep, *, variant: bool = False) -> Proposal:
    """The proposal, moved to where the command leads it. Raises Refused."""
    proposal = Proposal.objects.filter(order=order, pk=command.proposal).first()
    if proposal is None:
        raise Refused("not_found")
    act.stand()
    relation = Role.MAKER if proposal.by_role == act.role else Role.ANSWERER
    if not PROPOSAL.knows(command.type, relation):
        raise Refused("wrong_role")
    action = f"{command.type}:{proposal.kind}" if variant else command.type
    act.check(ORDER, action, deadlines.situation(order, act.now))
    rule = act.check(PROPOSAL, command.type, proposal.state, role=relation)
    proposal.state, proposal.due_at = rule.leads_to, None
    proposal.save(update_fields=["state", "due_at"])
    return proposal


def _cancel(act: Act, order: Order, proposal: Proposal) -> None:
    move(act, order, "accept_cancellation", State.CANCELLED, own=False)


def _refund(act: Act, order: Order, proposal: Proposal) -> None:
    given = proposal.amount or 0
    if given >= ledger.escrow(order):
        raise Refused("not_allowed", "There is not that much in escrow any more.")
    act.append(PaymentRefunded(amount=ledger.refund(order, given, proposal.id, act.now)))


def _extend(act: Act, order: Order, proposal: Proposal) -> None:
    if order.deliver_by is not None and proposal.deliver_by is not None:
        # Meanwhile an offer may have moved the deadline further than was proposed: never back.
        order.deliver_by = max(order.deliver_by, proposal.deliver_by)
    deadlines.plan(order)
    changed(act, order, "accept_extension", order.state, own=False)


EFFECTS: dict[str, Callable[[Act, Order, Proposal], None]] = {
    "cancellation": _cancel,
    "refund": _refund,
    "extension": _extend,
}


def amount(proposal: Proposal) -> Money | None:
    if proposal.amount is None:
        return None
    return Money(amount=proposal.amount, currency=proposal.order.currency)

"""What a step writes: the move itself, the entry that tells of it, and what an order's end does with the money.

Must never decide whether a step is allowed: services do, by the tables, before they come here.
"""

from collections.abc import Callable
from typing import Any

from chat.acts import Act
from chat.rules import Mode
from chat.services import close_by_time
from orders import deadlines, ledger, reminding
from orders.entries import (
    OfferVoided,
    OrderChanged,
    PaymentForfeited,
    PaymentRefunded,
    PaymentReleased,
    ProposalVoided,
)
from orders.models import Claim, Offer, Order, Proposal
from orders.process import CLAIM_LIVE, MODE, OFFER_LIVE, ClaimState, OfferState, ProposalState, State

End = Callable[[Act, Order], None]


def locked(act: Act) -> Order:
    """The act's order, locked: always after its thread, so that no two wait for each other."""
    return Order.objects.select_for_update().get(thread_id=act.thread.id)


def move(
    act: Act,
    order: Order,
    action: str,
    to: State,
    *,
    own: bool = True,
    fresh: bool = True,
    ended: "End | None" = None,
    **said: Any,
) -> None:
    """Take the order to a state: deadlines, version, thread mode, the entry, and the end's money.

    `fresh` is False for a state that goes on after a freeze; `ended` divides the money otherwise than the end does.
    """
    before = order.state
    deadlines.enter(order, to, act.now, fresh=fresh)
    changed(act, order, action, before, own=own, **said)
    if act.thread.mode != Mode.LEFT:
        act.thread.mode = MODE[to]
    if to in MONEY:
        act.thread.follow_ups = 0
        (ended or end)(act, order)
        void_proposals(act, order)
        if to is State.EXPIRED:
            void_offers(act, order)
        void_claims(act, order)


def changed(act: Act, order: Order, action: str, before: str, *, own: bool, **said: Any) -> None:
    """Raise the version, plan what is to be warned of now, keep the row and append `order.changed`."""
    order.version += 1
    reminding.plan(order, act.now)
    order.save()
    act.thread.state = order.state
    act.append(
        OrderChanged(
            action=action,
            from_=before,
            to=order.state,
            order_version=order.version,
            deadlines=deadlines.shown(order),
            **said,
        ),
        own=own,
    )


def _released(act: Act, order: Order, held: int) -> None:
    act.append(PaymentReleased(amount=ledger.release(order, held, act.now)))


def _refunded(act: Act, order: Order, held: int) -> None:
    act.append(PaymentRefunded(amount=ledger.refund(order, held, "end", act.now)))


def _forfeited(act: Act, order: Order, held: int) -> None:
    act.append(PaymentForfeited(amount=ledger.forfeit(order, held, act.now)))


MONEY = {State.CLOSED: _released, State.CANCELLED: _refunded, State.EXPIRED: _forfeited}


def end(act: Act, order: Order) -> None:
    """All that is in escrow goes where the state that ends the order sends it."""
    if held := ledger.escrow(order):
        MONEY[State(order.state)](act, order, held)


def end_chat(act: Act, order: Order) -> None:
    """The time after the order's end is over: its thread is closed for both, as by a leave, but nobody left."""
    void_offers(act, order)
    close_by_time(act)
    order.due_at = None
    order.save(update_fields=["due_at"])


def void_proposals(act: Act, order: Order) -> None:
    """End every open proposal: there is nothing left to settle."""
    for proposal in Proposal.objects.filter(order=order, state=ProposalState.OPEN).order_by("made_at", "id"):
        proposal.state, proposal.due_at = ProposalState.VOID, None
        proposal.save(update_fields=["state", "due_at"])
        act.append(ProposalVoided(proposal=proposal.id))


def void_claims(act: Act, order: Order) -> None:
    """A claim that nobody took up ends with its order; that is no entry, for nothing was ruled."""
    Claim.objects.filter(order=order, state__in=CLAIM_LIVE).update(state=ClaimState.VOID)


def void_offers(act: Act, order: Order) -> None:
    """End every live offer that cannot live on (a left thread, an expired order)."""
    for offer in Offer.objects.filter(order=order, state__in=OFFER_LIVE).order_by("number"):
        offer.state, offer.due_at, offer.pay_by = OfferState.VOID, None, None
        offer.save(update_fields=["state", "due_at", "pay_by"])
        act.append(OfferVoided(offer=offer.id))

"""The clock: the server itself, acting when a deadline passes, along the same road as everybody (domain.md).

Each step is due by a column and checked again under the lock, so that it is taken once, whoever looks and however
often (I11). Must never act without the thread's turn.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from chat import installation
from chat.actors import CLOCK
from chat.acts import Act
from chat.entries import stamp
from chat.log import write
from chat.refusals import Refused
from orders import deadlines, purchases
from orders.entries import OfferExpired, ProposalExpired
from orders.models import Offer, Order, Proposal
from orders.process import OFFER, PROPOSAL, OfferState, State
from orders.steps import end_chat, locked, move

logger = logging.getLogger(__name__)
BATCH = 200


def settle(thread: str) -> None:
    """Take whatever is due in this thread, the earliest first, each in a transaction of its own."""
    while write(CLOCK, thread, _take_one)["acted"]:
        pass


def _take_one(act: Act) -> dict[str, Any]:
    order = locked(act)
    step = min(_steps(act, order), key=lambda step: step[0], default=None)
    if step is not None:
        step[1]()
    return {"acted": step is not None}


def _steps(act: Act, order: Order) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is due, each with its instant."""
    if order.due_at is not None and order.due_at <= act.now:
        yield order.due_at, partial(_order, act, order)
    for offer in Offer.objects.filter(order=order, due_at__lte=act.now).order_by("due_at", "number")[:1]:
        yield offer.due_at or act.now, partial(_offer, act, offer)
    for proposal in Proposal.objects.filter(order=order, due_at__lte=act.now).order_by("due_at", "id")[:1]:
        yield proposal.due_at or act.now, partial(_proposal, act, proposal)


def _order(act: Act, order: Order) -> None:
    _, rule = deadlines.clock_rows(order)[0]
    if rule.to is None:
        end_chat(act, order)
    else:
        move(act, order, rule.action, State(rule.leads_to))


def _offer(act: Act, offer: Offer) -> None:
    row = next(row for row in OFFER.available(offer.state, act.role) if row.after)
    if row.leads_to == OfferState.OPEN:
        purchases.reopen(act, offer, row, "timeout")
        return
    offer.state, offer.due_at = row.leads_to, None
    offer.save(update_fields=["state", "due_at"])
    act.append(OfferExpired(offer=offer.id), own=True)


def _proposal(act: Act, proposal: Proposal) -> None:
    proposal.state, proposal.due_at = act.check(PROPOSAL, "proposal.expire", proposal.state).leads_to, None
    proposal.save(update_fields=["state", "due_at"])
    act.append(ProposalExpired(proposal=proposal.id), own=True)


def sweep() -> int:
    """Act on every thread in which something is due; returns how many. One thread's fault never stops the others."""
    done = 0
    failed: set[str] = set()
    while threads := due(failed):
        for thread in threads:
            try:
                settle(thread)
                done += 1
            except Refused:
                failed.add(thread)
            except Exception:
                logger.exception("the clock could not act in thread %s", thread)
                failed.add(thread)
    return done


def due(but: set[str]) -> list[str]:
    """Threads with something due now, at most BATCH of them."""
    now = installation.now()
    orders = Order.objects.filter(due_at__lte=now).exclude(thread__in=but).order_by("due_at")
    offers = Offer.objects.filter(due_at__lte=now).exclude(order__thread__in=but).order_by("due_at")
    proposals = Proposal.objects.filter(due_at__lte=now).exclude(order__thread__in=but).order_by("due_at")
    names = [
        *orders.values_list("thread", flat=True)[:BATCH],
        *offers.values_list("order__thread", flat=True)[:BATCH],
        *proposals.values_list("order__thread", flat=True)[:BATCH],
    ]
    return list(dict.fromkeys(names))


def advance(seconds: int) -> dict[str, Any]:
    """Move trade time on (TEST_CLOCK=1 only, checked by the door) and act on all then due; {now}."""
    installation.move_clock(seconds)
    sweep()
    return {"now": stamp(installation.now())}

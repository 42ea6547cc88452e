"""The clock: the server itself, warning before a deadline and acting when it passes, on everybody's road (domain.md).

Each step is due by a column and checked again under the lock, so that it is taken once, whoever looks and however
often (I11). Must never act without the thread's turn.
"""

import logging
import math
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Manager, Subquery

from chat import installation, jobs, waiting
from chat.actors import CLOCK
from chat.acts import Act
from chat.entries import stamp
from chat.log import write
from chat.models import Installation
from chat.refusals import Refused
from orders import deadlines, purchases, reminding
from orders.entries import OfferExpired, ProposalExpired
from orders.models import Offer, Order, Proposal
from orders.process import OFFER, PROPOSAL, OfferState, State
from orders.steps import end_chat, locked, move

logger = logging.getLogger(__name__)
BATCH = 200

# Where due instants are kept, and the way from there to the thread.
COLUMNS: tuple[tuple[Manager[Any], str, str], ...] = (
    (Order.objects, "due_at", "thread"),
    (Offer.objects, "due_at", "order__thread"),
    (Proposal.objects, "due_at", "order__thread"),
    (Order.objects, "remind_at", "thread"),
    (Offer.objects, "remind_at", "order__thread"),
    (Proposal.objects, "remind_at", "order__thread"),
)


def settle(thread: str) -> None:
    """Take whatever is due in this thread, the earliest first, each in a transaction of its own."""
    while write(CLOCK, thread, _take_one)["more"]:
        pass


def _take_one(act: Act) -> dict[str, Any]:
    order = locked(act)
    steps = sorted(_steps(act, order), key=lambda step: step[0])
    for _, take in steps[:1]:
        take()
    return {"more": len(steps) > 1}


def _steps(act: Act, order: Order) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is due, each with its instant. A warning comes before what it warns of."""
    yield from _warnings(act, order)
    if order.due_at is not None and order.due_at <= act.now:
        yield order.due_at, partial(_order, act, order)
    for offer in Offer.objects.filter(order=order, due_at__lte=act.now).order_by("due_at", "number"):
        yield offer.due_at or act.now, partial(_offer, act, offer)
    for proposal in Proposal.objects.filter(order=order, due_at__lte=act.now).order_by("due_at", "id"):
        yield proposal.due_at or act.now, partial(_proposal, act, proposal)


def _warnings(act: Act, order: Order) -> Iterator[tuple[datetime, Callable[[], None]]]:
    rows: list[reminding.Row] = [order]
    rows += Offer.objects.filter(order=order, remind_at__lte=act.now)
    rows += Proposal.objects.filter(order=order, remind_at__lte=act.now)
    for row in rows:
        if row.remind_at is not None and row.remind_at <= act.now:
            yield row.remind_at, partial(reminding.act_on, act, row)


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
    """Threads with something due now, at most BATCH for each reason."""
    now = installation.now()
    names: list[str] = []
    for rows, column, thread in COLUMNS:
        found = rows.filter(**{f"{column}__lte": now}).exclude(**{f"{thread}__in": but}).order_by(column)
        names += found.values_list(thread, flat=True)[:BATCH]
    return list(dict.fromkeys(names))


def advance(seconds: int) -> dict[str, Any]:
    """Move trade time on (TEST_CLOCK=1 only, checked by the door) and do all then due; {now}.

    It goes from one due instant to the next, so that each deadline and warning is acted on at its own time, and
    comes back when the jobs that were due are done.
    """
    _do_what_is_due()
    while seconds > 0:
        now = installation.now()
        step = min([seconds, *(math.ceil((at - now).total_seconds()) for at in _instants(now) if at is not None)])
        installation.move_clock(step)
        seconds -= step
        _do_what_is_due()
    return {"now": stamp(installation.now())}


def _do_what_is_due() -> None:
    sweep()
    waiting.look()
    jobs.run_due()


def _instants(now: datetime) -> Iterator[datetime | None]:
    """The next instant of each column, of the jobs and of waiting messages."""
    nexts = [
        Subquery(rows.filter(**{f"{column}__gt": now}).order_by(column).values(column)[:1])
        for rows, column, _ in COLUMNS
    ]
    yield from Installation.objects.values_list(*nexts).get()
    yield jobs.next_at(now)
    yield waiting.next_at(now)

"""Reminders of an order, its offers and proposals: when the next comes up (`remind_at`), and sending what came up.

`remind_at` says when to look; whether there is still something to warn of is found out then, under the thread's lock.
Each is one job, keyed by its deadline's instant: a deadline that was moved warns anew, nothing else twice.
"""

from collections.abc import Iterator
from datetime import datetime

from chat.acts import Act
from chat.entries import stamp
from chat.jobs import enqueue_all
from orders import deadlines, telling
from orders.models import Offer, Order, Proposal, Review
from orders.policy import policy
from orders.process import OFFER_LIVE, ProposalState
from orders.reminders import OVER, Reminder, due, following, of

Row = Order | Offer | Proposal


def plan(row: Row, now: datetime) -> None:
    """Set when the row is next looked at. Whoever saves it keeps `remind_at`."""
    row.remind_at = following([each for rows in _warnings(row) for each in rows], now)


def act_on(act: Act, row: Row) -> None:
    """Send what came up since the row was last looked at, and move on."""
    since = row.remind_at or act.now
    came_up = [found for rows in _warnings(row) if (found := due(rows, since, act.now)) is not None]
    for reminder in came_up:
        _send(act, row, reminder)
    plan(row, act.now)
    row.save(update_fields=["remind_at"])


def _warnings(row: Row) -> Iterator[list[Reminder]]:
    """The warnings of each deadline that holds now; none of one that stands still."""
    if isinstance(row, Order):
        for name, ends in deadlines.shown(row).items():
            if name != "review_until":
                yield of(policy, name, ends)
            elif not Review.objects.filter(order=row).exists():
                yield of(policy, name, ends, row.closed_at)
    elif row.due_at is None:
        return
    elif isinstance(row, Offer):
        if row.state in OFFER_LIVE:
            yield of(policy, "offer_expires_at", row.expires_at)
    elif row.state == ProposalState.OPEN:
        yield of(policy, f"{row.kind}_expires_at", row.expires_at)


def _send(act: Act, row: Row, reminder: Reminder) -> None:
    facts = telling.basics(act.thread) | {"deadline": reminder.deadline, "at": stamp(reminder.ends)}
    if isinstance(row, Offer):
        facts |= telling.of_offer(row)
    elif isinstance(row, Proposal):
        facts |= telling.of_proposal(row)
    notice = f"{'overdue' if reminder.which == OVER else 'reminder'}.{reminder.deadline}"
    users = [telling.party(act.thread, role) for role in sorted(reminder.to)]
    # The instant itself, not its stamp: an order that is frozen and released within a millisecond is not the same.
    key = f"{row.pk}:{reminder.deadline}:{reminder.ends.timestamp():.6f}:{reminder.which}"
    enqueue_all([telling.job(f"{key}:{user}", user, notice, act, facts) for user in users])

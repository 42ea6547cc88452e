"""What a verdict on somebody's possibilities looks at: read once, for many threads together. Must never write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from chat.acts import Act
from chat.holding import waiting_in
from chat.models import Held
from chat.policy import policy as talk
from chat.rules import Role
from orders import claims, deadlines, reviews
from orders.models import Claim, Order, Proposal, Review
from orders.process import ProposalState, State


@dataclass(slots=True)
class Facts:
    """All that a verdict may look at, read once."""

    act: Act
    order: Order
    open_offer: bool
    any_message: bool
    any_standing: bool
    last_own: datetime | None
    proposals: list[Proposal]
    claim: Claim | None
    any_claim: bool
    open_item: bool
    review: Review | None
    held: list[Held]

    @property
    def situation(self) -> State:
        return deadlines.situation(self.order, self.act.now)


OPEN = Proposal.objects.filter(state=ProposalState.OPEN).order_by("made_at", "id")

# One look for all of them: a client that comes back asks this for every thread it follows. `at` never decreases in a
# thread, so what was written since an instant is the log's end, and older entries are not looked at.
FACTS = """
  EXISTS (SELECT 1 FROM orders_offer WHERE order_id = k.o AND state = 'open'),
  EXISTS (SELECT 1 FROM orders_proposal WHERE order_id = k.o AND state = 'open'),
  EXISTS (SELECT 1 FROM orders_claim WHERE order_id = k.o AND state IN ('open', 'picked_up')),
  EXISTS (SELECT 1 FROM orders_supportitem WHERE order_id = k.o AND state = 'open'),
  EXISTS (SELECT 1 FROM orders_review WHERE order_id = k.o),
  EXISTS (SELECT 1 FROM chat_held WHERE thread_id = k.t AND state = 'waiting'),
  EXISTS (SELECT 1 FROM chat_entry WHERE thread_id = k.t AND kind = 'message'),
  EXISTS (SELECT 1 FROM chat_entry e
          WHERE e.thread_id = k.t AND e.kind = 'message'
            AND NOT EXISTS (SELECT 1 FROM chat_entry g
                            WHERE g.thread_id = e.thread_id AND g.target = e.seq AND g.kind = 'message.redacted')),
  (SELECT e.at FROM chat_entry e
   WHERE e.thread_id = k.t AND e.kind = 'message' AND e.by_user = k.person
     AND e.seq > COALESCE((SELECT b.seq FROM chat_entry b WHERE b.thread_id = k.t AND b.at <= k.since
                           ORDER BY b.seq DESC LIMIT 1), 0)
     AND NOT EXISTS (SELECT 1 FROM chat_entry g
                     WHERE g.thread_id = e.thread_id AND g.target = e.seq AND g.kind = 'message.redacted')
   ORDER BY e.seq DESC LIMIT 1)
"""
LOOK = f"""
WITH k (n, o, t, person, since) AS (VALUES {{rows}})
SELECT k.n, {FACTS} FROM k
"""  # noqa: S608 - our own words


def read_facts(found: Sequence[tuple[Act, Order]]) -> list[Facts]:
    """The facts of each, in the same order, in one query and a few more where something is open."""
    if not found:
        return []
    told: list[Any] = []
    for n, (act, order) in enumerate(found):
        since = connection.ops.adapt_datetimefield_value(act.now - timedelta(minutes=talk.edit_minutes))
        told += [n, order.id, act.thread.id, act.actor.user, since]
    with connection.cursor() as cursor:
        cursor.execute(LOOK.format(rows=", ".join(["(%s, %s, %s, %s, %s)"] * len(found))), told)
        rows = sorted(cursor.fetchall())
    return [_facts(act, order, *row[1:]) for (act, order), row in zip(found, rows, strict=True)]


def facts_of(act: Act, order: Order, row: Sequence[Any]) -> Facts | None:
    """From the columns of FACTS alone; None where more has to be read."""
    _, proposals, any_claim, _, review, held, *_ = row
    return None if proposals or any_claim or review or held else _facts(act, order, *row)


def _facts(act: Act, order: Order, open_offer: bool, proposals: bool, any_claim: bool, open_item: bool, review: bool,
           held: bool, any_message: bool, any_standing: bool, last_own: datetime | None) -> Facts:  # fmt: skip
    if last_own is not None and last_own.tzinfo is None:
        # SQLite keeps times in UTC and does not say so.
        last_own = last_own.replace(tzinfo=UTC)
    return Facts(
        act=act,
        order=order,
        open_offer=bool(open_offer),
        any_message=bool(any_message),
        any_standing=bool(any_standing),
        last_own=last_own,
        proposals=list(OPEN.filter(order=order)) if proposals else [],
        claim=claims.mine(order, act.actor.user) if any_claim else None,
        any_claim=bool(any_claim),
        open_item=bool(open_item),
        review=reviews.of(order) if review else None,
        held=waiting_in(act.thread) if held and act.role is Role.MODERATOR else [],
    )

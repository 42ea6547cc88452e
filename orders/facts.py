"""What a verdict on somebody's possibilities looks at, and what a command lacks though its rules would allow it.

Must never write. Each `LACKS` function raises the Refused that the service of that command would.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from chat import queries
from chat.acts import Act
from chat.models import Entry
from chat.policy import policy as talk
from chat.refusals import Refused
from chat.rules import PARTIES, Mode, Role
from orders import claims, deadlines, reviews
from orders.models import Claim, Order, Proposal, Review
from orders.process import CLAIM, ORDER, ProposalState, State


@dataclass(slots=True)
class Facts:
    """All that a verdict may look at, read once."""

    act: Act
    order: Order
    open_offer: bool
    any_message: bool
    last_own: datetime | None
    proposals: list[Proposal]
    claim: Claim | None
    any_claim: bool
    open_item: bool
    review: Review | None

    @property
    def situation(self) -> State:
        return deadlines.situation(self.order, self.act.now)


# One look instead of ten: a client that comes back asks this for every thread it follows.
LOOK = """
SELECT
  EXISTS (SELECT 1 FROM orders_offer WHERE order_id = %s AND state = 'open'),
  EXISTS (SELECT 1 FROM orders_proposal WHERE order_id = %s AND state = 'open'),
  EXISTS (SELECT 1 FROM orders_claim WHERE order_id = %s AND state IN ('open', 'picked_up')),
  EXISTS (SELECT 1 FROM orders_supportitem WHERE order_id = %s AND state = 'open'),
  EXISTS (SELECT 1 FROM orders_review WHERE order_id = %s),
  EXISTS (SELECT 1 FROM chat_entry WHERE thread_id = %s AND kind = 'message'),
  (SELECT max(e.seq) FROM chat_entry e
   WHERE e.thread_id = %s AND e.kind = 'message' AND e.by_user = %s AND e.at > %s
     AND NOT EXISTS (SELECT 1 FROM chat_entry g
                     WHERE g.thread_id = e.thread_id AND g.target = e.seq AND g.kind = 'message.redacted'))
"""


def read_facts(act: Act, order: Order) -> Facts:
    user, thread = act.actor.user, act.thread.id
    since = connection.ops.adapt_datetimefield_value(act.now - timedelta(minutes=talk.edit_minutes))
    with connection.cursor() as cursor:
        cursor.execute(LOOK, [order.id] * 5 + [thread, thread, user, since])
        open_offer, proposals, any_claim, open_item, review, any_message, own = cursor.fetchone()
    return Facts(
        act=act,
        order=order,
        open_offer=bool(open_offer),
        any_message=bool(any_message),
        last_own=None if own is None else Entry.objects.values_list("at", flat=True).get(thread=thread, seq=own),
        proposals=list(Proposal.objects.filter(order=order, state=ProposalState.OPEN)) if proposals else [],
        claim=claims.mine(order, user) if any_claim else None,
        any_claim=bool(any_claim),
        open_item=bool(open_item),
        review=reviews.of(order) if review else None,
    )


def _offer(facts: Facts) -> None:
    if not facts.open_offer:
        raise Refused("offer_not_open", "There is no open offer.")


def _message(facts: Facts) -> None:
    if not facts.any_message:
        raise Refused("not_found", "There is no message yet.")


def _own_message(facts: Facts) -> None:
    if facts.act.role not in PARTIES:
        _message(facts)
        if not queries.is_any_left(facts.act.thread):
            raise Refused("not_allowed", "Every message was taken back.")
    elif facts.last_own is None or facts.act.now >= talk.edit_until(facts.last_own):
        raise Refused("edit_window_over")


def _follow_up(facts: Facts) -> None:
    thread = facts.act.thread
    bounded = thread.mode == Mode.AFTER_SALES and facts.act.role is Role.SELLER
    if bounded and thread.follow_ups >= talk.follow_ups:
        raise Refused("follow_up_budget")


def _acceptable(facts: Facts) -> None:
    others = _theirs(facts)
    refusals = []
    for proposal in others:
        try:
            facts.act.check(ORDER, f"proposal.accept:{proposal.kind}", facts.situation)
            return
        except Refused as refusal:
            refusals.append(refusal)
    raise refusals[0]


def _theirs(facts: Facts) -> list[Proposal]:
    others = [each for each in facts.proposals if each.by_role != facts.act.role]
    if not others:
        raise Refused("proposal_not_open", "There is no open proposal to answer.")
    return others


def _own_proposal(facts: Facts) -> None:
    if not any(each.by_role == facts.act.role for each in facts.proposals):
        raise Refused("proposal_not_open", "You have no open proposal.")


def _no_claim(facts: Facts) -> None:
    if facts.claim is not None:
        raise Refused("not_allowed", "Your claim is open already.")


def _claim(facts: Facts) -> None:
    if facts.claim is None:
        raise Refused("not_found", "You have no open claim.")
    facts.act.check(CLAIM, "claim.withdraw", facts.claim.state)


def _any_claim(facts: Facts) -> None:
    if not facts.any_claim:
        raise Refused("not_found", "There is no open claim.")


def _item(facts: Facts) -> None:
    if not facts.open_item:
        raise Refused("not_found", "There is nothing to resolve.")


def _to_review(facts: Facts) -> None:
    if facts.review is not None:
        raise Refused("already_reviewed")
    if facts.order.review_until is None or facts.act.now >= facts.order.review_until:
        raise Refused("review_window_over")


def _to_reply(facts: Facts) -> None:
    if facts.review is None:
        raise Refused("not_found", "There is no review yet.")
    if facts.review.reply or facts.review.state == reviews.REMOVED:
        raise Refused("not_allowed", "This review has its reply, or is gone.")


def _to_contest(facts: Facts) -> None:
    if facts.review is None:
        raise Refused("not_found", "There is no review yet.")
    if facts.review.state != reviews.WRITTEN:
        raise Refused("not_allowed", "This review was contested already.")


def _to_rule(facts: Facts) -> None:
    if facts.review is None:
        raise Refused("not_found", "There is no review yet.")
    if facts.review.state != reviews.CONTESTED:
        raise Refused("not_allowed", "This review is not contested.")


LACKS: dict[str, Callable[[Facts], object]] = {
    "offer.accept": _offer,
    "offer.decline": _offer,
    "offer.withdraw": _offer,
    "message.edit": _own_message,
    "message.redact": _own_message,
    "message.report": _message,
    "message.send": _follow_up,
    "message.send:support": _follow_up,
    "message.send:check_in": _follow_up,
    "proposal.accept": _acceptable,
    "proposal.decline": _theirs,
    "proposal.withdraw": _own_proposal,
    "claim.file": _no_claim,
    "claim.withdraw": _claim,
    "moderation.reject_claim": _any_claim,
    "support.resolve": _item,
    "review.write": _to_review,
    "review.reply": _to_reply,
    "review.contest": _to_contest,
    "moderation.rule_review": _to_rule,
}

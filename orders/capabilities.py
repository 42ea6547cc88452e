"""What this user may do in this thread now, and for everything else why not and until when (protocol.md §5).

Derived from the same rows as the server's refusals, so that what a capability says is what the server then does.
Must never refuse or allow anything by itself.
"""

from datetime import datetime
from typing import Any

from chat.acts import Act
from chat.entries import stamp
from chat.policy import policy as talk
from chat.refusals import Refused
from chat.rules import THREAD, Mode, Table
from orders import deadlines
from orders.facts import LACKS, Facts, read_facts
from orders.models import Order
from orders.process import MODE, ORDER, State

# Every write on the wire that concerns one thread, in the order a person would look for it.
COMMANDS = (
    "message.send",
    "message.send:support",
    "message.send:check_in",
    "message.send:statement",
    "message.edit",
    "message.redact",
    "message.report",
    "order.start",
    "order.deliver",
    "order.accept_revision",
    "order.refuse_revision",
    "order.close",
    "order.request_revision",
    "order.decline",
    "order.withdraw",
    "order.cancel",
    "offer.make",
    "offer.request",
    "offer.accept",
    "offer.decline",
    "offer.withdraw",
    "proposal.make:cancellation",
    "proposal.make:refund",
    "proposal.make:extension",
    "proposal.accept",
    "proposal.decline",
    "proposal.withdraw",
    "support.open",
    "support.resolve",
    "claim.file",
    "claim.withdraw",
    "review.write",
    "review.reply",
    "review.contest",
    "thread.leave",
    "moderation.watch",
    "moderation.note",
    "moderation.freeze",
    "moderation.resolve",
    "moderation.reject_claim",
    "moderation.rule_review",
)

# Commands whose rows are one for each kind or outcome: the widest of them stands for all, LACKS looks closer.
WIDEST = {"proposal.accept": "proposal.accept:refund", "moderation.resolve": "moderation.resolve:pay"}


def capabilities(act: Act, order: Order) -> tuple[dict[str, Any], datetime | None]:
    """({as_of, allowed, refused}, the next instant at which that changes by itself). The act is only looked at."""
    facts = read_facts(act, order)
    allowed: list[str] = []
    refused: dict[str, dict[str, str]] = {}
    for action in COMMANDS:
        if not _table(action).knows(row_of(action), act.role):
            continue
        if (refusal := refusal_of(facts, action)) is None:
            allowed.append(action)
        else:
            refused[action] = why(facts, action, refusal)
    return {"as_of": act.thread.head, "allowed": allowed, "refused": refused}, next_change(facts)


def refusal_of(facts: Facts, action: str) -> Refused | None:
    """What the server would say against this command now."""
    return by_rule(facts, action) or by_lack(facts, action)


def by_rule(facts: Facts, action: str) -> Refused | None:
    """What the rule tables say against this command now."""
    act, table = facts.act, _table(action)
    try:
        act.check(table, row_of(action), act.thread.mode if table is THREAD else facts.situation)
    except Refused as refusal:
        return refusal
    return None


def by_lack(facts: Facts, action: str) -> Refused | None:
    """What a command that the rules allow lacks: a target, a budget, time."""
    try:
        LACKS.get(action, _nothing)(facts)
    except Refused as refusal:
        return refusal
    return None


def _nothing(facts: Facts) -> None:
    pass


def row_of(action: str) -> str:
    return WIDEST.get(action, action)


def _table(action: str) -> Table:
    return THREAD if action in THREAD.actions else ORDER


def why(facts: Facts, action: str, refusal: Refused) -> dict[str, str]:
    """{code, message, until?}: what time alone will change is a rule's refusal, never a lack."""
    said = {"code": refusal.code, "message": refusal.message}
    until = None if by_rule(facts, action) is None else _until(facts, action)
    return said if until is None else {**said, "until": stamp(until)}


def _until(facts: Facts, action: str) -> datetime | None:
    """The order's next instant, where what time alone brings then has a row for the action."""
    if facts.act.thread.mode == Mode.LEFT or (nearest := coming(facts)) is None:
        return None
    at, state = nearest
    table = _table(action)
    rows = table.available(MODE[state] if table is THREAD else state, facts.act.role)
    return at if any(row.action == row_of(action) for row in rows) else None


def coming(facts: Facts) -> tuple[datetime, State] | None:
    """The next state that time alone brings, and when: late, or what the clock's first row leads to."""
    order, steps = facts.order, []
    if facts.situation is State.IN_PROGRESS and order.deliver_by is not None:
        steps.append((order.deliver_by, State.LATE))
    steps += [(at, State(row.to)) for at, row in deadlines.clock_rows(order) if row.to]
    return min(steps, default=None)


def next_change(facts: Facts) -> datetime | None:
    """The next instant at which a verdict changes without an entry: the end of a window, or an order going late."""
    instants = []
    if facts.last_own is not None:
        instants.append(talk.edit_until(facts.last_own))
    if facts.situation is State.IN_PROGRESS and facts.order.deliver_by is not None:
        instants.append(facts.order.deliver_by)
    if facts.order.review_until is not None and facts.review is None:
        instants.append(facts.order.review_until)
    return min((at for at in instants if at > facts.act.now), default=None)

"""What this user may do in this thread now, and for everything else why not and until when (protocol.md §5).

Derived from the same rows as the server's refusals, so that what a capability says is what the server then does.
Must never refuse or allow anything by itself.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

from chat.acts import judge
from chat.entries import stamp
from chat.policy import policy as talk
from chat.refusals import Refused
from chat.rules import THREAD, Mode, Role, Table
from orders import deadlines
from orders.facts import Facts
from orders.lacks import LACKS
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
    "moderation.release_message",
    "moderation.reject_message",
    "moderation.freeze",
    "moderation.resolve",
    "moderation.reject_claim",
    "moderation.rule_review",
)

# Commands whose rows are one for each kind or outcome: the widest of them stands for all, LACKS looks closer.
WIDEST = {"proposal.accept": "proposal.accept:refund", "moderation.resolve": "moderation.resolve:pay"}


def capabilities(facts: Facts) -> tuple[dict[str, Any], datetime | None]:
    """({as_of, allowed, refused}, the next instant at which that changes by itself). The act is only looked at."""
    act, nearest = facts.act, coming(facts)
    allowed: list[str] = []
    refused: dict[str, dict[str, str]] = {}
    for action, refusal in verdicts(act.role, act.thread.mode, facts.situation, suspended=act.suspended):
        if refusal is not None:
            refused[action] = _said(refusal, _opens(nearest, action, act.role))
        elif (lack := by_lack(facts, action)) is not None:
            refused[action] = _said(lack, None)
        else:
            allowed.append(action)
    return {"as_of": act.thread.head, "allowed": allowed, "refused": refused}, next_change(facts)


@lru_cache(maxsize=1024)
def verdicts(role: Role, mode: str, situation: State, *, suspended: bool) -> tuple[tuple[str, Refused | None], ...]:
    """What the rule tables say to each command of this role, which is the same wherever it stands so."""
    return tuple(
        (action, by_rule(action, role, mode, situation, suspended=suspended))
        for action in COMMANDS
        if _table(action).knows(row_of(action), role)
    )


def refusal_of(facts: Facts, action: str) -> Refused | None:
    """What the server would say against this command now."""
    return _ruled(facts, action) or by_lack(facts, action)


def _ruled(facts: Facts, action: str) -> Refused | None:
    act = facts.act
    return by_rule(action, act.role, act.thread.mode, facts.situation, suspended=act.suspended)


def by_rule(action: str, role: Role, mode: str, situation: State, *, suspended: bool) -> Refused | None:
    """What the rule tables say against this command now."""
    table = _table(action)
    try:
        if suspended:
            raise Refused("suspended")
        judge(table, row_of(action), mode if table is THREAD else situation, role, mode, role)
    except Refused as refusal:
        return refusal.with_traceback(None)
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
    until = None if _ruled(facts, action) is None else _opens(coming(facts), action, facts.act.role)
    return _said(refusal, until)


def _said(refusal: Refused, until: datetime | None) -> dict[str, str]:
    said = {"code": refusal.code, "message": refusal.message}
    return said if until is None else {**said, "until": stamp(until)}


def _opens(nearest: tuple[datetime, State] | None, action: str, role: Role) -> datetime | None:
    """The order's next instant, where what time alone brings then has a row for the action."""
    return nearest[0] if nearest is not None and brings(nearest[1], action, role) else None


@lru_cache(maxsize=4096)
def brings(state: State, action: str, role: Role) -> bool:
    """Does the order's coming to this state give the action a row?"""
    table = _table(action)
    rows = table.available(MODE[state] if table is THREAD else state, role)
    return any(row.action == row_of(action) for row in rows)


def coming(facts: Facts) -> tuple[datetime, State] | None:
    """The next state that time alone brings, and when: late, or what the clock's first row leads to."""
    if facts.act.thread.mode == Mode.LEFT:
        return None
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

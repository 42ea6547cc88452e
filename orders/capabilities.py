"""What this user may do in this thread now, and for everything else why not and until when (protocol.md §5).

Derived from the same rows as the server's refusals, so that what a capability says is what the server then does.
Must never refuse or allow anything by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chat.acts import Act
from chat.entries import stamp
from chat.models import Entry
from chat.policy import policy as talk
from chat.refusals import Refused
from chat.rules import PARTIES, THREAD, Mode, Role
from orders import deadlines
from orders.models import Offer, Order
from orders.process import MODE, ORDER, OfferState, State

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
    "thread.leave",
)


@dataclass(slots=True)
class Facts:
    """All that a verdict may look at, read once."""

    act: Act
    order: Order
    open_offer: bool
    any_message: bool
    last_own: datetime | None

    @property
    def situation(self) -> State:
        return deadlines.situation(self.order, self.act.now)


def read_facts(act: Act, order: Order) -> Facts:
    gone = Entry.objects.filter(thread=act.thread, kind="message.redacted").values("target")
    messages = Entry.objects.filter(thread=act.thread, kind="message")
    own = messages.filter(by_user=act.actor.user).exclude(seq__in=gone).order_by("-seq")
    return Facts(
        act=act,
        order=order,
        open_offer=Offer.objects.filter(order=order, state=OfferState.OPEN).exists(),
        any_message=messages.exists(),
        last_own=own.values_list("at", flat=True).first(),
    )


def capabilities(act: Act, order: Order) -> tuple[dict[str, Any], datetime | None]:
    """({as_of, allowed, refused}, the next instant at which that changes by itself). The act is only looked at."""
    facts = read_facts(act, order)
    allowed, refused = [], {}
    for action in COMMANDS:
        if not _table(action).knows(action, act.role):
            continue
        try:
            verdict(facts, action)
            allowed.append(action)
        except Refused as refusal:
            refused[action] = _why(facts, action, refusal)
    return {"as_of": act.thread.head, "allowed": allowed, "refused": refused}, next_change(facts)


def verdict(facts: Facts, action: str) -> None:
    """Raise the Refused that the server would answer to this command now, with the best target and text there are."""
    act, table = facts.act, _table(action)
    act.check(table, action, act.thread.mode if table is THREAD else facts.situation)
    if lacks := LACKS.get(action):
        lacks(facts)


def _table(action: str) -> Any:
    return THREAD if action in THREAD.actions else ORDER


def _offer(facts: Facts) -> None:
    if not facts.open_offer:
        raise Refused("offer_not_open", "There is no open offer.")


def _message(facts: Facts) -> None:
    if not facts.any_message:
        raise Refused("not_found", "There is no message yet.")


def _own_message(facts: Facts) -> None:
    if facts.act.role not in PARTIES:
        _message(facts)
    elif facts.last_own is None or facts.act.now >= talk.edit_until(facts.last_own):
        raise Refused("edit_window_over")


def _follow_up(facts: Facts) -> None:
    thread = facts.act.thread
    bounded = thread.mode == Mode.AFTER_SALES and facts.act.role is Role.SELLER
    if bounded and thread.follow_ups >= talk.follow_ups:
        raise Refused("follow_up_budget")


LACKS: dict[str, Callable[[Facts], None]] = {
    "offer.accept": _offer,
    "offer.decline": _offer,
    "offer.withdraw": _offer,
    "message.edit": _own_message,
    "message.redact": _own_message,
    "message.report": _message,
    "message.send": _follow_up,
    "message.send:support": _follow_up,
    "message.send:check_in": _follow_up,
}


def _why(facts: Facts, action: str, refusal: Refused) -> dict[str, str]:
    said = {"code": refusal.code, "message": refusal.message}
    if until := _until(facts, action):
        said["until"] = stamp(until)
    return said


def _until(facts: Facts, action: str) -> datetime | None:
    """The order's next instant, where what time alone brings then has a row for the action."""
    if facts.act.thread.mode == Mode.LEFT or (nearest := coming(facts)) is None:
        return None
    at, state = nearest
    table = _table(action)
    rows = table.available(MODE[state] if table is THREAD else state, facts.act.role)
    return at if any(row.action == action for row in rows) else None


def coming(facts: Facts) -> tuple[datetime, State] | None:
    """The next state that time alone brings, and when: late, or what the clock's first row leads to."""
    order, steps = facts.order, []
    if facts.situation is State.IN_PROGRESS and order.deliver_by is not None:
        steps.append((order.deliver_by, State.LATE))
    steps += [(at, State(row.leads_to)) for at, row in deadlines.clock_rows(order)]
    return min(steps, default=None)


def next_change(facts: Facts) -> datetime | None:
    """The next instant at which a verdict changes without an entry: an edit window's end, or an order going late."""
    instants = []
    if facts.last_own is not None:
        instants.append(talk.edit_until(facts.last_own))
    if facts.situation is State.IN_PROGRESS and facts.order.deliver_by is not None:
        instants.append(facts.order.deliver_by)
    return min((at for at in instants if at > facts.act.now), default=None)

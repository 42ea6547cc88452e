"""The warnings before each of the clock's deadlines act (domain.md, "Deadlines"): the table. Numbers are policy's.

Pure. A deadline of a step counts from its beginning, which is its end less its span, so that one that stood still
(frozen) or was moved is warned of where it now lies. Must never say whether a deadline still holds: its row does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chat.rules import PARTIES, Role
from orders.policy import Policy

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SELLER, BUYER = frozenset({Role.SELLER}), frozenset({Role.BUYER})
OVER = "over"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One warning: `which` of its deadline's, at what instant, to whom. OVER tells that the deadline has passed."""

    deadline: str
    ends: datetime
    which: str
    at: datetime
    to: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Warns:
    """How a deadline warns: so many units after its beginning, or before its end; `over`: both are told of the end."""

    to: frozenset[Role]
    unit: timedelta
    after: tuple[int, ...] = ()
    before: tuple[int, ...] = ()
    span: int | None = None
    over: bool = False


def table(policy: Policy) -> dict[str, Warns]:
    """By deadline: the names of protocol.md §6a; an offer's and a cancellation's `expires_at` are told apart."""
    p = policy
    return {
        "start_by": Warns(SELLER, HOUR, after=p.remind_start_hours, span=p.start_hours),
        # "48 h unanswered: both are told".
        "answer_by": Warns(SELLER, HOUR, after=p.remind_answer_hours, span=p.answer_hours, over=True),
        "deliver_by": Warns(SELLER, DAY, before=p.remind_delivery_days),
        "auto_close_at": Warns(BUYER, DAY, after=p.remind_check_days, span=p.check_days),
        "expires_at": Warns(PARTIES, DAY, before=p.remind_order_days),
        "chat_until": Warns(PARTIES, DAY, before=p.remind_chat_days),
        "review_until": Warns(BUYER, DAY, after=p.remind_review_days, before=p.remind_review_end_days),
        "offer_expires_at": Warns(BUYER, DAY, before=p.remind_offer_days),
        "cancellation_expires_at": Warns(SELLER, HOUR, after=p.remind_cancellation_hours, span=p.cancellation_hours),
    }


def of(policy: Policy, deadline: str, ends: datetime, began: datetime | None = None) -> list[Reminder]:
    """All warnings of a deadline, the earliest first. `began` where that is not the end less the span."""
    warns = table(policy).get(deadline)
    if warns is None:
        return []
    if began is None and warns.span is not None:
        began = ends - warns.span * warns.unit
    found = [(f"-{n}", ends - n * warns.unit) for n in warns.before]
    if began is not None:
        found += [(f"+{n}", began + n * warns.unit) for n in warns.after]
    rows = [Reminder(deadline, ends, which, at, warns.to) for which, at in found if at < ends]
    if warns.over:
        rows.append(Reminder(deadline, ends, OVER, ends, PARTIES))
    return sorted(rows, key=lambda row: row.at)


def due(rows: Iterable[Reminder], since: datetime, now: datetime) -> Reminder | None:
    """What is to be sent now of one deadline's: the latest of those that came up, none once the deadline has passed."""
    up = [row for row in rows if since <= row.at <= now and (now < row.ends or row.which == OVER)]
    return up[-1] if up else None


def following(rows: Iterable[Reminder], now: datetime) -> datetime | None:
    """When the next one comes up."""
    return min((row.at for row in rows if row.at > now), default=None)

"""How a seller has dealt with buyers: answers, acceptance, punctuality, completion and reviews, from the log.

Must never write. Everything is looked up by the seller's threads, and in a thread by its seqs, in the order of the
log's one index. What each number means: docs/decisions/0018-statistics.md.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Avg, Count, OuterRef, Subquery

from chat import installation, people
from chat.entries import stamp
from chat.models import Entry, Thread
from chat.queries import with_body
from chat.refusals import Refused
from chat.rules import Role
from orders.models import Review
from orders.policy import add_months, policy
from orders.process import ENDED, State
from orders.queries import one_view
from orders.reviews import REMOVED

Figures = dict[str, Any]


def of_seller(user: str) -> Figures:
    """{since, first_answer, acceptance, on_time, completion, orders, reviews}. Raises Refused not_found."""
    if people.find(user) is None:
        raise Refused("not_found")
    with one_view():
        now = installation.now()
        since = add_months(now, -policy.statistics_months)
        # What a thread that has been silent since then tells lies before.
        threads = Thread.objects.filter(seller=user, last_at__gte=since)
        lives = list(_lives(threads.values("pk")))
        return {
            "since": stamp(since),
            "first_answer": _first_answer(threads, since, now),
            "acceptance": _share(_accepted(life, since) for life in lives),
            "on_time": _share(_on_time(life, since) for life in lives),
            "completion": _share(_completed(life, since) for life in lives),
            "orders": _counts(lives, since),
            "reviews": _reviews(user),
        }


def _first_answer(threads: Any, since: datetime, now: datetime) -> Figures:
    """The median time, in seconds, from the buyer's first message in a thread to the seller's next entry there."""
    asked = Entry.objects.filter(thread=OuterRef("pk"), kind="message", by_role="buyer").order_by("seq")
    answered = Entry.objects.filter(thread=OuterRef("pk"), by_role="seller", seq__gt=OuterRef("asked")).order_by("seq")
    rows = (
        threads.annotate(asked=Subquery(asked.values("seq")[:1]), asked_at=Subquery(asked.values("at")[:1]))
        .filter(asked_at__gte=since)
        .annotate(answered_at=Subquery(answered.values("at")[:1]))
        .values_list("asked_at", "answered_at")
    )
    floor, cap = timedelta(minutes=policy.answer_floor_minutes), timedelta(hours=policy.answer_cap_hours)
    waits, waiting = [], 0
    for asked_at, answered_at in rows:
        waiting += answered_at is None
        waited = (answered_at or now) - asked_at
        # Whoever may still answer in time has not failed to.
        if answered_at is not None or waited >= cap:
            waits.append(min(max(waited, floor), cap).total_seconds())
    return {"median_s": int(median(waits)) if waits else None, "count": len(waits), "unanswered": waiting}


class Step(NamedTuple):
    """One step of an order; `due` is by when it would have had to be delivered."""

    action: str
    to: str
    at: datetime
    role: str
    due: datetime | None


Life = list[Step]


def _lives(threads: Any) -> Iterator[Life]:
    """Each order's steps, in order."""
    entries: Any = with_body(Entry.objects.filter(thread__in=threads, kind="order.changed")).order_by("thread", "seq")
    rows = entries.values_list("thread", "at", "by_role", "body")
    for _, steps in groupby(rows, key=itemgetter(0)):
        life, due = [], None
        for _, at, role, body in steps:
            life.append(Step(body["action"], body["to"], at, role, due))
            said = body["deadlines"].get("deliver_by")
            due = datetime.fromisoformat(said) if said else due
        yield life


def _first(life: Life, since: datetime, *actions: str) -> Step | None:
    """The order's first step of these, if it was taken in this time."""
    step = next((step for step in life if step.action in actions), None)
    return step if step is not None and step.at >= since else None


def _accepted(life: Life, since: datetime) -> bool | None:
    """Did the seller take it on? None where that was not the seller's to say: a buyer withdrew, staff ruled."""
    step = _first(life, since, "start", "decline", "auto_cancel")
    return None if step is None else step.action == "start"


def _on_time(life: Life, since: datetime) -> bool | None:
    """By the first delivery. A buyer who cancels alone may do so only because it is late."""
    for step in life:
        if step.action == "deliver" or (step.action == "cancel" and step.role == Role.BUYER):
            if step.at < since or step.due is None:
                return None
            return step.action == "deliver" and step.at < step.due
    return None


def _completed(life: Life, since: datetime) -> bool | None:
    """Of what was begun and has ended: was it closed?"""
    end = _end(life, since)
    begun = any(step.to == State.IN_PROGRESS for step in life)
    return end == State.CLOSED if end and begun else None


def _end(life: Life, since: datetime) -> str | None:
    last = life[-1]
    return last.to if last.to in ENDED and last.at >= since else None


def _counts(lives: Iterable[Life], since: datetime) -> dict[str, int]:
    """How the orders ended that did in this time."""
    ends = [_end(life, since) for life in lives]
    return {state.value: ends.count(state) for state in (State.CLOSED, State.CANCELLED, State.EXPIRED)}


def _share(verdicts: Iterable[bool | None]) -> Figures:
    """{rate, count, of}; no rate of nothing."""
    told = [each for each in verdicts if each is not None]
    return {"rate": round(sum(told) / len(told), 4) if told else None, "count": sum(told), "of": len(told)}


def _reviews(user: str) -> Figures:
    """Of all times; one that was removed never was."""
    found = (
        Review.objects.filter(order__seller=user).exclude(state=REMOVED).aggregate(n=Count("pk"), mean=Avg("rating"))
    )
    return {"average": None if found["mean"] is None else round(float(found["mean"]), 2), "count": found["n"]}

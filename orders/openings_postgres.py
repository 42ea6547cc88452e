"""Where parties go on in threads they know, on PostgreSQL: one prepared statement, awaited in the event loop.

Must never decide anything: it reads what queries.subscriptions reads, and the same functions judge it. What needs more
(a snapshot, staff, an open proposal or claim, a review) it leaves to those.
"""

import json
from collections.abc import Sequence
from typing import Any, TypeVar

import asyncpg
from django.conf import settings
from django.db.models import JSONField, Model

from chat.actors import Standing
from chat.acts import Act, role_in
from chat.models import Thread
from chat.policy import policy
from chat.postgres import Pool
from chat.refusals import Refused
from chat.rules import Role
from orders.facts import FACTS, facts_of
from orders.models import Order
from orders.queries import Asked, Subscription, ahead, begin

M = TypeVar("M", bound=Model)

AT_ONCE = 2
# Every row here is found by a key: one plan for all, and one made while the tables were small must not read them whole.
SETTINGS = {f"enable_{way}": "off" for way in ("seqscan", "hashjoin", "mergejoin")} | {
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
}


def columns(model: type[Model], alias: str) -> str:
    return ", ".join(f"{alias}.{field.column}" for field in model._meta.concrete_fields)


STATEMENT = f"""
WITH k AS MATERIALIZED (
  SELECT a.n, a.t, a.person, o.id AS o, now, now - make_interval(mins => $4::int) AS since
  FROM unnest($1::int[], $2::text[], $3::text[]) AS a(n, t, person)
  JOIN chat_thread t ON t.id = a.t JOIN orders_order o ON o.thread_id = t.id,
  LATERAL (SELECT greatest(clock_timestamp() + make_interval(secs => {{offset}}), t.last_at) AS now) AS clock
)
SELECT k.n, k.now, b.suspended_at, s.suspended_at, {FACTS}, {columns(Thread, "t")}, {columns(Order, "o")}
FROM k JOIN chat_thread t ON t.id = k.t JOIN orders_order o ON o.id = k.o
JOIN chat_person b ON b.id = t.buyer_id JOIN chat_person s ON s.id = t.seller_id
"""  # noqa: S608 - only names of our own models are put in
OFFSET = "(SELECT clock_offset_s FROM chat_installation WHERE id = 1)"
BEFORE, VERDICTS = 4, FACTS.count("\n  EXISTS") + 1


class PostgresOpenings:
    """Answers as queries.subscriptions, and None where it is that one's to answer."""

    def __init__(self) -> None:
        self._pool = Pool(AT_ONCE, **SETTINGS)
        self._statement = STATEMENT.format(offset=OFFSET if settings.ENV.test_clock else "0")

    async def look(self, asked: Sequence[Asked]) -> list[Subscription | Refused | None]:
        """Raises Refused unavailable."""
        simple = [(n, each) for n, each in enumerate(asked) if is_simple(each)]
        answers: list[Subscription | Refused | None] = [None] * len(asked)
        if simple:
            told = [
                list(column) for column in zip(*((n, each.thread, each.actor.user) for n, each in simple), strict=True)
            ]
            rows = {row[0]: row for row in await self._pool.fetch(self._statement, *told, policy.edit_minutes)}
            for n, each in simple:
                answers[n] = answer(each, rows.get(n))
        return answers

    def forget(self) -> None:
        """Leave its connections behind."""
        self._pool.forget()


def is_simple(asked: Asked) -> bool:
    return asked.after is not None and asked.actor.standing is Standing.USER


def answer(asked: Asked, row: asyncpg.Record | None) -> Subscription | Refused | None:
    try:
        if row is None:
            raise Refused("not_found")
        threads = BEFORE + VERDICTS
        orders = threads + len(Thread._meta.concrete_fields)
        thread, order = made(Thread, row[threads:orders]), made(Order, row[orders:])
        _, now, buyer_suspended, seller_suspended = row[:BEFORE]
        role = role_in(asked.actor, thread)
        suspended = (buyer_suspended if role is Role.BUYER else seller_suspended) is not None
        act = Act(thread, now, asked.actor, role, suspended=suspended)
        ahead(asked, thread)
    except Refused as refusal:
        return refusal
    facts = facts_of(act, order, row[BEFORE:threads])
    if facts is None or thread.head - (asked.after or 0) > settings.ENV.replay_entries:
        return None
    return begin(asked.after, facts, None)


def made(model: type[M], values: Sequence[Any]) -> M:
    """The model's instance, as if Django had read it."""
    fields = model._meta.concrete_fields
    read = [
        json.loads(value) if isinstance(value, str) and isinstance(field, JSONField) else value
        for field, value in zip(fields, values, strict=True)
    ]
    return model.from_db("default", [field.attname for field in fields], read)

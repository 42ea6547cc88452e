"""The rows of the moderators' feed: where every thread stands, without a word that anybody wrote, so it is no look.

Must never write. Which rows somebody wants, and in which order, is sieve.py's.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max, Q, QuerySet

from chat.entries import stamp
from chat.models import Entry, Flag
from moderation import weighing
from moderation.matters import CLAIM, HELD, Matter, matters, open_reports
from moderation.sieve import Row, Wanted, key, language, page_of
from orders.models import Order

# One look for all: a feed asks four times a second. What waits is read only where the last column says that something
# does.
LOOK = """
SELECT t.id, o.id, o.title, o.state, o.price, o.currency, t.head, t.last_at, e.kind,
  b.id, b.name, b.locale, s.id, s.name, s.locale,
  EXISTS (SELECT 1 FROM chat_report r LEFT JOIN moderation_settledreport x ON x.report_id = r.id
          WHERE r.thread_id = t.id AND x.report_id IS NULL)
  OR EXISTS (SELECT 1 FROM chat_flag WHERE thread_id = t.id AND settled_at IS NULL)
  OR EXISTS (SELECT 1 FROM chat_held WHERE thread_id = t.id AND state = 'waiting')
  OR EXISTS (SELECT 1 FROM orders_claim WHERE order_id = o.id AND state IN ('open', 'picked_up'))
  OR EXISTS (SELECT 1 FROM orders_review WHERE order_id = o.id AND state = 'contested')
  OR EXISTS (SELECT 1 FROM moderation_decision d JOIN moderation_appeal a ON a.decision_id = d.id
             LEFT JOIN moderation_ruling u ON u.appeal_id = a.id WHERE d.thread_id = t.id AND u.appeal_id IS NULL)
FROM chat_thread t JOIN orders_order o ON o.thread_id = t.id
JOIN chat_entry e ON e.thread_id = t.id AND e.seq = t.head
JOIN chat_person b ON b.id = t.buyer_id JOIN chat_person s ON s.id = t.seller_id
WHERE t.id IN ({names})
"""
TOUCHED = """
SELECT thread_id FROM chat_report WHERE at > %s
UNION SELECT thread_id FROM moderation_settlement WHERE at > %s
UNION SELECT thread_id FROM chat_flag WHERE at > %s OR settled_at > %s
UNION SELECT thread_id FROM chat_held WHERE at > %s OR settled_at > %s
UNION SELECT d.thread_id FROM moderation_decision d JOIN moderation_appeal a ON a.decision_id = d.id
  LEFT JOIN moderation_ruling u ON u.appeal_id = a.id
  WHERE d.thread_id IS NOT NULL AND (a.at > %s OR u.at > %s)
"""
NEWEST = {"risk": ("-price", "-thread__last_at")}


def rows(threads: Iterable[str]) -> dict[str, Row]:
    """These threads as they stand now, in a handful of reads for all; an unknown one is absent."""
    names = list(threads)
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LOOK.format(names=", ".join(["%s"] * len(names))), names)
        found = cursor.fetchall()
    waiting = _by_thread(matters(busy) if (busy := [each[0] for each in found if each[-1]]) else ())
    return {each[0]: _row(waiting.get(each[0], []), *each[:-1]) for each in found}


def page(wanted: Wanted) -> list[Row]:
    """The first rows of a feed, in its order. Only those are read whole, however much waits."""
    orders, names = _sifted(wanted), set[str]()
    if wanted.flagged or wanted.sort != "newest":
        names.update(_first_of_busy(orders, wanted))
    if not wanted.flagged:
        order = NEWEST.get(wanted.sort, ("-thread__last_at",))
        newest = orders.order_by(*order)
        if wanted.flagged is False:
            newest = newest.exclude(thread__in=open_reports().values("thread")).exclude(
                thread__in=Flag.objects.filter(settled_at__isnull=True).values("thread")
            )
        names.update(newest.values_list("thread", flat=True)[: wanted.limit])
    return page_of(rows(names).values(), wanted)


def moved_since(at: datetime) -> dict[str, int]:
    """The head of every thread in which something was written after that (trade time)."""
    moved = Entry.objects.filter(at__gt=at).order_by().values("thread_id").annotate(top=Max("seq"))
    return dict(moved.values_list("thread_id", "top"))


def touched_since(at: datetime) -> set[str]:
    """The threads in which something changed after that which only staff see, and which is no entry."""
    since = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, [since] * TOUCHED.count("%s"))
        return {thread for (thread,) in cursor.fetchall()}


def _by_thread(found: Iterable[Matter]) -> dict[str, list[Matter]]:
    waiting: dict[str, list[Matter]] = {}
    for matter in found:
        if matter.thread is not None:
            waiting.setdefault(matter.thread, []).append(matter)
    return waiting


def _first_of_busy(orders: QuerySet[Order], wanted: Wanted) -> list[str]:
    """The first threads of the page among those in which something waits."""
    waiting = _by_thread(matters())
    found = orders.filter(thread__in=waiting).values_list("thread_id", "price", "thread__last_at")
    places = []
    for thread, price, at in found:
        weight = _weigh(waiting[thread], price)
        if wanted.flagged in (None, bool(weight.flags)):
            said = {"thread": thread, "risk": weight.risk, "price": {"amount": price}}
            places.append(key(Row(said, at, weight.since), wanted.sort))
    return [str(place[-1]) for place in sorted(places, reverse=True)[: wanted.limit]]


class Weight(NamedTuple):
    """What waits in a thread, taken together."""

    flags: list[str]
    risk: int
    since: datetime | None


def _weigh(waiting: list[Matter], price: int) -> Weight:
    if not waiting:
        return Weight([], weighing.points(price), None)
    flags = sorted({kind for matter in waiting for kind in matter.flags})
    reports = sum(matter.reports for matter in waiting)
    kinds = [matter.kind for matter in waiting]
    risk = weighing.risk(flags, reports=reports, claims=kinds.count(CLAIM), held=kinds.count(HELD), price=price)
    return Weight([*flags, "reported"] if reports else flags, risk, min(matter.since for matter in waiting))


def _sifted(wanted: Wanted) -> QuerySet[Order]:
    """What the database can leave out of a page before sieve.py looks closer."""
    orders = Order.objects.all()
    if wanted.state is not None:
        orders = orders.filter(state=wanted.state)
    if wanted.user is not None:
        orders = orders.filter(Q(buyer=wanted.user) | Q(seller=wanted.user))
    if wanted.currency is not None:
        orders = orders.filter(currency=wanted.currency)
    if wanted.min_amount is not None:
        orders = orders.filter(price__gte=wanted.min_amount)
    if wanted.max_amount is not None:
        orders = orders.filter(price__lte=wanted.max_amount)
    if wanted.language is not None:
        begins = language(wanted.language)
        orders = orders.filter(Q(buyer__locale__istartswith=begins) | Q(seller__locale__istartswith=begins))
    return orders


def _row(waiting: list[Matter], thread: str, order: str, title: str, state: str, price: int, currency: str, head: int,
         at: datetime | str, kind: str, buyer: str, buyer_name: str, buyer_locale: str, seller: str, seller_name: str,
         seller_locale: str) -> Row:  # fmt: skip
    if isinstance(at, str):
        # SQLite keeps times as text, in UTC.
        at = datetime.fromisoformat(at).replace(tzinfo=UTC)
    weight = _weigh(waiting, price)
    said: dict[str, Any] = {
        "thread": thread,
        "order": order,
        "title": title,
        "state": state,
        "price": {"amount": price, "currency": currency},
        "head": head,
        "kind": kind,
        "at": stamp(at),
        "parties": [
            {"user": buyer, "role": "buyer", "name": buyer_name or buyer},
            {"user": seller, "role": "seller", "name": seller_name or seller},
        ],
        "flags": weight.flags,
        "risk": weight.risk,
        "waiting_since": stamp(weight.since) if weight.since else None,
        "language": sorted({language(each) for each in (buyer_locale, seller_locale) if each}),
    }
    return Row(said, at, weight.since)

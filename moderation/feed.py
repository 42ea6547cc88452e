"""The rows of the moderators' feed: where every thread stands, without a word that anybody wrote, so it is no look.

Must never write. Which rows somebody wants, and in which order, is sieve.py's.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from chat.entries import stamp
from chat.models import Entry
from moderation import weighing
from moderation.matters import CLAIM, HELD, Matter, matters
from moderation.sieve import Row, Wanted, language, page_of
from orders.models import Order

COLUMNS = (
    "thread_id", "id", "title", "state", "price", "currency", "thread__head", "thread__last_at", "kind",
    "buyer_id", "buyer__name", "buyer__locale", "seller_id", "seller__name", "seller__locale",
)  # fmt: skip
NEWEST = {"risk": ("-price", "-thread__last_at")}


def rows(threads: Iterable[str]) -> dict[str, Row]:
    """These threads as they stand now, in a handful of reads for all; an unknown one is absent."""
    names = list(threads)
    waiting: dict[str, list[Matter]] = {}
    for matter in matters(names):
        if matter.thread is not None:
            waiting.setdefault(matter.thread, []).append(matter)
    last = Entry.objects.filter(thread=OuterRef("thread"), seq=OuterRef("thread__head")).values("kind")[:1]
    found = Order.objects.filter(thread__in=names).annotate(kind=Subquery(last)).values_list(*COLUMNS)
    return {each[0]: _row(waiting.get(each[0], []), *each) for each in found}


def page(wanted: Wanted) -> list[Row]:
    """The first rows of a feed, in its order."""
    orders, names = _sifted(wanted), set[str]()
    if wanted.flagged or wanted.sort != "newest":
        names.update(orders.filter(thread__in={matter.thread for matter in matters()}).values_list("thread", flat=True))
    if not wanted.flagged:
        order = NEWEST.get(wanted.sort, ("-thread__last_at",))
        names.update(orders.order_by(*order).values_list("thread", flat=True)[: wanted.limit])
    return page_of(rows(names).values(), wanted)


def moved_since(at: datetime) -> dict[str, int]:
    """The head of every thread in which something was written after that (trade time)."""
    moved = Entry.objects.filter(at__gt=at).order_by().values("thread_id").annotate(top=Max("seq"))
    return dict(moved.values_list("thread_id", "top"))


def signs() -> dict[str, int]:
    """What is open in each thread, as a number that changes with it."""
    found: dict[str, int] = {}
    for matter in matters():
        said = (matter.item, matter.state, matter.reports, matter.flags)
        if matter.thread is not None:
            found[matter.thread] = found.get(matter.thread, 0) ^ hash(said)
    return found


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
         at: datetime, kind: str, buyer: str, buyer_name: str, buyer_locale: str, seller: str, seller_name: str,
         seller_locale: str) -> Row:  # fmt: skip
    since = min((matter.since for matter in waiting), default=None)
    flags = sorted({kind for matter in waiting for kind in matter.flags})
    reports = sum(matter.reports for matter in waiting)
    kinds = [matter.kind for matter in waiting]
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
        "flags": [*flags, "reported"] if reports else flags,
        "risk": weighing.risk(flags, reports=reports, claims=kinds.count(CLAIM), held=kinds.count(HELD), price=price),
        "waiting_since": stamp(since) if since else None,
        "language": sorted({language(each) for each in (buyer_locale, seller_locale) if each}),
    }
    return Row(said, at, since)

"""`moderation.queue`: what waits for a moderator, in its order, and who has what in hand. No text, so it is no look.

Must never keep what it reads: an item is open as long as its rows are (matters.py).
"""

import base64
import binascii
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from chat import installation, people, staff
from chat.actors import Actor
from chat.entries import stamp
from chat.refusals import Refused
from moderation import weighing
from moderation.canned import canned
from moderation.commands import ModerationQueue
from moderation.matters import APPEAL, Matter, matters
from moderation.models import Taking
from moderation.sieve import language
from moderation.weighing import Place
from orders.models import Order
from orders.queries import one_view


def queue(actor: Actor, command: ModerationQueue) -> dict[str, Any]:
    """{items, cursor, canned}: see protocol.md §6. Raises Refused wrong_role, bad_request for a foreign cursor."""
    staff.admit(actor, command.type)
    after = None if command.cursor is None else _opened(command.cursor)
    with one_view():
        wanted = [each for each in matters() if _is_for(actor, each, command)]
        prices = _prices(wanted)
        placed = sorted((_place(each, prices), each) for each in wanted)
        page = [each for each in placed if after is None or each[0] > after][: command.limit + 1]
        more, page = len(page) > command.limit, page[: command.limit]
        orders = _orders(matter.thread for _, matter in page)
        taken = _taken([matter.item for _, matter in page])
    person = people.find(actor.user)
    return {
        "items": [_item(matter, orders, taken) for _, matter in page],
        "cursor": _sealed(page[-1][0]) if more else None,
        "canned": canned(language(person.locale if person else "")),
    }


def _is_for(actor: Actor, matter: Matter, command: ModerationQueue) -> bool:
    """Appeals are for leads."""
    asked = command.kinds is None or matter.kind in command.kinds
    return asked and (matter.kind != APPEAL or staff.sees_appeals(actor))


def _prices(found: list[Matter]) -> dict[str | None, int]:
    """What the order of each thread costs; one that asks for no thread costs nothing."""
    threads = {each.thread for each in found if each.thread is not None}
    return {None: 0, **dict(Order.objects.filter(thread__in=threads).values_list("thread_id", "price"))}


def _place(matter: Matter, prices: dict[str | None, int]) -> Place:
    return weighing.place(matter.priority, matter.since, prices[matter.thread], matter.item)


def _orders(threads: Iterable[str | None]) -> dict[str, Order]:
    rows = Order.objects.filter(thread__in={each for each in threads if each is not None})
    return {order.thread_id: order for order in rows.select_related("buyer", "seller")}


def _taken(items: list[str]) -> dict[str, Taking]:
    rows = Taking.objects.filter(item__in=items, until__gt=installation.now())
    return {row.item: row for row in rows}


def _item(matter: Matter, orders: dict[str, Order], taken: dict[str, Taking]) -> dict[str, Any]:
    item: dict[str, Any] = {
        "item": matter.item,
        "kind": matter.kind,
        "priority": matter.priority,
        "waiting_since": stamp(matter.since),
        "reports": matter.reports,
        "flags": list(matter.flags),
    }
    if matter.thread is not None:
        order = orders[matter.thread]
        item |= {"thread": matter.thread, "order": order.id, "title": order.title, "state": order.state}
        item["price"] = {"amount": order.price, "currency": order.currency}
        sides = ((order.buyer, "buyer"), (order.seller, "seller"))
        item["parties"] = [{"user": row.id, "role": role, "name": row.name or row.id} for row, role in sides]
    if matter.target is not None:
        item["target"] = matter.target
    if (taking := taken.get(matter.item)) is not None:
        item |= {"claimed_by": taking.moderator, "claimed_until": stamp(taking.until)}
    return item


def _sealed(place: Place) -> str:
    told = f"{place.before} {place.at.isoformat()} {place.item}"
    return base64.urlsafe_b64encode(told.encode()).decode()


def _opened(cursor: str) -> Place:
    try:
        before, at, item = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ", 2)
        place = Place(int(before), datetime.fromisoformat(at), item)
        if place.at.tzinfo is None:
            raise ValueError(cursor)
        return place
    except (ValueError, binascii.Error) as fault:
        raise Refused("bad_request", "This cursor is not one of ours.", field="cursor") from fault

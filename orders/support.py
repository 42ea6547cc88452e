"""Support after the sale: a question that either party opens in a closed order's thread, until it is resolved.

Must never decide by a state or a role: the ORDER table does. Each returns the reply of protocol.md §6 and raises
Refused.
"""

from typing import Any

from chat.actors import Actor
from chat.acts import Act
from chat.ids import new_name
from chat.refusals import Refused
from chat.text import fit
from orders import deadlines
from orders.commands import SupportOpen, SupportResolve
from orders.entries import SupportOpened, SupportResolved
from orders.models import Order, SupportItem
from orders.process import ORDER
from orders.road import take_order

OPEN, RESOLVED = "open", "resolved"


def open_item(actor: Actor, command: SupportOpen) -> dict[str, Any]:
    """{item}."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        act.check(ORDER, "support.open", deadlines.situation(order, act.now))
        name = new_name()
        seq = act.append(SupportOpened(item=name, text=act.sift(fit(command.text))), own=True).seq
        SupportItem.objects.create(id=name, order=order, state=OPEN, by_role=act.role, by=actor.user, seq=seq)
        return {"item": name}

    return take_order(actor, command, handle)


def resolve(actor: Actor, command: SupportResolve) -> dict[str, Any]:
    """{item}. Raises Refused not_allowed for one that is already resolved."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        item = SupportItem.objects.filter(order=order, pk=command.item).first()
        if item is None:
            raise Refused("not_found")
        act.check(ORDER, "support.resolve", deadlines.situation(order, act.now))
        if item.state != OPEN:
            raise Refused("not_allowed", "This is resolved already.")
        item.state = RESOLVED
        item.save(update_fields=["state"])
        act.append(SupportResolved(item=item.id), own=True)
        return {"item": item.id}

    return take_order(actor, command, handle)

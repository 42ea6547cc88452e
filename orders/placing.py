"""How an order begins, paid to the host or by an accepted offer: a thread, its first entries, escrow."""

from datetime import datetime

from chat.acts import Act
from chat.commands import Money
from chat.ids import new_name
from chat.models import Person, Thread
from orders import deadlines, ledger, reminding
from orders.entries import Party, PaymentHeld, Previous, ThreadOpened
from orders.models import Order
from orders.process import MODE, State


def new_thread(title: str, buyer: str, seller: str, now: datetime, category: str = "") -> Thread:
    """The row of a thread for an order to come; not yet saved."""
    return Thread(
        id=new_name(),
        order=new_name(),
        title=title,
        category=category,
        buyer_id=buyer,
        seller_id=seller,
        mode=MODE[State.PENDING],
        state=State.PENDING,
        last_at=now,
    )


def open_order(
    act: Act, price: Money, delivery_days: int, reference: str, previous: Order | None, *, own: bool = False
) -> Order:
    """Place the order of the act's saved, empty thread: `thread.opened`, `payment.held`. Returns it `pending`."""
    thread = act.thread
    order = Order(
        id=thread.order,
        thread=thread,
        buyer_id=thread.buyer_id,
        seller_id=thread.seller_id,
        title=thread.title,
        price=price.amount,
        currency=price.currency,
        delivery_days=delivery_days,
        payment_reference=reference,
        previous=previous,
        placed_at=act.now,
    )
    deadlines.enter(order, State.PENDING, act.now)
    reminding.plan(order, act.now)
    order.save(force_insert=True)
    act.append(
        ThreadOpened(
            order=order.id,
            title=order.title,
            parties=parties(order),
            previous=None if previous is None else Previous(order=previous.id, thread=previous.thread_id),
        ),
        own=own,
    )
    act.append(PaymentHeld(amount=ledger.hold(order, order.price, "placed", act.now)))
    return order


def parties(order: Order) -> tuple[Party, ...]:
    people = Person.objects.in_bulk([order.buyer_id, order.seller_id])
    return tuple(
        Party(user=user, role=role, name=people[user].name or user)
        for user, role in ((order.buyer_id, "buyer"), (order.seller_id, "seller"))
    )

"""A suspended person's running orders stand still, and go on when the person is back: jobs after the commit.

Idempotent, over the one road: whatever was taken by somebody else meanwhile stays as it is. Must never end an order.
"""

import uuid
from typing import Any

from django.db.models import Q

from chat import people
from chat.actors import Actor, Standing
from chat.refusals import Refused
from orders import disputes
from orders.commands import ModerationFreeze, ModerationResolve
from orders.models import Order
from orders.process import ORDER, State

RUNNING = frozenset(state for row in ORDER.rows if row.action == "moderation.freeze" for state in row.states)
# Recorded for staff; the other party learns that the order stands still, and no more.
FROZEN_WHY = "The account of one of the two is suspended."
# Both read it.
GOES_ON_WHY = "The moderators' check is over: the order goes on as before."
# Somebody else has frozen, resolved or ended it meanwhile.
PASSED = frozenset({"not_allowed", "order_ended"})


def suspended(payload: dict[str, Any]) -> None:
    """{user, moderator, key}. Raises Refused for what is to be tried again."""
    user = payload["user"]
    for thread in list(_orders(user).filter(state__in=RUNNING).values_list("thread_id", flat=True)):
        if not _is_suspended(user):
            return
        command = ModerationFreeze(
            type="moderation.freeze", id=_id(payload, thread, "freeze"), thread=thread, reason=FROZEN_WHY
        )
        with _Passing():
            disputes.freeze(_staff(payload), command, because="suspension")
        # Who was reinstated at this very moment has left nobody to undo it.
        if not _is_suspended(user):
            _go_on(payload, thread)


def reinstated(payload: dict[str, Any]) -> None:
    """{user, moderator, key}: as above. What stands still for the other party's sake, too, waits for that one."""
    orders = _orders(payload["user"]).filter(state=State.FROZEN, before_freeze__because="suspension")
    for thread, buyer, seller in list(orders.values_list("thread_id", "buyer_id", "seller_id")):
        if not people.suspended_among([buyer, seller]):
            _go_on(payload, thread)


def _go_on(payload: dict[str, Any], thread: str) -> None:
    command = ModerationResolve(
        type="moderation.resolve",
        id=_id(payload, thread, "unfreeze"),
        thread=thread,
        outcome="unfreeze",
        reason=GOES_ON_WHY,
    )
    with _Passing():
        disputes.resolve(_staff(payload), command)


class _Passing:
    """Swallows the refusals that say that there is nothing left to do."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: object) -> bool:
        return isinstance(fault, Refused) and fault.code in PASSED


def _orders(user: str) -> Any:
    return Order.objects.filter(Q(buyer=user) | Q(seller=user)).order_by("id")


def _is_suspended(user: str) -> bool:
    return bool(people.suspended_among([user]))


def _staff(payload: dict[str, Any]) -> Actor:
    return Actor(payload["moderator"], Standing.MODERATOR)


def _id(payload: dict[str, Any], thread: str, what: str) -> str:
    """The same for every attempt, so that each is one command."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{payload['key']} {thread} {what}"))

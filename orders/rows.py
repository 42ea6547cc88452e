"""The rows of an order and its thread that people are shown: read now, or told again from the log (past.py).

Must never decide what of them somebody may see: snapshot.py does.
"""

from dataclasses import dataclass
from typing import Any

from chat import holding
from chat.acts import Act
from chat.models import Place, Statement
from chat.rules import PARTIES
from orders.models import Claim, Offer, Order, Proposal, Review, SupportItem


@dataclass(slots=True)
class Rows:
    """Each list in the order in which it came to be; `statements` and `held` are the asking party's own."""

    next: list[Order]
    offers: list[Offer]
    proposals: list[Proposal]
    claims: list[Claim]
    items: list[SupportItem]
    review: Review | None
    statements: list[Statement]
    places: list[Place]
    held: list[dict[str, Any]]


def read_rows(act: Act, order: Order) -> Rows:
    """As they are now."""
    own = Statement.objects.filter(thread=act.thread, by=act.actor.user).order_by("at", "id")
    return Rows(
        next=following(order),
        offers=list(Offer.objects.filter(order=order).order_by("number")),
        proposals=list(Proposal.objects.filter(order=order).order_by("made_at", "id")),
        claims=list(Claim.objects.filter(order=order).order_by("at", "id")),
        items=list(SupportItem.objects.filter(order=order).order_by("seq")),
        review=Review.objects.filter(order=order).first(),
        statements=list(own) if act.role in PARTIES else [],
        places=list(Place.objects.filter(thread=act.thread)),
        held=holding.own(act.thread, act.actor.user),
    )


def following(order: Order) -> list[Order]:
    """The orders that continue this one."""
    return list(Order.objects.filter(previous=order).order_by("placed_at", "id"))

"""What may be asked of an order through its thread (protocol.md §6): a closed list of typed commands.

Must never import Django; see chat/commands.py for what is checked here and what after the rules.
"""

from typing import Annotated, Literal

from pydantic import Field

from chat.commands import Name, Price, ThreadCommand, Wire

Version = Annotated[int, Field(ge=0, le=2**53)]


class OrderStep(ThreadCommand):
    """A step names the order version that its author saw."""

    expect: Version


class OrderStart(OrderStep):
    type: Literal["order.start"]


class OrderDecline(OrderStep):
    type: Literal["order.decline"]


class OrderWithdraw(OrderStep):
    type: Literal["order.withdraw"]


class OrderDeliver(OrderStep):
    type: Literal["order.deliver"]
    note: str
    attachments: Annotated[tuple[Name, ...], Field(max_length=10, strict=False)] = ()


class OrderClose(OrderStep):
    type: Literal["order.close"]


class OrderRequestRevision(OrderStep):
    type: Literal["order.request_revision"]
    text: str


class OrderAcceptRevision(OrderStep):
    type: Literal["order.accept_revision"]


class OrderRefuseRevision(OrderStep):
    type: Literal["order.refuse_revision"]
    reason: str


class OrderCancel(OrderStep):
    type: Literal["order.cancel"]
    reason: str


class OfferMake(ThreadCommand):
    type: Literal["offer.make"]
    title: str
    price: Price
    description: str = ""
    delivery_days: Annotated[int, Field(ge=1, le=365)]
    revisions: Annotated[int, Field(ge=0, le=1000)] = 0
    expires_in_s: Annotated[int, Field(ge=1, le=90 * 86400)] | None = None


class OfferStep(ThreadCommand):
    offer: Name


class OfferWithdraw(OfferStep):
    type: Literal["offer.withdraw"]


class OfferDecline(OfferStep):
    type: Literal["offer.decline"]


class OfferAccept(OfferStep):
    type: Literal["offer.accept"]


class OfferRequest(ThreadCommand):
    type: Literal["offer.request"]
    text: str


class PlaceOrder(Wire):
    """The host's word that an order was bought and paid for (protocol.md §10, `POST /api/v1/orders`)."""

    buyer: Name
    seller: Name
    title: str
    price: Price
    delivery_days: Annotated[int, Field(ge=1, le=365)]
    payment_reference: str
    previous: Name | None = None

"""The host's word on what was paid: an order, an offer (protocol.md §10).

Pure: must never import Django; see chat/commands.py for what is checked here and what after the rules.
"""

from typing import Annotated, Literal

from pydantic import Field

from chat.commands import Name, Price, Wire


class PlaceOrder(Wire):
    """The host's word that an order was bought and paid for (protocol.md §10, `POST /api/v1/orders`)."""

    buyer: Name
    seller: Name
    title: str
    price: Price
    delivery_days: Annotated[int, Field(ge=1, le=365)]
    payment_reference: str
    previous: Name | None = None
    category: Name | None = None


class OfferPayment(Wire):
    """The host's word about one payment of an offer; `reference` names that payment at the host."""

    offer: Name
    reference: str
    status: Literal["paid", "failed"]

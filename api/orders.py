"""Orders as the host places and sees them (protocol.md §10). Service key only; prices are the host's word."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Router
from pydantic import StringConstraints

from api.bodies import reply
from api.credentials import ServiceKey
from api.hosted import OrderPlaced, OrderSeen, PaymentHeard
from chat.commands import Name
from chat.identity import HOST
from chat.offload import in_database
from orders import payments, queries, services
from orders.commands import OfferPayment, PlaceOrder

# Visible ASCII, as a header may carry; 255 is what the answers' table holds.
Key = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,255}$")]

router = Router(tags=["host"], auth=ServiceKey("orders"))


@router.post("/orders", response=OrderPlaced, summary="Place an order that was paid")
async def post_order(
    request: HttpRequest, body: PlaceOrder, key: Annotated[Key, Header(alias="Idempotency-Key")]
) -> HttpResponse:
    return reply(await in_database(services.place, HOST, body, key))


@router.get("/orders/{order}", response=OrderSeen, summary="How far an order is")
async def get_order(request: HttpRequest, order: Path[Name]) -> HttpResponse:
    return reply(await in_database(queries.order, order))


@router.post("/orders/{order}/payment", response=PaymentHeard, summary="Say that an offer was paid, or was not")
async def post_payment(request: HttpRequest, order: Path[Name], body: OfferPayment) -> HttpResponse:
    """Once per offer and `reference`. A refused `paid` says in `info.refund` what the host has to give back."""
    return reply(await in_database(payments.settle, order, body))

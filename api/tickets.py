"""`POST /api/v1/tickets`: what a page presents in `hello` in place of its cookie (protocol.md §3)."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from api.bodies import reply
from api.credentials import PageSession, UserToken, credential
from api.hosted import Ticket
from chat import tickets
from chat.offload import in_database

router = Router(tags=["user"], auth=[PageSession(), UserToken()])


@router.post("/tickets", response=Ticket, summary="A ticket for one socket")
async def post_ticket(request: HttpRequest) -> HttpResponse:
    who = credential(request)
    origin = request.headers.get("Origin", "")
    ticket = await in_database(tickets.issue, who.actor, who.expires, origin, who.session)
    return reply({"ticket": ticket, "expires_in": tickets.LIFETIME_S})

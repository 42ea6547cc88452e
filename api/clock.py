"""Trade time for tests (protocol.md §10). Without TEST_CLOCK=1 this route is as absent as any other."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from api.bodies import reply
from api.credentials import ServiceKey
from api.hosted import Now
from chat.commands import Wire
from chat.offload import in_database
from chat.refusals import Refused
from orders import clock

A_CENTURY = 100 * 366 * 86400

router = Router(tags=["tests"], auth=ServiceKey("clock"))


class Advance(Wire):
    advance_s: int = Field(ge=0, le=A_CENTURY, description="seconds of trade time")


@router.post("/clock", response=Now, summary="Move trade time on, with TEST_CLOCK=1")
async def post_clock(request: HttpRequest, body: Advance) -> HttpResponse:
    if not settings.ENV.test_clock:
        raise Refused("not_found")
    return reply(await in_database(clock.advance, body.advance_s))

"""Could this person do that now? For the host's pages, without doing it. Service key only."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from api.bodies import reply
from api.credentials import ServiceKey
from api.hosted import Verdict, Verdicts
from chat.commands import Name, Wire
from chat.offload import in_database
from orders import verdicts

router = Router(tags=["host"], auth=ServiceKey("threads"))


class Question(Wire):
    user: Name
    thread: Name
    command: Name


class Questions(Wire):
    asked: Annotated[tuple[Question, ...], Field(min_length=1, max_length=100, strict=False)]


@router.get("/can", response=Verdict, summary="Could this person do that now")
async def get_can(
    request: HttpRequest,
    user: Annotated[Name, Query()],
    thread: Annotated[Name, Query()],
    command: Annotated[Name, Query()],
) -> HttpResponse:
    """`command` as capabilities name it. From the rows that the server itself goes by; nothing is done or recorded."""
    return reply(await in_database(verdicts.one, user, thread, command))


@router.post("/can", response=Verdicts, summary="The same, for up to 100 questions at one instant")
async def post_can(request: HttpRequest, body: Questions) -> HttpResponse:
    """One answer for each question, in order. What the single form refuses is an answer here, with its code."""
    asked = [(each.user, each.thread, each.command) for each in body.asked]
    return reply({"answers": await in_database(verdicts.several, asked)})

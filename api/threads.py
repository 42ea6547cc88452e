"""Threads for a user's program: the commands of the socket through the same dispatch (protocol.md §10).

Must never answer what the socket would refuse. What lives on a socket only is an unknown type here.
"""

from typing import Annotated, Any

import uuid_utils.compat
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import StringConstraints

from api.bodies import body_of, reply
from api.credentials import ServiceKey, UserToken, actor, credential
from api.replies import Entries, Ok, Rows, Snapshot
from api.schemas import COMMAND, ON_HTTP
from chat import answers, queries
from chat.actors import Actor, Standing
from chat.commands import Command, Name, Seq, ThreadCommand
from chat.identity import HOST
from chat.offload import in_database
from chat.refusals import Refused
from consumers import wire
from consumers.dispatch import perform
from consumers.vocabulary import COMMANDS
from orders.queries import transcript

Short = Annotated[str, StringConstraints(max_length=64)]
Cursor = Annotated[str, StringConstraints(max_length=200)]
BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": COMMAND}}}}}

router = Router(tags=["user"], auth=UserToken())


@router.post(
    "/threads/{thread}/commands",
    auth=UserToken(suspended_too=True),
    response=Ok,
    summary="Any command of the socket",
    openapi_extra=BODY,
)
async def post_command(request: HttpRequest, thread: Path[Name]) -> HttpResponse:
    """The same command object as on the socket; `thread` may be left out. Answered with its `ok` frame."""
    said = wire.parse(body_of(request))
    kind = said.get("type")
    if isinstance(kind, str) and kind not in ON_HTTP:
        raise Refused("unknown_type")
    if not may_lack_thread(kind):
        said.setdefault("thread", thread)
    if said.get("thread", thread) != thread:
        raise Refused("bad_request", "The command names another thread than the address.", field="thread")
    command = wire.read(said)
    assert isinstance(command, Command), "only frames without an id are none, and those are on no HTTP route"
    who = credential(request)
    answer = await (answered_before if who.suspended else perform)(who.actor, command)
    return reply({"type": "ok", "id": command.id} | answer)


@router.get("/threads/{thread}/entries", response=Entries, summary="A page of the log")
async def get_entries(
    request: HttpRequest,
    thread: Path[Name],
    after: Annotated[Seq | None, Query()] = None,
    before: Annotated[Seq | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> HttpResponse:
    """As `thread.history`: ascending; `complete` says that there is nothing more that way."""
    return await asked(request, "thread.history", thread=thread, after=after, before=before, limit=limit)


@router.get("/threads/{thread}/snapshot", response=Snapshot, summary="A thread and its order as they are now")
async def get_snapshot(request: HttpRequest, thread: Path[Name]) -> HttpResponse:
    return await asked(request, "thread.snapshot", thread=thread)


@router.get("/threads", response=Rows, summary="A person's threads, the newest first")
async def get_threads(
    request: HttpRequest,
    cursor: Annotated[Cursor | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    state: Annotated[Short | None, Query()] = None,
) -> HttpResponse:
    return await asked(request, "thread.list", cursor=cursor, limit=limit, state=state)


@router.get(
    "/threads/{thread}/transcript",
    auth=ServiceKey("threads"),
    tags=["host"],
    summary="All, staff's looks and acts too",
)
async def get_transcript(request: HttpRequest, thread: Path[Name]) -> HttpResponse:
    return reply(await in_database(transcript, HOST, thread))


def may_lack_thread(kind: object) -> bool:
    """Is it a command that means something else without a thread? The address then adds none."""
    model = COMMANDS.get(kind) if isinstance(kind, str) else None
    field = model.model_fields.get("thread") if model else None
    return field is not None and not field.is_required()


async def asked(request: HttpRequest, kind: str, **fields: Any) -> HttpResponse:
    """A reading command's reply. It needs an id like any other, but nobody asks for it again."""
    command = wire.read({"type": kind, "id": str(uuid_utils.compat.uuid7()), **fields})
    assert isinstance(command, Command)
    return reply(await perform(actor(request), command))


async def answered_before(person: Actor, command: Command) -> dict[str, Any]:
    """A suspended person's retry gets the first answer, if there was one: the order of protocol.md §6."""
    if isinstance(command, ThreadCommand) and person.standing is Standing.USER:
        await in_database(queries.thread_for, person, command.thread)
    seen = await in_database(answers.find, person, command.id, command.digest())
    if seen is None:
        raise Refused("suspended")
    return seen

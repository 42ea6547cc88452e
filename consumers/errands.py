"""What a session asks for that takes time.

Must never hold a rule: the session has decided what, the services decide whether.
"""

import logging

from chat.refusals import Refused
from consumers import dispatch, entering, feeding, house, opening
from consumers.caller import Caller
from consumers.effects import Effect, Enter, Follow, Read, Renew, Run, Stream
from consumers.rights import FINAL
from consumers.turns import Job

logger = logging.getLogger(__name__)


async def errand(connection: Caller, effect: Effect) -> None:
    """Carry it out and tell the connection's session the outcome."""
    match effect:
        case Run(job):
            await run(connection, job)
        case Read():
            await read(connection, effect)
        case Follow(job, following):
            await opening.follow(connection, job, following)
        case Enter(hello):
            await entering.enter(connection, hello)
        case Stream(job):
            await feeding.feed(connection, job)
        case Renew(job):
            await entering.renew(connection, job)
        case _:
            raise AssertionError(f"{effect} takes no time")


async def run(connection: Caller, job: Job) -> None:
    try:
        reply = await dispatch.perform(connection.actor, job.command)
    except Refused as refusal:
        connection.refused(job, refusal)
        return
    connection.session.requests.answered(job, reply, connection.now)
    connection.turn()


async def unposted(connection: Caller, job: Job, fault: Exception) -> None:
    """A message that went without a task of its own has failed."""

    async def failed() -> None:
        raise fault

    try:
        await dispatch.counted(job.command.type, failed())
    except Refused as refusal:
        await dispatch.explain(connection.actor, job.command, refusal)
        connection.refused(job, refusal)


async def read(connection: Caller, wanted: Read) -> None:
    following = wanted.following
    delivery = connection.session.delivery
    try:
        told = await house.reader.read(connection.actor, following.thread, wanted.after, wanted.limit)
    except Refused as refusal:
        delivery.missed(following)
        if refusal.code in FINAL:
            connection.lost(following.thread, refusal)
    except Exception:
        logger.exception("entries of a thread could not be read")
        delivery.missed(following)
    else:
        connection.took(following, told)
    connection.turn()
